import type { MessageId } from "@telar/contracts/ids";
import {
  discardWaiting,
  editMessage,
  getMessage,
  listWaiting,
  messageMax,
  postMessage,
  type WaitingMessage,
} from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import { readCircle, speakerBeside } from "./circles.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { pathOfMessage } from "./message-parts.tsx";
import { messageWords } from "./messages.words.ts";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";
import type { Typed } from "./typed.ts";
import { waitingWords as words } from "./waiting-messages.words.ts";

const path = `${spacePath}/espera/:message{[0-9a-f-]{36}}/cambiar` as const;

/** Files belong to the message that brought them, so that one with files is not changed but erased. */
export const mayChangeWaiting = ({ attachments = [] }: WaitingMessage) => attachments.length === 0;

export function serveWaitingChanges(web: Web): void {
  web.get(path, (c) => within(c, (space) => changePage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: (typed) => replaceWaiting(c, typed),
      again: (attempt) => within(c, (space) => changePage(c, space, attempt)),
    }),
  );
}

const which = (c: PageContext) => ({
  space: spaceId(c),
  id: c.req.param("message") as MessageId,
});

function nothingIfGone(problem: unknown): undefined {
  if (!(problem instanceof HubError) || problem.code !== "not_found") throw problem;
}

/** It went while somebody was about to change it. */
const hasGone = async (c: PageContext) =>
  (await c.var.call(getMessage, which(c)).catch(nothingIfGone)) !== undefined;

async function findWaiting(c: PageContext): Promise<WaitingMessage | undefined> {
  const waiting = await c.var.call(listWaiting, { space: spaceId(c) });
  return waiting.find((one) => one.id === which(c).id && mayChangeWaiting(one));
}

/** What it said goes only once what it says now is in; sent twice it is one message. */
async function replaceWaiting(c: PageContext, typed: Typed): Promise<string> {
  const { call } = c.var;
  const old = which(c);
  if (await hasGone(c)) {
    await call(editMessage, { ...typed.input(editMessage), ...old });
    return pathOfMessage(pathOfSpace(c), old);
  }
  const { outcome } = await call(postMessage, { ...typed.input(postMessage), space: old.space });
  await call(discardWaiting, old).catch(nothingIfGone);
  return pathOfSpace(c, `?hecho=${outcome}#hecho`);
}

/** What was typed stays on the page, whatever became of the message meanwhile. */
async function changePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const [waiting, circle] = await Promise.all([findWaiting(c), readCircle(c, space)]);
  if (!waiting && !attempt) {
    if (!(await hasGone(c))) throw new HubError("not_found");
    return c.redirect(pathOfMessage(pathOfSpace(c), which(c), "/cambiar"), 303);
  }
  const goes = space.openNow && !speakerBeside(space, circle);
  const { note, body } = messageWords;
  const values = { note: waiting?.note ?? "", body: waiting?.body ?? "" };
  const form = formOf(t, { note, body }, { attempt, values });
  const id = attempt?.typed.text("id") || crypto.randomUUID();
  return showPage(
    c,
    { title: messageWords.title, attempt },
    <>
      <h1>{t(words.changeHeading)}</h1>
      <p>{t(goes ? words.changeGoes : words.changeStays)}</p>
      <Form of={form} action={pathOfSpace(c, `/espera/${which(c).id}/cambiar`)}>
        <input type="hidden" name="id" value={id} />
        <Field
          of={form}
          name="note"
          hint={t(messageWords.noteHint)}
          maxlength={120}
          optional={!space.settings.noteRequired}
        />
        <Textarea of={form} name="body" hint={t(messageWords.bodyHint)} maxlength={messageMax} />
        <p class="steps">
          <Submit>{t(goes ? messageWords.send : messageWords.keep)}</Submit>
          <a class="button" href={pathOfSpace(c, "#espera")}>
            {t(words.changeNot)}
          </a>
        </p>
      </Form>
    </>,
  );
}
