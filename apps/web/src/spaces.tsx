import { CoalitionId, GroupId } from "@telar/contracts/ids";
import { listSpaces, type SpaceCard } from "@telar/contracts/spaces";
import { coordinates } from "@telar/rules/memberships";
import { EmptyState } from "./empty-state.tsx";
import { type PageContext, restsUntil, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { ownDeviceModules } from "./space-parts.tsx";
import { spaceWords as words } from "./spaces.words.ts";
import type { Message, Translate } from "./words.ts";

export const newSpacePath = "/espacios/nuevo";

export function serveSpaces(web: Web): void {
  web.get("/espacios", (c) => spacesPage(c));
}

async function spacesPage(c: PageContext) {
  demandAccount(c);
  const { t, account } = c.var;
  if (restsUntil(account)) return c.redirect("/pausa", 303);
  const owner = {
    group: GroupId.safeParse(c.req.query("grupo")).data,
    coalition: CoalitionId.safeParse(c.req.query("coalicion")).data,
  };
  const cards = await c.var.call(listSpaces, owner);
  const mayFound = account?.memberships.some(coordinates) ?? false;
  const by = (...standings: SpaceCard["standing"][]) =>
    cards.filter(({ standing }) => standings.includes(standing));
  return showPage(
    c,
    { title: words.title, enhance: ownDeviceModules(c, "outbox") },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {cards.length === 0 && <NoSpaces c={c} mayFound={mayFound} />}
      <Cards t={t} id="asking" heading={words.asking} cards={by("asked_again")} />
      <Cards t={t} id="inside" heading={words.inside} cards={by("joined")} />
      <Cards t={t} id="open" heading={words.open} cards={by("none", "asked")} />
      <p class="steps">
        {cards.length > 0 && mayFound && (
          <a class="button" href={newSpacePath}>
            {t(words.found)}
          </a>
        )}
        {(owner.group || owner.coalition) && (
          <a class="button quiet" href="/espacios">
            {t(words.all)}
          </a>
        )}
      </p>
    </>,
  );
}

function NoSpaces({ c, mayFound }: { c: PageContext; mayFound: boolean }) {
  const { t, account } = c.var;
  if (mayFound)
    return (
      <EmptyState step={{ href: newSpacePath, words: t(words.found) }}>
        {t(words.noneToFound)}
      </EmptyState>
    );
  if (account?.memberships.length) return <EmptyState>{t(words.none)}</EmptyState>;
  return (
    <EmptyState step={{ href: "/invitacion", words: t(words.haveInvitation) }}>
      {t(words.noGroup)}
    </EmptyState>
  );
}

interface CardsProps {
  t: Translate;
  id: string;
  heading: Message;
  cards: readonly SpaceCard[];
}

function Cards({ t, id, heading, cards }: CardsProps) {
  if (cards.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      <ul class="cards">
        {cards.map((card) => (
          <Card t={t} card={card} />
        ))}
      </ul>
    </section>
  );
}

const standings: Partial<Record<SpaceCard["standing"], Message>> = {
  none: words.standingNone,
  asked: words.standingAsked,
  asked_again: words.standingAskedAgain,
};

/** Leads to what is new for whoever is in, and to the rules for everybody else. */
function Card({ t, card }: { t: Translate; card: SpaceCard }) {
  const { id, title, purpose, kind, state, owner, standing, facilitating } = card;
  const notes = [standings[standing], facilitating && words.facilitating].filter((note) => !!note);
  return (
    <li>
      <a href={`/espacios/${id}${standing === "joined" ? "#nuevo" : "/entrar"}`}>{title}</a>
      {purpose && <p>{purpose}</p>}
      <small>
        {t(words[kind])} {t(words.ofOwner, { owner: <bdi>{owner.name}</bdi> })}
        {state !== "open" && <> · {t(words[state])}</>}
      </small>
      {notes.map((note) => (
        <small>{t(note)}</small>
      ))}
    </li>
  );
}
