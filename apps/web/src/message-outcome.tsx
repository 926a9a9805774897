import type { WaitingMessage } from "@telar/contracts/messages";
import { circleWords } from "./circles.words.ts";
import type { PageContext } from "./frame.ts";
import { messageWords as words } from "./messages.words.ts";
import type { Message } from "./words.ts";

const outcomes: Readonly<Record<string, Message>> = {
  posted: words.posted,
  queued: words.queued,
  kept_as_draft: words.kept_as_draft,
  held: words.held,
  discarded: words.discarded,
};

interface OutcomeProps {
  c: PageContext;
  waiting: readonly WaitingMessage[];
  /** Somebody else who has the word in a circle. */
  speaker?: { alias: string } | undefined;
}

/** What became of what was just sent, in plain words. */
export function Outcome({ c, waiting, speaker }: OutcomeProps) {
  const { t } = c.var;
  const outcome = c.req.query("hecho") ?? "";
  const goesAt = waiting.findLast(({ why }) => why === "slow_mode")?.goesAt;
  const said = outcome === "queued" && !goesAt ? words.queuedSoon : outcomes[outcome];
  if (!said) return null;
  const listening = outcome === "kept_as_draft" ? speaker : undefined;
  return (
    <p id="hecho" class="notice done">
      {listening
        ? t(circleWords.kept, { alias: <bdi>{listening.alias}</bdi> })
        : t(said, { clock: goesAt ? t.clock(goesAt) : "" })}
    </p>
  );
}
