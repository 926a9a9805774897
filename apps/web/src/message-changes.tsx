import {
  deleteMessage,
  editMessage,
  getMessage,
  listMessageVersions,
  messageMax,
} from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import {
  type Attempt,
  answerForm,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { messageChangeWords as words } from "./message-changes.words.ts";
import { inItsPlace } from "./message-page.tsx";
import { Body } from "./message-parts.tsx";
import { messageWords } from "./messages.words.ts";
import {
  type JoinedSpace,
  messagePath,
  pathOfSpace,
  pathOfThisMessage,
  whichMessage,
  within,
} from "./space-inside.ts";

const changing = `${messagePath}/cambiar` as const;
const deleting = `${messagePath}/borrar` as const;

export function serveMessageChanges(web: Web): void {
  web.get(changing, (c) => within(c, (space) => changePage(c, space)));
  web.post(changing, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(editMessage, { ...typed.input(editMessage), ...whichMessage(c) });
        return inItsPlace(c);
      },
      again: (attempt) => within(c, (space) => changePage(c, space, attempt)),
    }),
  );
  web.get(deleting, (c) => within(c, () => deletePage(c)));
  web.post(deleting, (c) =>
    answerForm(c, {
      act: async () => {
        const next = await inItsPlace(c);
        await c.var.call(deleteMessage, whichMessage(c));
        return next;
      },
      again: (attempt) => within(c, () => deletePage(c, attempt)),
    }),
  );
  web.get(`${messagePath}/antes`, (c) => within(c, () => versionsPage(c)));
}

/** Only who wrote it comes this far. */
async function ownMessage(c: PageContext) {
  const message = await c.var.call(getMessage, whichMessage(c));
  if (!message.yours || message.state !== "shown") throw new HubError("not_found");
  return message;
}

async function changePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const { note = "", body = "" } = await ownMessage(c);
  const labels = { note: words.note, body: words.body };
  const form = formOf(t, labels, { attempt, values: { note, body } });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.editHeading)}</h1>
      <p>{t(words.editWhat)}</p>
      <Form of={form} action={pathOfThisMessage(c, "/cambiar")}>
        <Field
          of={form}
          name="note"
          hint={t(words.noteHint)}
          maxlength={120}
          optional={!space.settings.noteRequired}
        />
        <Textarea of={form} name="body" hint={t(messageWords.bodyHint)} maxlength={messageMax} />
        <p class="steps">
          <Submit>{t(words.save)}</Submit>
          <a class="button" href={await inItsPlace(c)}>
            {t(words.keep)}
          </a>
        </p>
      </Form>
    </>,
  );
}

async function deletePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  await ownMessage(c);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.deleteHeading)}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.deleteWhat)}</p>
      <form method="post" action={pathOfThisMessage(c, "/borrar")}>
        <p class="steps">
          <Submit kind="stop">{t(words.deleteNow)}</Submit>
          <a class="button" href={await inItsPlace(c)}>
            {t(words.keep)}
          </a>
        </p>
      </form>
    </>,
  );
}

/** What it said before, with each note before its text. */
async function versionsPage(c: PageContext) {
  const { t } = c.var;
  const message = await c.var.call(getMessage, whichMessage(c));
  const versions = await c.var.call(listMessageVersions, whichMessage(c));
  const now = { note: message.note ?? "", body: message.body ?? "" };
  return showPage(
    c,
    { title: words.title },
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
      <p class="steps">
        <a class="button quiet" href={pathOfThisMessage(c)}>
          {t(words.backToMessage)}
        </a>
        <a class="button quiet" href={pathOfSpace(c)}>
          {t(messageWords.latest)}
        </a>
      </p>
    </>,
  );
}
