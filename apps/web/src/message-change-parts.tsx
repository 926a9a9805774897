import {
  deleteMessage,
  editMessage,
  getMessage,
  listMessageVersions,
  type Message,
  messageMax,
} from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import type { Child } from "hono/jsx";
import { type Attempt, Field, Form, formOf, Submit, Textarea, wordsOfRefusal } from "./form.tsx";
import type { PageContext } from "./frame.ts";
import { messageChangeWords as words } from "./message-changes.words.ts";
import { Body } from "./message-parts.tsx";
import { messageWords } from "./messages.words.ts";
import { whichMessage } from "./space-inside.ts";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

/** Only who wrote it comes this far. */
export async function ownMessage(c: PageContext): Promise<Message> {
  const message = await c.var.call(getMessage, whichMessage(c));
  if (!message.yours || message.state !== "shown") throw new HubError("not_found");
  return message;
}

export const sendChange = (c: PageContext, typed: Typed) =>
  c.var.call(editMessage, { ...typed.input(editMessage), ...whichMessage(c) });

export const sendDeletion = (c: PageContext) => c.var.call(deleteMessage, whichMessage(c));

interface QuestionProps {
  t: Translate;
  /** What follows from it, before it is done. */
  what: Child;
  action: string;
  /** Where the message stands among the others. */
  back: string;
  attempt: Attempt | undefined;
}

interface ChangeProps extends QuestionProps {
  message: Message;
  noteRequired: boolean;
}

/** Other words for one's own message. */
export function ChangeForm({ t, message, noteRequired, ...rest }: ChangeProps) {
  const { what, action, back, attempt } = rest;
  const { note = "", body = "" } = message;
  const labels = { note: words.note, body: words.body };
  const form = formOf(t, labels, { attempt, values: { note, body } });
  return (
    <>
      <h1>{t(words.editHeading)}</h1>
      <p>{what}</p>
      <Form of={form} action={action}>
        <Field
          of={form}
          name="note"
          hint={t(words.noteHint)}
          maxlength={120}
          optional={!noteRequired}
        />
        <Textarea of={form} name="body" hint={t(messageWords.bodyHint)} maxlength={messageMax} />
        <p class="steps">
          <Submit>{t(words.save)}</Submit>
          <a class="button" href={back}>
            {t(words.keep)}
          </a>
        </p>
      </Form>
    </>
  );
}

/** Why the words stay as they are for now. */
export function Unchanging({ t, why, back }: { t: Translate; why: Child; back: string }) {
  return (
    <>
      <h1>{t(words.editHeading)}</h1>
      <p class="aside">{why}</p>
      <p>
        <a class="button" href={back}>
          {t(words.backToMessage)}
        </a>
      </p>
    </>
  );
}

export function DeleteForm({ t, what, action, back, attempt }: QuestionProps) {
  return (
    <>
      <h1>{t(words.deleteHeading)}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{what}</p>
      <form method="post" action={action}>
        <p class="steps">
          <Submit kind="stop">{t(words.deleteNow)}</Submit>
          <a class="button" href={back}>
            {t(words.keep)}
          </a>
        </p>
      </form>
    </>
  );
}

/** What it said before, with each note before its text. */
export async function Versions({ c }: { c: PageContext }) {
  const { t } = c.var;
  const message = await c.var.call(getMessage, whichMessage(c));
  const versions = await c.var.call(listMessageVersions, whichMessage(c));
  const now = { note: message.note ?? "", body: message.body ?? "" };
  return (
    <>
      <h1>{t(words.historyHeading)}</h1>
      {versions.length === 0 ? (
        <p>{t(words.historyNone)}</p>
      ) : (
        <>
          <p>{t(words.historyLead, { alias: message.author.alias })}</p>
          <ol class="messages">
            {[...versions, now].map(({ note, body }, at) => (
              <li class="message">
                <h2>
                  {at === versions.length
                    ? t(words.now)
                    : t(words.version, { number: String(at + 1) })}
                </h2>
                {note ? (
                  <details>
                    <summary>{note}</summary>
                    <div class="stack">
                      <Body text={body} />
                    </div>
                  </details>
                ) : (
                  <Body text={body} />
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
