import { type Group, getGroup } from "@telar/contracts/groups";
import {
  closeGroup,
  inspectGroup,
  listStewardedGroups,
  type StewardedGroup,
} from "@telar/contracts/hub";
import type { GroupId } from "@telar/contracts/ids";
import type { Membership } from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import { CentralPage } from "./central.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { rolesInWords } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import { stewardedGroupWords as words } from "./stewarded-groups.words.ts";
import type { Translate } from "./words.ts";

const groupsPath = "/central/grupos";
const pathOf = (group: GroupId, page = "") => `${groupsPath}/${group}${page}`;

export function serveStewardedGroups(web: Web): void {
  web.get(groupsPath, (c) => listPage(c));
  web.get("/central/grupos/:group", async (c) => groupPage(c, await groupOf(c)));
  web.get("/central/grupos/:group/cierre", async (c) => closingPage(c, await groupOf(c)));
  web.post("/central/grupos/:group/cierre", async (c) => {
    const group = await groupOf(c);
    return answerForm(c, {
      act: async (typed) => {
        await c.var.call(closeGroup, { ...typed.input(closeGroup), group: group.id });
        return pathWhenDone(pathOf(group.id));
      },
      again: (attempt) => closingPage(c, group, attempt),
    });
  });
  web.get("/central/grupos/:group/lectura", async (c) => readingPage(c, await groupOf(c)));
  web.post("/central/grupos/:group/lectura", async (c) => {
    const group = await groupOf(c);
    return answerForm(c, {
      act: async (typed) => {
        const input = { ...typed.input(inspectGroup), group: group.id };
        return readPage(c, group, (await c.var.call(inspectGroup, input)).members);
      },
      again: (attempt) => readingPage(c, group, attempt),
    });
  });
}

/** The group that a path of the administration names, as stewards may see it. */
export function groupOf(c: PageContext): Promise<Group> {
  return c.var.call(getGroup, { group: c.req.param("group") as GroupId });
}

async function listPage(c: PageContext) {
  const { t, call } = c.var;
  const after = c.req.query("despues") as Cursor | undefined;
  const { entries, next } = await call(listStewardedGroups, { after });
  return showPage(
    c,
    { title: words.title },
    <CentralPage c={c} heading={t(words.heading)}>
      <p>{t(words.lead)}</p>
      {entries.length === 0 ? (
        <EmptyState step={{ href: "/central/invitaciones", words: t(words.invite) }}>
          {t(words.none)}
        </EmptyState>
      ) : (
        <ul class="cards">
          {entries.map((group) => (
            <Entry t={t} group={group} />
          ))}
        </ul>
      )}
      {next && (
        <p class="steps">
          <a class="button" href={`${groupsPath}?despues=${encodeURIComponent(next)}`}>
            {t(words.more)}
          </a>
        </p>
      )}
    </CentralPage>,
  );
}

function Entry({ t, group }: { t: Translate; group: StewardedGroup }) {
  const { id, name, kind, closed, memberCount, coordinatorCount } = group;
  return (
    <li>
      <a href={pathOf(id)}>{name}</a>
      <small>
        {closed && <strong>{t(words.closed)} · </strong>}
        {t(groupWords[kind])} · {t(words.people, { count: memberCount })},{" "}
        {t(words.coordination, { count: coordinatorCount })}
      </small>
    </li>
  );
}

function groupPage(c: PageContext, { id, name, kind, closed }: Group) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{name}</h1>
      <Done c={c} />
      <p>
        {t(groupWords[kind])}. {t(closed ? words.isClosed : words.isOpen)}
      </p>
      <ul class="cards">
        <li>
          <a href={pathOf(id, "/lectura")}>{t(words.read)}</a>
          <small>{t(words.readHint)}</small>
        </li>
        <li>
          <a href={pathOf(id, "/copia")}>{t(words.copy)}</a>
          <small>{t(words.copyHint)}</small>
        </li>
        <li>
          <a href={pathOf(id, "/cierre")}>{t(closed ? words.open : words.close)}</a>
          <small>{t(closed ? words.openHint : words.closeHint)}</small>
        </li>
      </ul>
      <p>
        <a href={groupsPath}>{t(words.toGroups)}</a>
      </p>
    </>,
  );
}

function closingPage(c: PageContext, { id, name, closed }: Group, attempt?: Attempt) {
  const { t } = c.var;
  demandConfirmed(c.var);
  const form = formOf(t, { reason: words.reason }, { attempt });
  return showPage(
    c,
    { title: closed ? words.openTitle : words.closeTitle, attempt },
    <>
      <h1>{t(closed ? words.openHeading : words.closeHeading, { group: name })}</h1>
      <p>{t(closed ? words.openWhat : words.closeWhat)}</p>
      <Form of={form} action={pathOf(id, "/cierre")}>
        <input type="hidden" name="closed" value={String(!closed)} />
        <Field of={form} name="reason" hint={t(words.groupReads)} maxlength={300} />
        <Submit kind={closed ? "main" : "stop"}>{t(closed ? words.open : words.close)}</Submit>
        <a class="button quiet" href={pathOf(id)}>
          {t(words.back)}
        </a>
      </Form>
    </>,
  );
}

function readingPage(c: PageContext, { id, name }: Group, attempt?: Attempt) {
  const { t } = c.var;
  demandConfirmed(c.var);
  const form = formOf(t, { reason: words.reason }, { attempt });
  return showPage(
    c,
    { title: words.readTitle, attempt },
    <>
      <h1>{t(words.readHeading, { group: name })}</h1>
      <p>{t(words.readWhat)}</p>
      <Form of={form} action={pathOf(id, "/lectura")}>
        <Field of={form} name="reason" hint={t(words.groupReads)} maxlength={300} />
        <Submit>{t(words.readNow)}</Submit>
        <a class="button quiet" href={pathOf(id)}>
          {t(words.back)}
        </a>
      </Form>
    </>,
  );
}

function readPage(c: PageContext, { id, name }: Group, members: readonly Membership[]) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.readTitle },
    <>
      <h1>{name}</h1>
      <p class="notice done">{t(words.readDone)}</p>
      <h2>{t(words.members)}</h2>
      <ul>
        {members.map(({ alias, roles }) => (
          <li>
            {alias} <small>{rolesInWords(t, roles)}</small>
          </li>
        ))}
      </ul>
      <p>
        <a href={pathOf(id)}>{t(words.back)}</a>
      </p>
    </>,
  );
}
