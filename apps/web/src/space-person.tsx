import { blockParticipant, listBlocked, unblockParticipant } from "@telar/contracts/blocks";
import { askOneToOne } from "@telar/contracts/one-to-ones";
import type { Cursor } from "@telar/contracts/paging";
import { listParticipants, type Participant } from "@telar/contracts/participants";
import { HubError } from "@telar/contracts/problems";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import {
  type JoinedSpace,
  participantId,
  participantPath,
  pathOfSpace,
  spaceId,
  spacePath,
  within,
} from "./space-inside.ts";
import { spacePersonWords as words } from "./space-person.words.ts";

const blockedPath = "/sin-leer";

/** What one can do about somebody, and about whom one chose not to read. */
export function serveSpacePerson(web: Web): void {
  const person = participantPath("personas");
  web.get(person, (c) => within(c, (space) => personPage(c, space)));
  web.post(`${person}/lectura`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { space: spaceId(c), id: participantId(c) };
        const blocks = typed.text("does") === "block";
        await c.var.call(blocks ? blockParticipant : unblockParticipant, who);
        return typed.text("from") === "list"
          ? pathOfSpace(c, blockedPath)
          : pathOfSpace(c, `/personas/${who.id}`);
      },
      again: (attempt) => within(c, (space) => personPage(c, space, attempt)),
    }),
  );
  web.post(`${person}/conversacion`, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(askOneToOne, { space: spaceId(c), id: participantId(c) });
        return "/conversaciones?pedida";
      },
      again: (attempt) => within(c, (space) => personPage(c, space, attempt)),
    }),
  );
  web.get(`${spacePath}${blockedPath}`, (c) => within(c, () => blockedPage(c)));
}

/** Somebody of the space by their id, wherever they stand in its list. */
export async function findPerson(c: PageContext): Promise<Participant> {
  let after: Cursor | undefined;
  do {
    const page = await c.var.call(listParticipants, { space: spaceId(c), after });
    const found = page.entries.find(({ id }) => id === participantId(c));
    if (found) return found;
    after = page.next;
  } while (after);
  throw new HubError("not_found");
}

async function personPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const [person, blocked] = await Promise.all([
    findPerson(c),
    c.var.call(listBlocked, { space: spaceId(c) }),
  ]);
  const { alias, you } = person;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>
        <bdi>{alias}</bdi>
      </h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      {you ? (
        <p>{t(words.isYou)}</p>
      ) : (
        <Ways c={c} space={space} blocked={blocked.some(({ id }) => id === person.id)} />
      )}
      <p>
        <a href={pathOfSpace(c, "/personas")}>{t(words.back)}</a>
      </p>
    </>,
  );
}

function Ways({ c, space, blocked }: { c: PageContext; space: JoinedSpace; blocked: boolean }) {
  const { t } = c.var;
  const path = pathOfSpace(c, `/personas/${participantId(c)}`);
  return (
    <>
      <p>{t(words.lead)}</p>
      {blocked && <p class="aside">{t(words.blockedNow)}</p>}
      <ul class="cards">
        <li>
          <a class="button" href={`${path}/reportar`}>
            {t(words.report)}
          </a>
        </li>
        <li>
          <form method="post" action={`${path}/lectura`}>
            <button type="submit" name="does" value={blocked ? "unblock" : "block"}>
              {t(blocked ? words.unblock : words.block)}
            </button>
            {!blocked && <p class="hint">{t(words.blockHint)}</p>}
          </form>
        </li>
        <li>
          <form method="post" action={`${path}/conversacion`}>
            <button type="submit">{t(words.ask)}</button>
            <p class="hint">{t(words.askHint)}</p>
          </form>
        </li>
        {space.you.facilitator && (
          <li>
            <a class="button" href={`${path}/cuidar`}>
              {t(words.judge)}
            </a>
          </li>
        )}
      </ul>
    </>
  );
}

async function blockedPage(c: PageContext) {
  const { t } = c.var;
  const blocked = await c.var.call(listBlocked, { space: spaceId(c) });
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.blockedHeading)}</h1>
      {blocked.length === 0 ? (
        <EmptyState>{t(words.blockedNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.blockedLead)}</p>
          <ul class="rows">
            {blocked.map(({ id, alias }) => (
              <li>
                <strong>
                  <bdi>{alias}</bdi>
                </strong>
                <form method="post" action={pathOfSpace(c, `/personas/${id}/lectura`)}>
                  <input type="hidden" name="from" value="list" />
                  <button
                    type="submit"
                    class="quiet"
                    name="does"
                    value="unblock"
                    aria-label={t.plain(words.unblockLine, { alias })}
                  >
                    {t(words.unblock)}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={pathOfSpace(c)}>{t(words.backToSpace)}</a>
      </p>
    </>,
  );
}
