import {
  getMessage,
  listMessages,
  type Message,
  messageMax,
  Place,
  postMessage,
} from "@telar/contracts/messages";
import type { OneToOne } from "@telar/contracts/one-to-ones";
import { reportMessage } from "@telar/contracts/reports";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { Body } from "./message-parts.tsx";
import { conversationsPath, findConversation, messageOf, spaceOf } from "./one-to-ones.tsx";
import { oneToOneWords as words } from "./one-to-ones.words.ts";
import { reportForm } from "./reports.tsx";
import { reportWords } from "./reports.words.ts";
import type { Translate } from "./words.ts";

const onePath = `${conversationsPath}/:space{[0-9a-f-]{36}}` as const;
const pathOf = (c: PageContext, more = "") => `${conversationsPath}/${spaceOf(c)}${more}`;

/** What two people write to each other; works by forms alone. */
export function serveConversationPage(web: Web): void {
  web.get(onePath, (c) => conversationPage(c));
  web.post(onePath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(postMessage, { ...typed.input(postMessage), space: spaceOf(c) });
        return pathOf(c);
      },
      again: (attempt) => conversationPage(c, attempt),
    }),
  );
  web.get(`${onePath}/mensajes/:message{[0-9a-f-]{36}}`, (c) => messagePage(c));
  const reporting = `${onePath}/mensajes/:message{[0-9a-f-]{36}}/reportar` as const;
  web.get(reporting, (c) => reportPage(c));
  web.post(reporting, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const which = { space: spaceOf(c), id: messageOf(c) };
        await c.var.call(reportMessage, { ...typed.input(reportMessage), ...which });
        return "/reportes/mios?enviado";
      },
      again: (attempt) => reportPage(c, attempt),
    }),
  );
}

async function reportPage(c: PageContext, attempt?: Attempt) {
  await findConversation(c);
  const { author } = await c.var.call(getMessage, { space: spaceOf(c), id: messageOf(c) });
  return reportForm(c, {
    heading: c.var.t(reportWords.messageHeading, { alias: <bdi>{author.alias}</bdi> }),
    back: pathOf(c),
    action: pathOf(c, `/mensajes/${messageOf(c)}/reportar`),
    keeps: true,
    attempt,
  });
}

async function conversationPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const conversation = await findConversation(c);
  const before = Place.safeParse(c.req.query("antes")).data;
  const { entries, earlier } = await c.var.call(listMessages, { space: spaceOf(c), before });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.withHeading, { alias: <bdi>{conversation.alias}</bdi> })}</h1>
      <p class="hint">{t(words.keeps, { days: conversation.keepsDays })}</p>
      {earlier && (
        <a class="button quiet" href={pathOf(c, `?antes=${entries[0]?.place ?? 1}`)}>
          {t(words.earlier)}
        </a>
      )}
      {entries.length === 0 && <p>{t(words.empty)}</p>}
      <ol class="messages">
        {entries.map((message) => (
          <Line c={c} message={message} />
        ))}
      </ol>
      <p>
        <a class="button quiet" href={pathOf(c)}>
          {t(words.fresh)}
        </a>
      </p>
      {conversation.open ? (
        <Writing c={c} conversation={conversation} attempt={attempt} />
      ) : (
        <p class="aside">{t(words.isClosed)}</p>
      )}
      <p>
        <a href={conversationsPath}>{t(words.back)}</a>
      </p>
    </>,
  );
}

function Line({ c, message }: { c: PageContext; message: Message }) {
  const { t } = c.var;
  const { id, author, yours, at, state } = message;
  return (
    <li class={yours ? "message own" : "message"}>
      <p class="by">
        <strong>
          <bdi>{author.alias}</bdi>
        </strong>{" "}
        <small>
          {yours && `${t.plain(words.you)} · `}
          <time datetime={at}>{t.moment(at)}</time>
        </small>
      </p>
      <Text t={t} message={message} path={pathOf(c, `/mensajes/${id}`)} />
      {!yours && state === "shown" && (
        <a
          class="button quiet"
          href={pathOf(c, `/mensajes/${id}/reportar`)}
          aria-label={t.plain(words.reportLine)}
        >
          {t(words.report)}
        </a>
      )}
    </li>
  );
}

/** Behind its note until it is opened (P05). */
function Text({ t, message, path }: { t: Translate; message: Message; path: string }) {
  const { state, note, body } = message;
  if (state !== "shown") return <p class="hint">{t(words.gone)}</p>;
  return (
    <div class="text">
      {note && <p class="note">{note}</p>}
      {body === undefined ? (
        <a class="fold" href={path}>
          {t(words.read)}
        </a>
      ) : (
        <Body text={body} />
      )}
    </div>
  );
}

async function messagePage(c: PageContext) {
  const { t } = c.var;
  await findConversation(c);
  const message = await c.var.call(getMessage, { space: spaceOf(c), id: messageOf(c) });
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.withHeading, { alias: <bdi>{message.author.alias}</bdi> })}</h1>
      <article class="message">
        <Text t={t} message={message} path="" />
      </article>
      <p>
        <a href={pathOf(c)}>{t(words.backToOne)}</a>
      </p>
    </>,
  );
}

interface WritingProps {
  c: PageContext;
  conversation: OneToOne;
  attempt: Attempt | undefined;
}

function Writing({ c, conversation, attempt }: WritingProps) {
  const { t } = c.var;
  const form = formOf(t, { note: words.note, body: words.body }, { attempt });
  const id = attempt?.typed.text("id") || crypto.randomUUID();
  return (
    <>
      <Form of={form} action={pathOf(c)}>
        <input type="hidden" name="id" value={id} />
        <Field of={form} name="note" maxlength={120} optional={!conversation.noteRequired} />
        <Textarea of={form} name="body" maxlength={messageMax} />
        <Submit>{t(words.send)}</Submit>
      </Form>
      <form method="post" action={pathOf(c, "/cierre")}>
        <button type="submit" class="quiet">
          {t(words.close)}
        </button>
        <p class="hint">{t(words.closeHint)}</p>
      </form>
    </>
  );
}
