import {
  agreeToGroupRecovery,
  askGroupRecovery,
  type GroupRecovery,
  listGroupRecoveries,
  stopGroupRecovery,
} from "@telar/contracts/group-recoveries";
import type { GroupInside } from "@telar/contracts/groups";
import type { GroupRecoveryId } from "@telar/contracts/ids";
import { listMemberships } from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import { mayAskGroupRecovery, membersNeeded } from "@telar/rules/group-recoveries";
import { coordinates } from "@telar/rules/memberships";
import { pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Select,
  Submit,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { groupRecoveryWords as words } from "./group-recoveries.words.ts";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const path = `${groupPath}/recuperacion` as const;

export function serveGroupRecoveries(web: Web): void {
  web.get(path, (c) => recoveryPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(askGroupRecovery, { ...typed.input(askGroupRecovery), group: groupId(c) });
        return pathOfGroup(c, "/recuperacion");
      },
      again: (attempt) => recoveryPage(c, attempt),
    }),
  );
  web.post(`${path}/:id{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const answered = { group: groupId(c), id: c.req.param("id") as GroupRecoveryId };
        if (typed.text("answer") !== "yes") await c.var.call(stopGroupRecovery, answered);
        else if (!(await c.var.call(agreeToGroupRecovery, answered)).done)
          return pathOfGroup(c, "/recuperacion");
        return pathWhenDone(pathOfGroup(c));
      },
      again: (attempt) => recoveryPage(c, attempt),
    }),
  );
}

async function recoveryPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { inside } = await readGroupInside(c);
  const [open] = await c.var.call(listGroupRecoveries, { group: groupId(c) });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(open ? words.openHeading : words.heading)}</h1>
      {attempt?.typed.text("answer") && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {open ? (
        <Open c={c} inside={inside} open={open} />
      ) : (
        <>
          <p>{t(words.lead)}</p>
          {coordinates(inside.you) && <HandOverInstead c={c} />}
          <How t={t} />
          {!coordinates(inside.you) && (await proposing(c, inside, attempt))}
        </>
      )}
      <p>
        <a href={pathOfGroup(c)}>{t(groupWords.back)}</a>
      </p>
    </>,
  );
}

function How({ t }: { t: Translate }) {
  return (
    <section aria-labelledby="how">
      <h2 id="how">{t(words.how)}</h2>
      <ul>
        <li>{t(words.howTwo)}</li>
        <li>{t(words.howSteward)}</li>
        <li>{t(words.howWait)}</li>
        <li>{t(words.howKept)}</li>
        <li>{t(words.howSeen)}</li>
      </ul>
    </section>
  );
}

function HandOverInstead({ c }: { c: PageContext }) {
  const { t } = c.var;
  return (
    <EmptyState step={{ href: pathOfGroup(c, "/entregar"), words: t(words.handOver) }}>
      {t(words.youCoordinate)}
    </EmptyState>
  );
}

/** A few people are buttons to press, many a list to open. */
const fewPeople = 7;

async function proposing(c: PageContext, { you, memberCount }: GroupInside, attempt?: Attempt) {
  const { t } = c.var;
  if (memberCount < membersNeeded) return <EmptyState>{t(words.alone)}</EmptyState>;
  const after = (c.req.query("after") || undefined) as Cursor | undefined;
  const { entries, next } = await c.var.call(listMemberships, { group: groupId(c), after });
  const options = entries
    .filter((person) => mayAskGroupRecovery(you, person).allowed)
    .map(({ id, alias, you: isYou }) => ({
      value: id,
      label: isYou ? t.plain(words.you, { alias }) : alias,
    }));
  const form = formOf(t, { candidate: words.candidate, reason: words.reason }, { attempt });
  const hint = t(words.candidateHint);
  return (
    <>
      {(next || after) && (
        <p class="steps">
          {next && (
            <a class="button" href={pathOfGroup(c, `/recuperacion?after=${next}`)}>
              {t(words.nextPage)}
            </a>
          )}
          {after && (
            <a class="button quiet" href={pathOfGroup(c, "/recuperacion")}>
              {t(words.firstPage)}
            </a>
          )}
        </p>
      )}
      <Form of={form} action={pathOfGroup(c, "/recuperacion")}>
        {options.length <= fewPeople ? (
          <Choices of={form} name="candidate" hint={hint} options={options} />
        ) : (
          <Select
            of={form}
            name="candidate"
            hint={hint}
            options={options}
            none={t.plain(words.choose)}
          />
        )}
        <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
        <Submit>{t(words.propose)}</Submit>
      </Form>
    </>
  );
}

interface OpenProps {
  c: PageContext;
  inside: GroupInside;
  open: GroupRecovery;
}

function Open({ c, inside, open }: OpenProps) {
  const { t, account } = c.var;
  const { groupName: group, reason } = open;
  const alias = <strong>{open.candidate}</strong>;
  return (
    <>
      <p>{t(open.candidateIsYou ? words.openYou : words.open, { alias, group })}</p>
      <p class="aside">{t(words.reasonGiven, { reason })}</p>
      <section aria-labelledby="missing">
        <h2 id="missing">{t(open.opensAt ? words.next : words.missing)}</h2>
        {open.opensAt ? (
          <Wait t={t} open={open} opensAt={open.opensAt} />
        ) : (
          <Progress t={t} open={open} />
        )}
      </section>
      <Answer c={c} inside={inside} open={open} />
      {account?.steward && !open.opensAt && (
        <p>
          {t(words.asSteward)} <a href="/central/recuperaciones">{t(words.toSteward)}</a>
        </p>
      )}
      <How t={t} />
    </>
  );
}

function Progress({ t, open }: { t: Translate; open: GroupRecovery }) {
  return (
    <ul>
      <li>{t(words.members, { agreed: Math.min(open.membersAgreed, membersNeeded) })}</li>
      <li>{t(open.stewardAgreed ? words.stewardYes : words.stewardNo)}</li>
    </ul>
  );
}

/** Everybody agreed who had to: until when it can be stopped, and what happens then. */
function Wait({ t, open, opensAt }: { t: Translate; open: GroupRecovery; opensAt: string }) {
  const moment = <strong>{t.moment(opensAt)}</strong>;
  const { candidate: alias, candidateIsYou } = open;
  return (
    <>
      <p>{t(candidateIsYou ? words.waitYou : words.wait, { moment, alias })}</p>
      <p>{t(words.waitStop)}</p>
    </>
  );
}

/** What this person can do about it: agree, or stop it as the one who coordinates, is proposed or proposed. */
function Answer({ c, inside, open }: OpenProps) {
  const { t } = c.var;
  const coordinator = coordinates(inside.you);
  const agreed = open.youAgreed || open.youAgreedAsSteward;
  const asks = !coordinator && !agreed && !open.opensAt;
  const stop = coordinator
    ? words.stopCoordinator
    : open.candidateIsYou
      ? words.stopCandidate
      : open.askedByYou
        ? words.stopAsker
        : undefined;
  return (
    <form method="post" action={pathOfGroup(c, `/recuperacion/${open.id}`)}>
      {coordinator && <p class="notice">{t(words.stillHere)}</p>}
      {agreed && !open.opensAt && (
        <p>{t(open.youAgreed ? words.youAgreed : words.youAgreedAsSteward)}</p>
      )}
      <p class="steps">
        {asks && (
          <Submit name="answer" value="yes">
            {t(words.agree)}
          </Submit>
        )}
        {stop && (
          <Submit kind={coordinator ? "main" : "plain"} name="answer" value="stop">
            {t(stop)}
          </Submit>
        )}
      </p>
    </form>
  );
}
