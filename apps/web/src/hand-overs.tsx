import {
  acceptHandOver,
  declineHandOver,
  type HandOver,
  listHandOvers,
  offerHandOver,
} from "@telar/contracts/hand-overs";
import type { HandOverId } from "@telar/contracts/ids";
import { listMemberships, type Membership } from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import { mayOfferHandOver } from "@telar/rules/hand-overs";
import { mayCoordinate } from "@telar/rules/memberships";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Form,
  type FormState,
  formOf,
  Select,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { handOverWords as words } from "./hand-overs.words.ts";
import { showPage } from "./layout.tsx";

const path = `${groupPath}/entregar` as const;

export function serveHandOvers(web: Web): void {
  web.get(path, (c) => handOverPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(offerHandOver, { ...typed.input(offerHandOver), group: groupId(c) });
        return pathOfGroup(c, "/entregar");
      },
      again: (attempt) => handOverPage(c, attempt),
    }),
  );
  web.post(`${path}/:id{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const answered = { group: groupId(c), id: c.req.param("id") as HandOverId };
        const accepts = typed.text("answer") === "yes";
        await c.var.call(accepts ? acceptHandOver : declineHandOver, answered);
        return pathOfGroup(c, typed.text("answer") === "back" ? "/entregar" : "");
      },
      again: (attempt) => handOverPage(c, attempt),
    }),
  );
}

/** Whoever was asked answers here, whoever coordinates offers here. */
async function handOverPage(c: PageContext, attempt?: Attempt) {
  const { name, inside } = await readGroupInside(c);
  const waiting = await c.var.call(listHandOvers, { group: groupId(c) });
  const toYou = waiting.filter((one) => one.toYou);
  const heading = toYou.length > 0 ? words.offeredHeading : words.heading;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{c.var.t(heading)}</h1>
      {attempt?.typed.text("answer") && (
        <p class="notice">{wordsOfRefusal(c.var.t, attempt.refusal)}</p>
      )}
      {toYou.length > 0 ? (
        toYou.map((offer) => <Offered c={c} groupName={name} offer={offer} />)
      ) : mayCoordinate(inside.you).allowed ? (
        await offering(c, { you: inside.you, waiting, attempt })
      ) : (
        <EmptyState>{c.var.t(words.gone)}</EmptyState>
      )}
      <p>
        <a href={pathOfGroup(c)}>{c.var.t(groupWords.back)}</a>
      </p>
    </>,
  );
}

function Offered(props: { c: PageContext; groupName: string; offer: HandOver }) {
  const { c, groupName, offer } = props;
  const { t } = c.var;
  const { id, from: alias, note, staysCoordinator } = offer;
  return (
    <>
      <p>{t(words.offered, { alias: <strong>{alias}</strong>, group: groupName })}</p>
      {note && (
        <blockquote class="aside">
          <p class="hint">{t(words.noteFrom)}</p>
          <Paragraphs text={note} />
        </blockquote>
      )}
      <section aria-labelledby={`yes-${id}`}>
        <h2 id={`yes-${id}`}>{t(words.ifYes)}</h2>
        <ul>
          <li>{t(words.ifYesDo)}</li>
          <li>{t(staysCoordinator ? words.ifYesStays : words.ifYesLeaves, { alias })}</li>
          <li>{t(words.ifYesLog)}</li>
        </ul>
        <p>{t(words.ifNo)}</p>
      </section>
      <form method="post" action={pathOfGroup(c, `/entregar/${id}`)}>
        <p class="steps">
          <Submit name="answer" value="yes">
            {t(words.accept)}
          </Submit>
          <Submit kind="plain" name="answer" value="no">
            {t(words.decline)}
          </Submit>
        </p>
      </form>
    </>
  );
}

interface Offering {
  you: Membership;
  waiting: readonly HandOver[];
  attempt: Attempt | undefined;
}

async function offering(c: PageContext, { you, waiting, attempt }: Offering) {
  const { t } = c.var;
  demandConfirmed(c.var);
  const after = (c.req.query("after") || undefined) as Cursor | undefined;
  const { entries, next } = await c.var.call(listMemberships, { group: groupId(c), after });
  const asked = new Set(waiting.map(({ to }) => to));
  const people = entries.filter(
    (person) => mayOfferHandOver(you, person).allowed && !asked.has(person.alias),
  );
  const labels = { to: words.to, staysCoordinator: words.stays, note: words.note };
  const form = formOf(t, labels, { attempt, values: { staysCoordinator: "true" } });
  return (
    <>
      {waiting.length > 0 && <Waiting c={c} waiting={waiting} />}
      {people.length === 0 && !next && !after ? (
        waiting.length === 0 && (
          <EmptyState step={{ href: pathOfGroup(c, "/invitar"), words: t(words.invite) }}>
            {t(words.nobody)}
          </EmptyState>
        )
      ) : (
        <OfferForm
          c={c}
          form={form}
          people={people}
          next={next}
          after={after}
          heading={waiting.length > 0}
        />
      )}
    </>
  );
}

function Waiting({ c, waiting }: { c: PageContext; waiting: readonly HandOver[] }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t(words.waiting)}</h2>
      <ul class="cards">
        {waiting.map(({ id, to }) => (
          <li>
            <form method="post" action={pathOfGroup(c, `/entregar/${id}`)}>
              <p>{t(words.waitingFor, { alias: <strong>{to}</strong> })}</p>
              <Submit kind="plain" name="answer" value="back">
                {t(words.takeBack)}
              </Submit>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OfferFormProps {
  c: PageContext;
  form: FormState<"to" | "staysCoordinator" | "note">;
  people: readonly Membership[];
  next: Cursor | undefined;
  after: Cursor | undefined;
  /** Set where something else stands before it. */
  heading: boolean;
}

/** A few people are buttons to press, many a list to open. */
const fewPeople = 7;

function OfferForm({ c, form, people, next, after, heading }: OfferFormProps) {
  const { t } = c.var;
  const options = people.map(({ id, alias }) => ({ value: id, label: alias }));
  return (
    <section aria-labelledby={heading ? "offer" : undefined}>
      {heading && <h2 id="offer">{t(words.another)}</h2>}
      <p>{t(words.lead)}</p>
      {(next || after) && (
        <p class="steps">
          {next && (
            <a class="button" href={pathOfGroup(c, `/entregar?after=${next}`)}>
              {t(words.nextPage)}
            </a>
          )}
          {after && (
            <a class="button quiet" href={pathOfGroup(c, "/entregar")}>
              {t(words.firstPage)}
            </a>
          )}
        </p>
      )}
      <Form of={form} action={pathOfGroup(c, "/entregar")}>
        {options.length <= fewPeople ? (
          <Choices of={form} name="to" options={options} />
        ) : (
          <Select of={form} name="to" options={options} none={t.plain(words.choose)} />
        )}
        <Choices
          of={form}
          name="staysCoordinator"
          options={[
            { value: "true", label: t(words.staysYes), hint: t(words.staysYesHint) },
            { value: "false", label: t(words.staysNo), hint: t(words.staysNoHint) },
          ]}
        />
        <Textarea
          of={form}
          name="note"
          hint={t(words.noteHint)}
          maxlength={1000}
          rows={4}
          optional
        />
        <Submit>{t(words.offer)}</Submit>
      </Form>
    </section>
  );
}
