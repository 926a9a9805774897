import type { MembershipId } from "@telar/contracts/ids";
import {
  changeRoles,
  getMembership,
  listMemberships,
  type Membership,
  removeMember,
} from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import {
  coordinates,
  mayCoordinate,
  mayRemove,
  mayStopCoordinating,
  rolesIn,
} from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import { Done, pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, Choices, Field, Form, formOf, Submit } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { begun, rolesInWords } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import { membershipWords as words } from "./memberships.words.ts";
import { spaceCareWords } from "./space-care.words.ts";
import type { Translate } from "./words.ts";

export function serveMemberships(web: Web): void {
  web.get(`${groupPath}/personas`, (c) => peoplePage(c));
  servePerson(web);
  serveRemoval(web);
}

async function peoplePage(c: PageContext) {
  const { t } = c.var;
  const { inside } = await readGroupInside(c);
  const after = (c.req.query("after") || undefined) as Cursor | undefined;
  const { entries, next } = await c.var.call(listMemberships, { group: groupId(c), after });
  const coordinator = mayCoordinate(inside.you).allowed;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      <Done c={c} />
      <p>{inside.memberCount === 1 && coordinator ? t(words.alone) : t(words.lead)}</p>
      {coordinator && (
        <p class="steps">
          <a class="button main" href={pathOfGroup(c, "/invitar")}>
            {t(groupWords.invite)}
          </a>
          <a class="button quiet" href={pathOfGroup(c, "/puertas")}>
            {t(spaceCareWords.bansGroupHeading)}
          </a>
        </p>
      )}
      <ul class="cards">
        {entries.map((person) => (
          <Person c={c} person={person} linked={coordinator} />
        ))}
      </ul>
      <p class="steps">
        {next && (
          <a class="button" href={pathOfGroup(c, `/personas?after=${next}`)}>
            {t(words.nextPage)}
          </a>
        )}
        {after && (
          <a class="button quiet" href={pathOfGroup(c, "/personas")}>
            {t(words.firstPage)}
          </a>
        )}
        <a class="button quiet" href={pathOfGroup(c)}>
          {t(groupWords.back)}
        </a>
      </p>
    </>,
  );
}

/** Coordinators are led on to what they may change. */
function Person({ c, person, linked }: { c: PageContext; person: Membership; linked: boolean }) {
  const { t } = c.var;
  const { id, alias, roles, you } = person;
  return (
    <li>
      {linked ? <a href={pathOfGroup(c, `/personas/${id}`)}>{alias}</a> : <strong>{alias}</strong>}
      <small>
        {you && `${t.plain(groupWords.you)} · `}
        {rolesInWords(t, roles)}
      </small>
    </li>
  );
}

const personPath = `${groupPath}/personas/:id{[0-9a-f-]{36}}` as const;
const personId = (c: PageContext) => c.req.param("id") as MembershipId;
const pathOfPerson = (c: PageContext, more = "") =>
  pathOfGroup(c, `/personas/${personId(c)}${more}`);

async function readPerson(c: PageContext) {
  const { kind, inside } = await readGroupInside(c);
  demand(mayCoordinate(inside.you));
  demandConfirmed(c.var);
  const person = await c.var.call(getMembership, { group: groupId(c), id: personId(c) });
  return { kind, person, you: inside.you, coordinators: inside.coordinators.length };
}

function servePerson(web: Web): void {
  web.get(personPath, (c) => personPage(c));
  web.post(personPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const group = groupId(c);
        await c.var.call(changeRoles, { ...typed.input(changeRoles), group, id: personId(c) });
        return pathWhenDone(pathOfGroup(c, "/personas"));
      },
      again: (attempt) => personPage(c, attempt),
    }),
  );
}

const hints = {
  coordinator: words.coordinatorHint,
  facilitator: words.facilitatorHint,
  signatory: words.signatoryHint,
} as const;

async function personPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { kind, person, you, coordinators } = await readPerson(c);
  const form = formOf(t, { roles: words.roles }, { attempt, values: { roles: person.roles } });
  const options = roleOptions(t, rolesIn(kind));
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{person.alias}</h1>
      {!mayStopCoordinating(person, coordinators).allowed && (
        <p class="aside">{t(person.you ? words.lastIsYou : words.lastCoordinator)}</p>
      )}
      {coordinates(person) && <p class="aside">{t(words.endsInvitations)}</p>}
      <Form of={form} action={pathOfPerson(c)}>
        <Choices of={form} name="roles" hint={t(words.rolesLead)} options={options} many />
        <Submit>{t(words.save)}</Submit>
      </Form>
      {mayRemove(you, person, coordinators).allowed && (
        <p class="steps">
          <a class="button stop" href={pathOfPerson(c, "/sacar")}>
            {t(words.removeLink)}
          </a>
          <a class="button stop" href={pathOfPerson(c, "/cerrar")}>
            {t(spaceCareWords.banMember)}
          </a>
        </p>
      )}
      <a class="button quiet" href={pathOfGroup(c, "/personas")}>
        {t(words.back)}
      </a>
    </>,
  );
}

/** The roles beside member, each with what it lets one do. */
export function roleOptions(t: Translate, roles: readonly string[]) {
  return Object.entries(hints)
    .filter(([role]) => roles.includes(role))
    .map(([value, hint]) => ({
      value,
      label: begun(t.plain(groupWords[value as keyof typeof hints])),
      hint: t(hint),
    }));
}

function serveRemoval(web: Web): void {
  const path = `${personPath}/sacar` as const;
  web.get(path, (c) => removalPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const group = groupId(c);
        await c.var.call(removeMember, { ...typed.input(removeMember), group, id: personId(c) });
        return pathWhenDone(pathOfGroup(c, "/personas"));
      },
      again: (attempt) => removalPage(c, attempt),
    }),
  );
}

async function removalPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { person, you, coordinators } = await readPerson(c);
  demand(mayRemove(you, person, coordinators));
  const form = formOf(t, { reason: words.reason }, { attempt });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.removeHeading, { alias: person.alias })}</h1>
      <p class="notice danger">{t(words.removeWarning)}</p>
      {coordinates(person) && <p>{t(words.endsInvitations)}</p>}
      <Form of={form} action={pathOfPerson(c, "/sacar")}>
        <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
        <p class="steps">
          <Submit kind="stop">{t(words.remove)}</Submit>
          <a class="button quiet" href={pathOfPerson(c)}>
            {t(words.back)}
          </a>
        </p>
      </Form>
    </>,
  );
}
