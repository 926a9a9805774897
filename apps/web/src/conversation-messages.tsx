import { getMessage } from "@telar/contracts/messages";
import type { OneToOne } from "@telar/contracts/one-to-ones";
import { reportMessage } from "@telar/contracts/reports";
import { type Attempt, answerForm } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import {
  ChangeForm,
  DeleteForm,
  ownMessage,
  sendChange,
  sendDeletion,
  Unchanging,
  Versions,
} from "./message-change-parts.tsx";
import { messageChangeWords } from "./message-changes.words.ts";
import { showPart } from "./message-news.tsx";
import { pathAround } from "./message-page.tsx";
import { type Acts, Answers, Author, pathOfMessage, WholeText } from "./message-parts.tsx";
import { messageWords } from "./messages.words.ts";
import { conversationPath, findConversation, pathOfConversation } from "./one-to-ones.tsx";
import { oneToOneWords as words } from "./one-to-ones.words.ts";
import { reportForm } from "./reports.tsx";
import { reportWords } from "./reports.words.ts";
import { whichMessage } from "./space-inside.ts";

const messagePath = `${conversationPath}/mensajes/:message{[0-9a-f-]{36}}` as const;

/** One message between two: what it says, what it said, and what one can do with it. */
export function serveConversationMessages(web: Web): void {
  web.get(messagePath, (c) => messagePage(c));
  web.get(`${messagePath}/texto.html`, async (c) => {
    await findConversation(c);
    const message = await c.var.call(getMessage, whichMessage(c));
    const space = pathOfConversation(c);
    return showPart(c, <WholeText t={c.var.t} space={space} message={message} open />);
  });
  web.get(`${messagePath}/antes`, (c) => versionsPage(c));
  serveForm(web, `${messagePath}/cambiar`, changePage, async (c, typed) => {
    await sendChange(c, typed);
    return inItsPlace(c);
  });
  serveForm(web, `${messagePath}/borrar`, deletePage, async (c) => {
    const next = await inItsPlace(c);
    await sendDeletion(c);
    return next;
  });
  serveForm(web, `${messagePath}/reportar`, reportPage, async (c, typed) => {
    await c.var.call(reportMessage, { ...typed.input(reportMessage), ...whichMessage(c) });
    return "/reportes/mios?enviado";
  });
}

function serveForm(
  web: Web,
  path: `${typeof messagePath}/${string}`,
  page: (c: PageContext, attempt?: Attempt) => Promise<Response>,
  act: (c: PageContext, typed: Attempt["typed"]) => Promise<string>,
): void {
  web.get(path, (c) => page(c));
  web.post(path, (c) =>
    answerForm(c, { act: (typed) => act(c, typed), again: (attempt) => page(c, attempt) }),
  );
}

const pathOfThis = (c: PageContext, more = "") =>
  pathOfMessage(pathOfConversation(c), whichMessage(c), more);

async function inItsPlace(c: PageContext): Promise<string> {
  return pathAround(pathOfConversation(c), await c.var.call(getMessage, whichMessage(c)));
}

/** Between two there are no answers without words; one's own can be changed while it is open. */
export const actsBetween = ({ open }: OneToOne): Acts => ({
  acknowledge: false,
  write: false,
  edit: open,
});

async function messagePage(c: PageContext) {
  const { t } = c.var;
  const conversation = await findConversation(c);
  const message = await c.var.call(getMessage, whichMessage(c));
  const props = { t, message, space: pathOfConversation(c) };
  const { yours, author, state } = message;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>
        {yours
          ? t(messageWords.own)
          : t(messageChangeWords.one, { alias: <bdi>{author.alias}</bdi> })}
      </h1>
      <article class="message">
        <Author {...props} />
        <p class="hint">{t.moment(message.at)}</p>
        <Answers {...props} />
        <WholeText {...props} open={c.req.query("abierto") !== undefined} />
      </article>
      {state === "shown" && (
        <p class="steps">
          {yours && actsBetween(conversation).edit && (
            <a class="button" href={pathOfThis(c, "/cambiar")}>
              {t(messageWords.edit)}
            </a>
          )}
          {yours ? (
            <a class="button stop" href={pathOfThis(c, "/borrar")}>
              {t(messageWords.delete)}
            </a>
          ) : (
            <a class="button quiet" href={pathOfThis(c, "/reportar")}>
              {t(messageWords.report)}
            </a>
          )}
        </p>
      )}
      <Back c={c} />
    </>,
  );
}

const Back = ({ c }: { c: PageContext }) => (
  <p>
    <a href={pathOfConversation(c)}>{c.var.t(words.backToOne)}</a>
  </p>
);

/** What was typed already stays on the page, whatever happened meanwhile. */
async function changePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { open, noteRequired } = await findConversation(c);
  const message = await ownMessage(c);
  const back = await inItsPlace(c);
  return showPage(
    c,
    { title: words.title, attempt },
    open || attempt ? (
      <ChangeForm
        {...{ t, message, attempt, noteRequired, back }}
        what={t(words.editWhat)}
        action={pathOfThis(c, "/cambiar")}
      />
    ) : (
      <Unchanging t={t} why={t(words.isClosed)} back={pathOfThis(c)} />
    ),
  );
}

async function deletePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  await findConversation(c);
  await ownMessage(c);
  return showPage(
    c,
    { title: words.title, attempt },
    <DeleteForm
      {...{ t, attempt }}
      what={t(words.deleteWhat)}
      action={pathOfThis(c, "/borrar")}
      back={await inItsPlace(c)}
    />,
  );
}

async function versionsPage(c: PageContext) {
  await findConversation(c);
  return showPage(
    c,
    { title: words.title },
    <>
      <Versions c={c} />
      <Back c={c} />
    </>,
  );
}

async function reportPage(c: PageContext, attempt?: Attempt) {
  await findConversation(c);
  const { author } = await c.var.call(getMessage, whichMessage(c));
  return reportForm(c, {
    heading: c.var.t(reportWords.messageHeading, { alias: <bdi>{author.alias}</bdi> }),
    back: pathOfConversation(c),
    action: pathOfThis(c, "/reportar"),
    keeps: true,
    attempt,
  });
}
