import { type Coalition, inviteGroup } from "@telar/contracts/coalitions";
import { type GroupCard, listGroups } from "@telar/contracts/groups";
import { mayConveneCoalition } from "@telar/rules/coalitions";
import { demand } from "@telar/rules/verdict";
import { coalitionConveningWords as words } from "./coalition-convening.words.ts";
import { coalitionId, coalitionPath, pathOfCoalition, readCoalition } from "./coalition-inside.ts";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";

export function serveCoalitionInvitations(web: Web): void {
  const path = `${coalitionPath}/invitar` as const;
  web.get(path, (c) => invitingPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { group } = typed.input(inviteGroup);
        await c.var.call(inviteGroup, { coalition: coalitionId(c), group });
        return pathOfCoalition(c);
      },
      again: (attempt) => invitingPage(c, attempt),
    }),
  );
}

async function invitingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const coalition = await readConvened(c);
  const path = pathOfCoalition(c, "/invitar");
  const { name, after } = listGroups.input.catch({}).parse(c.req.query());
  const { entries, next } = await c.var.call(listGroups, { name, after });
  const here = new Set(
    coalition.groups
      .filter(({ state }) => state !== "left" && state !== "declined")
      .map(({ group }) => group),
  );
  const more = new URLSearchParams({ ...(name && { name }), after: next ?? "" });
  return showPage(
    c,
    { title: words.inviteTitle, attempt },
    <>
      <h1>{t(words.inviteHeading)}</h1>
      <p>{t(words.inviteLead)}</p>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      <form method="get" action={path}>
        <div class="field">
          <label for="name">{t(words.name)}</label>
          <input
            id="name"
            name="name"
            type="search"
            value={name}
            maxlength={120}
            autocomplete="off"
          />
        </div>
        <Submit>{t(words.search)}</Submit>
      </form>
      {entries.length === 0 ? (
        <EmptyState>{t(words.noneFound)}</EmptyState>
      ) : (
        <ul class="cards">
          {entries.map((card) => (
            <Invitable c={c} card={card} inside={here.has(card.id)} />
          ))}
        </ul>
      )}
      {next && (
        <p class="steps">
          <a class="button" href={`${path}?${more}`}>
            {t(words.next)}
          </a>
        </p>
      )}
      <BackToCoalition c={c} />
    </>,
  );
}

function Invitable({ c, card, inside }: { c: PageContext; card: GroupCard; inside: boolean }) {
  const { t } = c.var;
  const { id, name: group, kind } = card;
  return (
    <li class="stack">
      <div>
        <strong>{group}</strong>
        <p class="hint">{t(groupWords[kind])}</p>
      </div>
      {inside ? (
        <p class="hint">{t(words.inside)}</p>
      ) : (
        <form method="post" action={pathOfCoalition(c, "/invitar")}>
          <button
            type="submit"
            name="group"
            value={id}
            aria-label={t.plain(words.inviteFor, { group })}
          >
            {t(words.invite)}
          </button>
        </form>
      )}
    </li>
  );
}

/** The coalition, for those who convene it. */
export async function readConvened(c: PageContext): Promise<Coalition> {
  const coalition = await readCoalition(c);
  demand(mayConveneCoalition(coalition));
  return coalition;
}

export function BackToCoalition({ c }: { c: PageContext }) {
  return (
    <p>
      <a href={pathOfCoalition(c)}>{c.var.t(words.back)}</a>
    </p>
  );
}
