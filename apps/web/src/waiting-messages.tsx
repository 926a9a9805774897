import type { MessageId } from "@telar/contracts/ids";
import { discardWaiting, sendDraft, type WaitingMessage } from "@telar/contracts/messages";
import { Attachments } from "./attachments.tsx";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Body } from "./message-parts.tsx";
import { pathOfSpace, spaceId, spacePath } from "./space-inside.ts";
import { mayChangeWaiting, serveWaitingChanges } from "./waiting-changes.tsx";
import { waitingWords as words } from "./waiting-messages.words.ts";

export function serveWaitingMessages(
  web: Web,
  again: (c: PageContext, attempt: Attempt) => Response | Promise<Response>,
): void {
  serveWaitingChanges(web);
  web.post(`${spacePath}/espera/:message{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const which = { space: spaceId(c), id: c.req.param("message") as MessageId };
        if (typed.text("does") === "send") {
          const { outcome } = await c.var.call(sendDraft, which);
          return pathOfSpace(c, `?hecho=${outcome}#hecho`);
        }
        await c.var.call(discardWaiting, which);
        return pathOfSpace(c, "?hecho=discarded#hecho");
      },
      again: (attempt) => again(c, attempt),
    }),
  );
}

interface WaitingProps {
  c: PageContext;
  waiting: readonly WaitingMessage[];
  openNow: boolean;
  /** The reader may write here, even if only a draft. */
  write: boolean;
  attempt?: Attempt | undefined;
}

/** One's own words that nobody else sees yet, each with its reason and what can be done. */
export function Waiting({ c, waiting, openNow, write, attempt }: WaitingProps) {
  const { t } = c.var;
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="espera">
      <h2 id="espera">{t(words.heading)}</h2>
      {attempt?.typed.text("does") && (
        <p class="notice" role="alert">
          {t(words.refused, { why: wordsOfRefusal(t, attempt.refusal) })}
        </p>
      )}
      <ul class="cards">
        {waiting.map((message) => (
          <li class="stack">
            <WaitingText c={c} message={message} />
            {write && <ToChange c={c} message={message} />}
            <form method="post" action={pathOfSpace(c, `/espera/${message.id}`)}>
              {message.why === "draft" && openNow && (
                <Submit kind="plain" name="does" value="send">
                  {t(words.send)}
                </Submit>
              )}
              <details>
                <summary>{t(words.discard)}</summary>
                <div class="stack">
                  <p>{t(words.discardWarning)}</p>
                  <Submit kind="stop" name="does" value="discard">
                    {t(words.discardNow)}
                  </Submit>
                </div>
              </details>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToChange({ c, message }: { c: PageContext; message: WaitingMessage }) {
  const { t } = c.var;
  if (!mayChangeWaiting(message)) return <p class="hint">{t(words.withFiles)}</p>;
  return (
    <p>
      <a class="button quiet" href={pathOfSpace(c, `/espera/${message.id}/cambiar`)}>
        {t(words.change)}
      </a>
    </p>
  );
}

function WaitingText({ c, message }: { c: PageContext; message: WaitingMessage }) {
  const { t } = c.var;
  const { why, note, body, goesAt } = message;
  return (
    <>
      <small>{t(words[why], { clock: goesAt ? t.clock(goesAt) : "" })}</small>
      {note && <p class="note">{t(words.about, { note })}</p>}
      <Body text={body} />
      <Attachments t={t} space={pathOfSpace(c)} attachments={message.attachments} />
    </>
  );
}
