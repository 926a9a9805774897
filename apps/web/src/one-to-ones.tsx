import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import {
  acceptOneToOne,
  closeOneToOne,
  listOneToOnes,
  type OneToOne,
  refuseOneToOne,
} from "@telar/contracts/one-to-ones";
import { HubError } from "@telar/contracts/problems";
import { EmptyState } from "./empty-state.tsx";
import { answerForm } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { oneToOneWords as words } from "./one-to-ones.words.ts";
import type { Message, Translate } from "./words.ts";

export const conversationsPath = "/conversaciones";
export const conversationPath = `${conversationsPath}/:space{[0-9a-f-]{36}}` as const;
const askPath = `${conversationPath}/de/:id{[0-9a-f-]{36}}` as const;

export const spaceOf = (c: PageContext) => c.req.param("space") as SpaceId;
export const pathOfConversation = (c: PageContext, more = "") =>
  `${conversationsPath}/${spaceOf(c)}${more}`;

/** Who talks with whom, and who asks to. */
export function serveOneToOnes(web: Web): void {
  web.get(conversationsPath, (c) => listPage(c));
  web.post(askPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { space: spaceOf(c), id: c.req.param("id") as ParticipantId };
        if (typed.text("does") !== "accept") {
          await c.var.call(refuseOneToOne, who);
          return conversationsPath;
        }
        const { space } = await c.var.call(acceptOneToOne, who);
        return `${conversationsPath}/${space}`;
      },
      again: ({ refusal }) => {
        throw refusal;
      },
    }),
  );
  web.post(`${conversationPath}/cierre`, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(closeOneToOne, { space: spaceOf(c) });
        return conversationsPath;
      },
      again: ({ refusal }) => {
        throw refusal;
      },
    }),
  );
}

/** One's own conversation behind a path; for everybody else there is none. */
export async function findConversation(c: PageContext): Promise<OneToOne> {
  demandAccount(c);
  const { conversations } = await c.var.call(listOneToOnes, {});
  const found = conversations.find(({ space }) => space === spaceOf(c));
  if (!found) throw new HubError("not_found");
  return found;
}

async function listPage(c: PageContext) {
  demandAccount(c);
  const { t } = c.var;
  const { conversations, asking, asked } = await c.var.call(listOneToOnes, {});
  const nothing = conversations.length + asking.length + asked.length === 0;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      {c.req.query("pedida") !== undefined && (
        <p class="notice done" role="status">
          {t(words.pedida)}
        </p>
      )}
      <p>{t(words.lead)}</p>
      {nothing && <EmptyState>{t(words.none)}</EmptyState>}
      {asking.length > 0 && (
        <section aria-labelledby="asking">
          <h2 id="asking">{t(words.asking)}</h2>
          <ul class="cards">
            {asking.map((one) => (
              <Asking t={t} {...one} />
            ))}
          </ul>
        </section>
      )}
      <Conversations t={t} id="open" heading={words.open} all={conversations.filter(isOpen)} />
      <Conversations
        t={t}
        id="closed"
        heading={words.closed}
        all={conversations.filter((one) => !isOpen(one))}
      />
      {asked.length > 0 && (
        <section aria-labelledby="asked">
          <h2 id="asked">{t(words.asked)}</h2>
          <ul>
            {asked.map((one) => (
              <li>
                <Met t={t} {...one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href="/espacios">{t(words.toSpaces)}</a>
      </p>
    </>,
  );
}

const isOpen = ({ open }: OneToOne) => open;

const Met = ({ t, alias, title }: { t: Translate; alias: string; title: string }) =>
  t(words.met, { alias: <bdi>{alias}</bdi>, title: <bdi>{title}</bdi> });

interface AskingProps {
  t: Translate;
  space: SpaceId;
  id: ParticipantId;
  alias: string;
  title: string;
}

function Asking({ t, space, id, alias, title }: AskingProps) {
  return (
    <li>
      <form method="post" action={`${conversationsPath}/${space}/de/${id}`} class="stack">
        <strong>
          <Met t={t} alias={alias} title={title} />
        </strong>
        <p class="steps">
          <button
            type="submit"
            name="does"
            value="accept"
            aria-label={t.plain(words.acceptLine, { alias })}
          >
            {t(words.accept)}
          </button>
          <button
            type="submit"
            class="quiet"
            name="does"
            value="refuse"
            aria-label={t.plain(words.refuseLine, { alias })}
          >
            {t(words.refuse)}
          </button>
        </p>
        <p class="hint">{t(words.refuseHint)}</p>
      </form>
    </li>
  );
}

interface ConversationsProps {
  t: Translate;
  id: string;
  heading: Message;
  all: readonly OneToOne[];
}

function Conversations({ t, id, heading, all }: ConversationsProps) {
  if (all.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      <ul class="cards">
        {all.map((one) => (
          <li>
            <a href={`${conversationsPath}/${one.space}`}>
              <Met t={t} {...one} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
