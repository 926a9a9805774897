import { acceptAgreement, type Coalition, leaveCoalition } from "@telar/contracts/coalitions";
import type { GroupId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { isLastConvener, mayAnswerForGroup, possibleConveners } from "@telar/rules/coalitions";
import { demand } from "@telar/rules/verdict";
import { coalitionAnswerWords as words } from "./coalition-answers.words.ts";
import {
  answeringGroup,
  answerPath,
  coalitionId,
  pathOfCoalition,
  readCoalition,
} from "./coalition-inside.ts";
import { AgreementText } from "./coalition-page.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Choices, Form, formOf, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";

export function serveCoalitionAnswers(web: Web): void {
  const answer = answerPath("respuesta");
  web.get(answer, (c) => answerPage(c));
  web.post(answer, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const of = { coalition: coalitionId(c), group: answeringGroup(c) };
        if (typed.text("answer") === "yes") {
          const { agreementVersion } = typed.input(acceptAgreement);
          await c.var.call(acceptAgreement, { ...of, agreementVersion });
          return pathOfCoalition(c);
        }
        await c.var.call(leaveCoalition, of);
        return "/coaliciones";
      },
      again: (attempt) => answerPage(c, attempt),
    }),
  );
  const leaving = answerPath("salir");
  web.get(leaving, (c) => leavingPage(c));
  web.post(leaving, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const of = { coalition: coalitionId(c), group: answeringGroup(c) };
        const nextConvener = (typed.text("nextConvener") || undefined) as GroupId | undefined;
        await c.var.call(leaveCoalition, { ...of, nextConvener });
        return pathOfCoalition(c);
      },
      again: (attempt) => leavingPage(c, attempt),
    }),
  );
}

/** The coalition and the group in it that the person answers for. */
async function readBoth(c: PageContext) {
  const coalition = await readCoalition(c);
  const group = coalition.groups.find((one) => one.group === answeringGroup(c));
  if (!group || coalition.leftOn) throw new HubError("not_found");
  demand(mayAnswerForGroup(coalition, group.group));
  return { coalition, group };
}

/** The whole text stands before the yes, and the yes is to that text. */
async function answerPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { coalition, group } = await readBoth(c);
  const { name, state } = group;
  const back = pathOfCoalition(c);
  if (state !== "invited" && state !== "asked_again")
    return showPage(
      c,
      { title: words.title, attempt },
      <>
        <h1>{t(words.heading, { group: name })}</h1>
        <EmptyState step={{ href: back, words: t(words.back) }}>{t(words.noneOpen)}</EmptyState>
      </>,
    );
  const lead = state === "invited" ? words.leadInvited : words.leadAsked;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading, { group: name })}</h1>
      <p>{t(lead, { coalition: coalition.name, group: name })}</p>
      <AgreementText t={t} coalition={coalition} />
      <IfYes c={c} group={name} />
      <Form
        of={formOf(t, {}, { attempt })}
        action={pathOfCoalition(c, `/respuesta/${group.group}`)}
      >
        <input type="hidden" name="agreementVersion" value={coalition.agreementVersion} />
        <p class="steps">
          <Submit name="answer" value="yes">
            {t(words.yes, { group: name })}
          </Submit>
          {state === "invited" && (
            <Submit kind="plain" name="answer" value="no">
              {t(words.no)}
            </Submit>
          )}
          <a class="button quiet" href={back}>
            {t(words.later)}
          </a>
        </p>
        {state === "invited" && <p class="hint">{t(words.noHint)}</p>}
      </Form>
    </>,
  );
}

function IfYes({ c, group }: { c: PageContext; group: string }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="what">
      <h2 id="what">{t(words.what)}</h2>
      <ul>
        <li>{t(words.whatName, { group })}</li>
        <li>{t(words.whatFields, { group })}</li>
        <li>{t(words.whatAgain)}</li>
        <li>{t(words.whatLeave)}</li>
        <li>{t(words.whatLog)}</li>
      </ul>
    </section>
  );
}

async function leavingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { coalition, group } = await readBoth(c);
  const { name } = group;
  return showPage(
    c,
    { title: words.leaveTitle, attempt },
    <>
      <h1>{t(words.leaveHeading, { coalition: coalition.name, group: name })}</h1>
      <p class="notice danger">{t(words.leaveWarning, { group: name })}</p>
      <p>
        {t(words.leaveKeeps)} {t(words.leaveFree)}
      </p>
      <Form
        of={formOf(t, { nextConvener: words.next }, { attempt })}
        action={pathOfCoalition(c, `/salir/${group.group}`)}
      >
        <Follows c={c} coalition={coalition} of={group} attempt={attempt} />
        <p class="steps">
          <Submit kind="stop">{t(words.leave)}</Submit>
          <a class="button" href={pathOfCoalition(c)}>
            {t(words.stay)}
          </a>
        </p>
      </Form>
    </>,
  );
}

interface FollowsProps {
  c: PageContext;
  coalition: Coalition;
  of: Coalition["groups"][number];
  attempt: Attempt | undefined;
}

/** Who convenes next, asked of the last one that does. */
function Follows({ c, coalition, of: { group, name }, attempt }: FollowsProps) {
  const { t } = c.var;
  if (!isLastConvener(coalition, group)) return null;
  const possible = possibleConveners(coalition, group);
  if (possible.length === 0) return <p>{t(words.nobodyNext, { group: name })}</p>;
  return (
    <Choices
      of={formOf(t, { nextConvener: words.next }, { attempt })}
      name="nextConvener"
      hint={t(words.nextHint, { group: name })}
      options={possible.map((one) => ({ value: one.group, label: one.name }))}
    />
  );
}
