import {
  type Circle,
  type CircleNow,
  endCircle,
  getCircle,
  joinCircle,
  leaveCircle,
  openCircle,
  passTurn,
  startCircle,
} from "@telar/contracts/circles";
import type { ParticipantId } from "@telar/contracts/ids";
import { mayEndCircle, mayHoldCircles } from "@telar/rules/circles";
import { mayFacilitate } from "@telar/rules/spaces";
import { circleWords as words } from "./circles.words.ts";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";
import { spaceWords } from "./spaces.words.ts";
import type { Translate } from "./words.ts";

const path = `${spacePath}/circulo` as const;

const steps = new Map([
  ["join", joinCircle],
  ["leave", leaveCircle],
  ["start", startCircle],
  ["pass", passTurn],
  ["end", endCircle],
]);

export function serveCircles(web: Web): void {
  web.get(path, (c) => within(c, (space) => circlePage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const step = steps.get(typed.text("does"));
        if (step) await c.var.call(step, { space: spaceId(c) });
        else await c.var.call(openCircle, { ...typed.input(openCircle), space: spaceId(c) });
        return pathOfSpace(c, "#circulo");
      },
      again: (attempt) => within(c, (space) => circlePage(c, space, attempt)),
    }),
  );
}

export async function readCircle(c: PageContext, space: JoinedSpace): Promise<CircleNow> {
  return mayHoldCircles(space.kind)
    ? c.var.call(getCircle, { space: spaceId(c) })
    : { ended: false };
}

/** Who has the word, unless it is the reader or nobody. */
export function speakerBeside({ you }: JoinedSpace, { circle }: CircleNow) {
  const [turn] = circle?.coming ?? [];
  return turn === you.id ? undefined : circle?.order.find(({ id }) => id === turn);
}

async function circlePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const now = await readCircle(c, space);
  const opening = !now.circle && mayFacilitate(space.you).allowed && mayHoldCircles(space.kind);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(opening ? words.openHeading : words.heading)}</h1>
      {attempt && !opening && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <CirclePart c={c} space={space} now={now} />
      {now.circle && mayEndCircle(space.you).allowed && <Ending c={c} />}
      {opening && <Opening c={c} attempt={attempt} />}
      {!opening && !now.circle && <EmptyState>{t(words.none)}</EmptyState>}
      <p>
        <a href={pathOfSpace(c)}>{t(spaceWords.back)}</a>
      </p>
    </>,
  );
}

function Opening({ c, attempt }: { c: PageContext; attempt: Attempt | undefined }) {
  const { t } = c.var;
  const { question, turnMinutes, rounds } = words;
  const values = { turnMinutes: "5", rounds: "1" };
  const form = formOf(t, { question, turnMinutes, rounds }, { attempt, values });
  return (
    <>
      <p>{t(words.openLead)}</p>
      <p>{t(words.openNot)}</p>
      <Form of={form} action={pathOfSpace(c, "/circulo")}>
        <Field of={form} name="question" hint={t(words.questionHint)} maxlength={300} />
        <Field of={form} name="turnMinutes" type="number" hint={t(words.turnMinutesHint)} />
        <Field of={form} name="rounds" type="number" hint={t(words.roundsHint)} />
        <Submit>{t(words.open)}</Submit>
      </Form>
    </>
  );
}

/** Asked apart from the part that live pages renew. */
function Ending({ c }: { c: PageContext }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="terminar">
      <h2 id="terminar">{t(words.end)}</h2>
      <p>{t(words.endMeans)}</p>
      <form method="post" action={pathOfSpace(c, "/circulo")}>
        <Submit kind="stop" name="does" value="end">
          {t(words.endNow)}
        </Submit>
      </form>
    </section>
  );
}

/** What runs or has just ended; without either nothing, so that `enhance/live.ts` finds its place. */
export function CirclePart(props: { c: PageContext; space: JoinedSpace; now: CircleNow }) {
  const { c, space, now } = props;
  const { t } = c.var;
  return (
    <div data-circle aria-live="polite">
      {now.circle && <CircleBox c={c} space={space} circle={now.circle} />}
      {now.ended && (
        <p id="circulo" class="notice done">
          {t(words.ended)}
        </p>
      )}
    </div>
  );
}

interface CircleProps {
  c: PageContext;
  space: JoinedSpace;
  circle: Circle;
}

function CircleBox({ c, space, circle }: CircleProps) {
  const { t } = c.var;
  const { question, turnMinutes: minutes, rounds, order, coming } = circle;
  return (
    <section class="aside stack" aria-labelledby="circulo">
      <h2 id="circulo">{t(words.heading)}</h2>
      <p>
        <strong>{question}</strong>
      </p>
      <Turn t={t} you={space.you.id} circle={circle} />
      {order.length > 0 && (
        <>
          <p>{t(coming.length > 0 ? words.order : words.joined)}</p>
          <ol>
            {order.map(({ id, alias }) => (
              <li aria-current={id === coming[0] ? "step" : undefined}>
                {t(nameIn(id === space.you.id, id === coming[0]), { alias: <bdi>{alias}</bdi> })}
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="hint">{t(words.facts, { minutes, rounds })}</p>
      <Steps c={c} space={space} circle={circle} />
    </section>
  );
}

function nameIn(you: boolean, now: boolean) {
  if (you) return now ? words.youNow : words.you;
  return now ? words.now : words.alias;
}

/** Who has the word, and when the reader has it. */
function Turn({ t, you, circle }: { t: Translate; you: ParticipantId; circle: Circle }) {
  const { state, order, coming, you: own } = circle;
  const aliasOf = (id: string | undefined) => (
    <bdi>{order.find((one) => one.id === id)?.alias}</bdi>
  );
  if (state === "gathering") {
    if (order.length === 0) return <p>{t(words.nobody)}</p>;
    return own.joined ? <p>{t(words.waits)}</p> : null;
  }
  if (own.speaksUntil)
    return (
      <p>
        <strong>{t(words.yours, { clock: t.clock(own.speaksUntil) })}</strong> {t(words.yoursHow)}
      </p>
    );
  const at = coming.indexOf(you);
  const yours =
    at > 1
      ? t(words.nextAfter, { alias: aliasOf(coming[at - 1]) })
      : t(at === 1 ? words.next : own.joined ? words.had : words.listening);
  return (
    <p>
      <strong>{t(words.speaking, { alias: aliasOf(coming[0]) })}</strong> {yours}
    </p>
  );
}

function Steps({ c, space, circle }: CircleProps) {
  const { t } = c.var;
  const { you, state } = circle;
  const facilitates = mayEndCircle(space.you).allowed;
  return (
    <form method="post" action={pathOfSpace(c, "/circulo")}>
      <p class="steps">
        {you.speaksUntil && <Step t={t} does="pass" kind="plain" />}
        {!you.joined && <Step t={t} does="join" kind="plain" />}
        {facilitates && state === "gathering" && <Step t={t} does="start" kind="plain" />}
        {you.joined && <Step t={t} does="leave" />}
        {facilitates && (
          <a class="button quiet" href={pathOfSpace(c, "/circulo#terminar")}>
            {t(words.end)}
          </a>
        )}
      </p>
    </form>
  );
}

interface StepProps {
  t: Translate;
  does: "pass" | "join" | "start" | "leave";
  kind?: "plain" | "quiet";
}

const Step = ({ t, does, kind = "quiet" }: StepProps) => (
  <Submit kind={kind} name="does" value={does}>
    {t(words[does])}
  </Submit>
);
