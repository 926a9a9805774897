import { type CoalitionCard, foundCoalition, listCoalitions } from "@telar/contracts/coalitions";
import { coordinates } from "@telar/rules/memberships";
import { coalitionPath } from "./coalition-inside.ts";
import { coalitionPage } from "./coalition-page.tsx";
import { coalitionWords as words } from "./coalitions.words.ts";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import type { Message, Translate } from "./words.ts";

const newPath = "/coaliciones/nueva";

export function serveCoalitions(web: Web): void {
  web.get("/coaliciones", (c) => coalitionsPage(c));
  web.get(newPath, (c) => newPage(c));
  web.post(newPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { coalition } = await c.var.call(foundCoalition, typed.input(foundCoalition));
        return `/coaliciones/${coalition}`;
      },
      again: (attempt) => newPage(c, attempt),
    }),
  );
  web.get(coalitionPath, (c) => coalitionPage(c));
}

const ownCoordinated = ({ var: { account } }: PageContext) =>
  (account?.memberships ?? []).filter(coordinates);

async function coalitionsPage(c: PageContext) {
  demandAccount(c);
  const { t } = c.var;
  const cards = await c.var.call(listCoalitions, {});
  const asked = cards.filter(({ state }) => state === "invited" || state === "asked_again");
  const isAsked = new Set(asked.map(({ id }) => id));
  const taking = cards.filter(({ id, state }) => state === "member" && !isAsked.has(id));
  const inside = new Set([...asked, ...taking].map(({ id }) => id));
  const left = cards.filter(({ id, state }) => state === "left" && !inside.has(id));
  const mayFound = ownCoordinated(c).length > 0;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {cards.length === 0 && (
        <EmptyState {...(mayFound && { step: { href: newPath, words: t(words.found) } })}>
          {t(words.none)}
        </EmptyState>
      )}
      <Cards t={t} id="waiting" heading={words.waiting} cards={asked} all={cards} />
      <Cards t={t} id="taking" heading={words.taking} cards={taking} all={cards} />
      <Cards t={t} id="before" heading={words.before} cards={left} all={cards} />
      {cards.length > 0 && mayFound && (
        <p class="steps">
          <a class="button" href={newPath}>
            {t(words.found)}
          </a>
        </p>
      )}
    </>,
  );
}

interface CardsProps {
  t: Translate;
  id: string;
  heading: Message;
  cards: readonly CoalitionCard[];
  all: readonly CoalitionCard[];
}

/** A card a coalition, with a line for each of the person's groups in it. */
function Cards({ t, id, heading, cards, all }: CardsProps) {
  const coalitions = Map.groupBy(cards, (card) => card.id);
  if (coalitions.size === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      <ul class="cards">
        {[...coalitions].map(([coalition, [first]]) => (
          <li>
            <a href={`/coaliciones/${coalition}`}>{first?.name}</a>
            {all
              .filter((card) => card.id === coalition)
              .map(({ state, convener, groupName: group }) => (
                <small>{t(convener ? words.stateConvener : ownStates[state], { group })}</small>
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const ownStates: Record<CoalitionCard["state"], Message> = {
  invited: words.stateInvited,
  member: words.stateMember,
  asked_again: words.stateAskedAgain,
  left: words.stateLeft,
  declined: words.stateLeft,
};

function newPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const own = ownCoordinated(c);
  const labels = { group: words.group, name: words.name, agreement: words.agreement };
  const form = formOf(t, labels, { attempt });
  const [only] = own.length === 1 ? own : [];
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.newHeading)}</h1>
      {own.length === 0 ? (
        <EmptyState step={{ href: "/grupos", words: t(words.toGroups) }}>
          {t(words.nobodyCoordinates)}
        </EmptyState>
      ) : (
        <>
          <p>{t(words.newLead)}</p>
          <Form of={form} action={newPath}>
            {only ? (
              <>
                <input type="hidden" name="group" value={only.group} />
                <p class="hint">{t(words.asGroup, { group: only.groupName })}</p>
              </>
            ) : (
              <Choices
                of={form}
                name="group"
                hint={t(words.groupHint)}
                options={own.map(({ group, groupName }) => ({ value: group, label: groupName }))}
              />
            )}
            <Field of={form} name="name" hint={t(words.nameHint)} maxlength={120} />
            <Textarea
              of={form}
              name="agreement"
              hint={t(words.agreementHint)}
              rows={10}
              maxlength={10_000}
            />
            <Submit>{t(words.create)}</Submit>
          </Form>
        </>
      )}
    </>,
  );
}
