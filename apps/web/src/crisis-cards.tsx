import {
  addCrisisCard,
  type CrisisCard,
  type CrisisCardId,
  changeCrisisCard,
  listCrisisCards,
  removeCrisisCard,
  verifyCrisisCard,
} from "@telar/contracts/crisis-cards";
import { mayConveneCoalition } from "@telar/rules/coalitions";
import { mayCoordinate } from "@telar/rules/memberships";
import { coalitionId, coalitionPath, pathOfCoalition, readCoalition } from "./coalition-inside.ts";
import { crisisCardWords as words } from "./crisis-cards.words.ts";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { CrisisCardText } from "./space-parts.tsx";
import type { Typed } from "./typed.ts";
import type { Message } from "./words.ts";

/** The group or coalition whose cards these are, as the reader stands to it. */
interface Keeper {
  owner: Parameters<typeof ask>[1];
  /** Without `/ayuda`. */
  path: string;
  back: Message;
  mayKeep: boolean;
}

const ask = (c: PageContext, owner: { group: never } | { coalition: never }) =>
  c.var.call(listCrisisCards, owner);

async function groupKeeps(c: PageContext): Promise<Keeper> {
  const { inside } = await readGroupInside(c);
  const mayKeep = mayCoordinate(inside.you).allowed;
  const owner = { group: groupId(c) as never };
  return { owner, path: pathOfGroup(c), back: words.backToGroup, mayKeep };
}

async function coalitionKeeps(c: PageContext): Promise<Keeper> {
  const mayKeep = mayConveneCoalition(await readCoalition(c)).allowed;
  const owner = { coalition: coalitionId(c) as never };
  return { owner, path: pathOfCoalition(c), back: words.backToCoalition, mayKeep };
}

export function serveCrisisCards(web: Web): void {
  for (const [path, keeperOf] of [
    [`${groupPath}/ayuda`, groupKeeps],
    [`${coalitionPath}/ayuda`, coalitionKeeps],
  ] as const) {
    web.get(path, async (c) => cardsPage(c, await keeperOf(c)));
    web.post(path, (c) =>
      answerForm(c, {
        act: async (typed) => {
          const keeper = await keeperOf(c);
          await keep(c, keeper, typed);
          return `${keeper.path}/ayuda`;
        },
        again: async (attempt) => cardsPage(c, await keeperOf(c), attempt),
      }),
    );
  }
}

async function keep(c: PageContext, { owner }: Keeper, typed: Typed): Promise<void> {
  const { call } = c.var;
  const id = typed.text("id") as CrisisCardId;
  switch (typed.text("does")) {
    case "verify":
      await call(verifyCrisisCard, { id });
      return;
    case "remove":
      await call(removeCrisisCard, { id });
      return;
    case "change":
      await call(changeCrisisCard, { ...typed.input(changeCrisisCard), id });
      return;
    default:
      await call(addCrisisCard, { ...typed.input(addCrisisCard), ...owner });
  }
}

async function cardsPage(c: PageContext, keeper: Keeper, attempt?: Attempt) {
  const { t } = c.var;
  const cards = await ask(c, keeper.owner);
  const wanted = attempt ? attempt.typed.text("id") : c.req.query("cambiar");
  const changing = cards.find(({ id }) => id === wanted);
  const written =
    attempt?.typed.text("does") !== "verify" && attempt?.typed.text("does") !== "remove";
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {attempt && !written && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      {cards.length === 0 && (
        <EmptyState>{t(keeper.mayKeep ? words.none : words.noneToRead)}</EmptyState>
      )}
      {cards.length > 0 && (
        <ul class="cards">
          {cards.map((card) => (
            <li class="stack">
              <Card c={c} keeper={keeper} card={card} />
            </li>
          ))}
        </ul>
      )}
      {keeper.mayKeep && (
        <CardForm c={c} keeper={keeper} card={changing} attempt={written ? attempt : undefined} />
      )}
      <p>
        <a href={keeper.path}>{t(keeper.back)}</a>
      </p>
    </>,
  );
}

interface CardProps {
  c: PageContext;
  keeper: Keeper;
  card: CrisisCard;
}

/** What is old asks to be verified before anything else. */
function Card({ c, keeper, card }: CardProps) {
  const { t } = c.var;
  const { id, name, stale } = card;
  return (
    <>
      {stale && (
        <div class="notice">
          <strong>{t(words.staleHeading)}</strong>
          <p>{t(words.staleWhy)}</p>
        </div>
      )}
      <CrisisCardText t={t} card={card} />
      {keeper.mayKeep && (
        <form method="post" action={`${keeper.path}/ayuda`} class="steps">
          <input type="hidden" name="id" value={id} />
          <button
            type="submit"
            name="does"
            value="verify"
            aria-label={t.plain(words.verifyOf, { name })}
          >
            {t(words.verify)}
          </button>
          <a
            class="button quiet"
            href={`${keeper.path}/ayuda?cambiar=${id}#escribir`}
            aria-label={t.plain(words.changeOf, { name })}
          >
            {t(words.change)}
          </a>
          <button
            type="submit"
            class="quiet"
            name="does"
            value="remove"
            aria-label={t.plain(words.removeOf, { name })}
          >
            {t(words.remove)}
          </button>
        </form>
      )}
    </>
  );
}

const labels = {
  name: words.name,
  contact: words.contact,
  hours: words.hours,
  languages: words.languages,
};

function CardForm(
  props: Omit<CardProps, "card"> & { card: CrisisCard | undefined; attempt: Attempt | undefined },
) {
  const { c, keeper, card, attempt } = props;
  const { t } = c.var;
  const { name = "", contact = "", hours = "", languages = "" } = card ?? {};
  const form = formOf(t, labels, { attempt, values: { name, contact, hours, languages } });
  return (
    <section aria-labelledby="escribir">
      <h2 id="escribir">{card ? t(words.changeHeading, { name }) : t(words.addHeading)}</h2>
      <Form of={form} action={`${keeper.path}/ayuda`}>
        {card && <input type="hidden" name="id" value={card.id} />}
        <Field of={form} name="name" hint={t(words.nameHint)} maxlength={120} />
        <Field of={form} name="contact" hint={t(words.contactHint)} maxlength={200} />
        <Field of={form} name="hours" maxlength={120} optional />
        <Field of={form} name="languages" maxlength={120} optional />
        <p class="steps">
          <Submit name="does" value={card ? "change" : "add"}>
            {t(words.save)}
          </Submit>
          {card && (
            <a class="button" href={`${keeper.path}/ayuda`}>
              {t(words.keep)}
            </a>
          )}
        </p>
      </Form>
    </section>
  );
}
