import { listMessages, messageMax, postMessage } from "@telar/contracts/messages";
import type { OneToOne } from "@telar/contracts/one-to-ones";
import { actsBetween, serveConversationMessages } from "./conversation-messages.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { MessageLines } from "./message-list.tsx";
import { changedMessages, showPart } from "./message-news.tsx";
import { LiveWords, partAsked, type Shown } from "./messages.tsx";
import { messageWords } from "./messages.words.ts";
import {
  conversationPath,
  conversationsPath,
  findConversation,
  pathOfConversation,
  spaceOf,
} from "./one-to-ones.tsx";
import { oneToOneWords as words } from "./one-to-ones.words.ts";

/** What two people write to each other; works by forms alone, and with a script shows by itself what is new. */
export function serveConversationPage(web: Web): void {
  web.get(conversationPath, (c) => conversationPage(c));
  web.post(conversationPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(postMessage, { ...typed.input(postMessage), space: spaceOf(c) });
        return pathOfConversation(c);
      },
      again: (attempt) => conversationPage(c, attempt),
    }),
  );
  web.get(`${conversationPath}/novedades.html`, (c) => newsPart(c));
  serveConversationMessages(web);
}

async function conversationPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const conversation = await findConversation(c);
  const { before, after } = partAsked(c);
  const shown = await c.var.call(listMessages, { space: spaceOf(c), before, after });
  return showPage(
    c,
    { title: words.title, attempt, enhance: shown.later ? [] : ["live"] },
    <>
      <h1>{t(words.withHeading, { alias: <bdi>{conversation.alias}</bdi> })}</h1>
      <p class="hint">{t(words.keeps, { days: conversation.keepsDays })}</p>
      <Messages c={c} conversation={conversation} shown={shown} />
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

interface MessagesProps {
  c: PageContext;
  conversation: OneToOne;
  shown: Shown;
}

function Messages({ c, conversation, shown: { entries, upTo, earlier, later } }: MessagesProps) {
  const { t } = c.var;
  const space = pathOfConversation(c);
  const after = entries.at(-1)?.place ?? partAsked(c).after ?? upTo;
  const following = { "data-live": space, "data-space": spaceOf(c), "data-up-to": upTo };
  const acts = actsBetween(conversation);
  return (
    <>
      {earlier && (
        <a class="button quiet" href={`${space}?antes=${entries[0]?.place ?? after + 1}`}>
          {t(words.earlier)}
        </a>
      )}
      {entries.length === 0 && (
        <p class="hint" data-empty>
          {t(partAsked(c).after ? messageWords.nothingNew : words.empty)}
        </p>
      )}
      <ol class="messages" {...(!later && { ...following, "data-after": after })}>
        <MessageLines {...{ t, space, entries, acts }} />
      </ol>
      <p class="steps">
        {later && (
          <a class="button quiet" href={`${space}?despues=${after}`}>
            {t(messageWords.later)}
          </a>
        )}
        <a class="button quiet" href={space}>
          {t(words.fresh)}
        </a>
      </p>
      {!later && <LiveWords c={c} />}
    </>
  );
}

/** For `enhance/live.ts`, as the page would show it; before the first message there is no place to go on from. */
async function newsPart(c: PageContext) {
  const conversation = await findConversation(c);
  const { after } = partAsked(c);
  const [{ entries, upTo, later }, changed] = await Promise.all([
    c.var.call(listMessages, { space: spaceOf(c), after }),
    changedMessages(c),
  ]);
  const last = entries.at(-1)?.place;
  const lines = { t: c.var.t, space: pathOfConversation(c), acts: actsBetween(conversation) };
  return showPart(
    c,
    <>
      <ol data-added data-up-to={upTo} data-after={last} data-later={later || undefined}>
        <MessageLines {...lines} entries={entries} />
      </ol>
      <ol data-changed>
        <MessageLines {...lines} entries={changed} />
      </ol>
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
      <div class="writing">
        <Form of={form} action={pathOfConversation(c)}>
          <input type="hidden" name="id" value={id} />
          <Field of={form} name="note" maxlength={120} optional={!conversation.noteRequired} />
          <Textarea of={form} name="body" maxlength={messageMax} />
          <Submit>{t(words.send)}</Submit>
        </Form>
      </div>
      <form method="post" action={pathOfConversation(c, "/cierre")}>
        <details>
          <summary>{t(words.close)}</summary>
          <div class="stack">
            <p>{t(words.closeHint)}</p>
            <Submit kind="stop">{t(words.closeNow)}</Submit>
          </div>
        </details>
      </form>
    </>
  );
}
