import type { Child } from "hono/jsx";
import type { PageContext } from "./frame.ts";
import { showPage } from "./layout.tsx";
import type { Message } from "./words.ts";

interface Answer {
  title: Message;
  heading: Message;
  /** The one step from here. */
  next: { href: string; words: Message; main?: boolean };
}

/** The answer to a form after which there is nothing to fill in: what happened, and where to go on. */
export function answerPage(c: PageContext, { title, heading, next }: Answer, what: Child) {
  const { t } = c.var;
  return showPage(
    c,
    { title },
    <>
      <h1>{t(heading)}</h1>
      {what}
      <p class="steps">
        <a class={next.main ? "button main" : "button"} href={next.href}>
          {t(next.words)}
        </a>
      </p>
    </>,
  );
}
