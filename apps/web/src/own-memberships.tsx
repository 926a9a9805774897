import type { GroupInside } from "@telar/contracts/groups";
import { changeAlias, leaveGroup } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import { coordinates, mayLeave } from "@telar/rules/memberships";
import { pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import {
  demandAccount,
  groupId,
  groupPath,
  pathOfGroup,
  readGroup,
  readGroupInside,
} from "./group-inside.ts";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import { membershipWords as words } from "./memberships.words.ts";
import type { Message } from "./words.ts";

/** What a person does with their own place in a group. */
export function serveOwnMemberships(web: Web): void {
  serveAlias(web);
  serveLeaving(web);
}

function serveAlias(web: Web): void {
  const path = `${groupPath}/alias` as const;
  web.get(path, (c) => aliasPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeAlias, { ...typed.input(changeAlias), group: groupId(c) });
        return pathWhenDone(pathOfGroup(c));
      },
      again: (attempt) => aliasPage(c, attempt),
    }),
  );
}

async function aliasPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { inside } = await readGroupInside(c);
  const form = formOf(t, { alias: words.alias }, { attempt });
  return showPage(
    c,
    { title: words.aliasTitle, attempt },
    <>
      <h1>{t(words.aliasHeading)}</h1>
      <p>
        {t(words.aliasNow, { alias: inside.you.alias })} {t(words.aliasSame)}
      </p>
      <p>{t(words.aliasWaiting)}</p>
      <Form of={form} action={pathOfGroup(c, "/alias")}>
        <Field of={form} name="alias" hint={t(words.aliasHint)} maxlength={40} exact />
        <p class="steps">
          <Submit>{t(words.changeAlias)}</Submit>
          <a class="button quiet" href={pathOfGroup(c)}>
            {t(groupWords.back)}
          </a>
        </p>
      </Form>
    </>,
  );
}

function serveLeaving(web: Web): void {
  const path = `${groupPath}/salir` as const;
  web.get(path, (c) => leavingPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(leaveGroup, { group: groupId(c) });
        return "/grupos";
      },
      again: (attempt) => leavingPage(c, attempt),
    }),
  );
}

async function leavingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  demandAccount(c);
  const { closed, inside } = await readGroup(c);
  if (!closed && !inside) throw new HubError("not_found");
  return showPage(
    c,
    { title: words.leaveTitle, attempt },
    <>
      <h1>{t(words.leaveHeading)}</h1>
      {inside ? <LeavingOpen c={c} inside={inside} /> : <Leaving c={c} />}
    </>,
  );
}

function LeavingOpen({ c, inside }: { c: PageContext; inside: GroupInside }) {
  const { you, coordinators, memberCount } = inside;
  if (mayLeave(you, coordinators.length, memberCount).allowed)
    return <Leaving c={c} alone={memberCount === 1} endsInvitations={coordinates(you)} />;
  return (
    <LastCoordinator c={c} words={coordinates(you) ? words.leaveLast : words.lastCoordinator} />
  );
}

interface LeavingProps {
  c: PageContext;
  alone?: boolean;
  endsInvitations?: boolean;
}

function Leaving({ c, alone, endsInvitations }: LeavingProps) {
  const { t } = c.var;
  return (
    <>
      <p class="notice danger">{t(words.leaveWarning)}</p>
      <p>{t(alone ? words.leaveAlone : words.leaveFree)}</p>
      {endsInvitations && <p>{t(words.endsInvitations)}</p>}
      <form method="post" action={pathOfGroup(c, "/salir")}>
        <p class="steps">
          <Submit kind="stop">{t(words.leave)}</Submit>
          <a class="button" href={pathOfGroup(c)}>
            {t(words.stay)}
          </a>
        </p>
      </form>
    </>
  );
}

function LastCoordinator({ c, words: why }: { c: PageContext; words: Message }) {
  const { t } = c.var;
  return (
    <>
      <p class="notice">{t(why)}</p>
      <p class="steps">
        <a class="button main" href={pathOfGroup(c, "/entregar")}>
          {t(words.handOver)}
        </a>
        <a class="button quiet" href={pathOfGroup(c)}>
          {t(words.stay)}
        </a>
      </p>
    </>
  );
}
