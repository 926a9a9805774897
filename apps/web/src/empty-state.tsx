import type { Child } from "hono/jsx";

interface EmptyStateProps {
  /** What this place is for. */
  children: Child;
  /** The first step, as a link. */
  step?: { href: string; words: Child };
}

/** Stands where a list would, while there is nothing in it. */
export function EmptyState({ children, step }: EmptyStateProps) {
  return (
    <div class="empty">
      <p>{children}</p>
      {step && (
        <p>
          <a class="button" href={step.href}>
            {step.words}
          </a>
        </p>
      )}
    </div>
  );
}
