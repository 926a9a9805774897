import type { MessageId } from "@telar/contracts/ids";
import { discardWaiting, sendDraft, type WaitingMessage } from "@telar/contracts/messages";
import { Attachments } from "./attachments.tsx";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Body } from "./message-parts.tsx";
import { pathOfSpace, spaceId, spacePath } from "./space-inside.ts";
import { waitingWords as words } from "./waiting-messages.words.ts";

export function serveWaitingMessages(
  web: Web,
  again: (c: PageContext, attempt: Attempt) => Response | Promise<Response>,
): void {
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
  attempt?: Attempt | undefined;
}

/** One's own words that nobody else sees yet, each with its reason and what can be done. */
export function Waiting({ c, waiting, openNow, attempt }: WaitingProps) {
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
            <form method="post" action={pathOfSpace(c, `/espera/${message.id}`)}>
              <p class="steps">
                {message.why === "draft" && openNow && (
                  <Submit kind="plain" name="does" value="send">
                    {t(words.send)}
                  </Submit>
                )}
                <Submit kind="quiet" name="does" value="discard">
                  {t(words.discard)}
                </Submit>
              </p>
            </form>
          </li>
        ))}
      </ul>
    </section>
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
