import { type Ban, banFromGroup, endBan, listBans } from "@telar/contracts/bans";
import type { BanId, GroupId, MembershipId, SpaceId } from "@telar/contracts/ids";
import { getMembership } from "@telar/contracts/memberships";
import type { Cursor } from "@telar/contracts/paging";
import { mayRemove } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import type { Child } from "hono/jsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, wordsOfRefusal } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { demandAccount, groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { PageLinks, readAfter } from "./page-links.tsx";
import { spaceCareWords as words } from "./space-care.words.ts";
import { pathOfSpace, readSpace, spaceId, spacePath } from "./space-inside.ts";

interface Doors {
  /** Where its page is, and where one goes back to. */
  path: string;
  back: string;
  heading: Child;
  bans: readonly Ban[];
  next: Cursor | undefined;
}

/** Doors that are closed: of a space, a group, the hub. */
export function serveBans(web: Web): void {
  serveDoors(web, `${spacePath}/puertas`, spaceDoors);
  serveDoors(web, `${groupPath}/puertas`, groupDoors);
  serveDoors(web, "/central/puertas", hubDoors);
  serveClosing(web);
}

async function readBans(c: PageContext, where: { space?: SpaceId; group?: GroupId }) {
  const { entries: bans, next } = await c.var.call(listBans, { ...where, after: readAfter(c) });
  return { bans, next };
}

async function spaceDoors(c: PageContext): Promise<Doors> {
  const { title } = await readSpace(c);
  const page = await readBans(c, { space: spaceId(c) });
  const heading = c.var.t(words.bansHeading, { space: title });
  return { path: pathOfSpace(c, "/puertas"), back: pathOfSpace(c), heading, ...page };
}

async function groupDoors(c: PageContext): Promise<Doors> {
  const page = await readBans(c, { group: groupId(c) });
  const heading = c.var.t(words.bansGroupHeading);
  return { path: pathOfGroup(c, "/puertas"), back: pathOfGroup(c, "/personas"), heading, ...page };
}

async function hubDoors(c: PageContext): Promise<Doors> {
  const page = await readBans(c, {});
  return {
    path: "/central/puertas",
    back: "/central",
    heading: c.var.t(words.bansHubHeading),
    ...page,
  };
}

function serveDoors(web: Web, path: string, find: (c: PageContext) => Promise<Doors>): void {
  const show = async (c: PageContext, attempt?: Attempt) => {
    demandAccount(c);
    return doorsPage(c, await find(c), attempt);
  };
  web.get(path, (c) => show(c));
  web.post(`${path}/:ban{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const id = c.req.param("ban") as BanId;
        await c.var.call(endBan, { ...typed.input(endBan), id });
        return pathWhenDone((await find(c)).path);
      },
      again: (attempt) => show(c, attempt),
    }),
  );
}

function doorsPage(c: PageContext, doors: Doors, attempt?: Attempt) {
  const { path, back, heading, bans, next } = doors;
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{heading}</h1>
      <Done c={c} />
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      {bans.length === 0 ? (
        <EmptyState>{t(words.bansNone)}</EmptyState>
      ) : (
        <ul class="cards">
          {bans.map(({ id, alias, reason, day }) => (
            <li class="stack">
              <strong>
                <bdi>{alias}</bdi>
              </strong>
              <small>{t(words.since, { day: t.day(day), reason })}</small>
              <form method="post" action={`${path}/${id}`} class="stack">
                <div class="field">
                  <label for={`reason-${id}`}>{t(words.reason)}</label>
                  <input
                    id={`reason-${id}`}
                    name="reason"
                    maxlength={300}
                    required
                    autocomplete="off"
                  />
                </div>
                <button type="submit" aria-label={t.plain(words.openDoorLine, { alias })}>
                  {t(words.openDoor)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <PageLinks c={c} path={path} next={next} />
      <p>
        <a href={back}>{t(words.bansBack)}</a>
      </p>
    </>,
  );
}

/** Out of the group, for good unless somebody opens the door again. */
function serveClosing(web: Web): void {
  const path = `${groupPath}/personas/:id{[0-9a-f-]{36}}/cerrar` as const;
  web.get(path, (c) => closingPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { group: groupId(c), id: c.req.param("id") as MembershipId };
        await c.var.call(banFromGroup, { ...typed.input(banFromGroup), ...who });
        return pathWhenDone(pathOfGroup(c, "/personas"));
      },
      again: (attempt) => closingPage(c, attempt),
    }),
  );
}

async function closingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { inside } = await readGroupInside(c);
  demandConfirmed(c.var);
  const id = c.req.param("id") as MembershipId;
  const person = await c.var.call(getMembership, { group: groupId(c), id });
  demand(mayRemove(inside.you, person, inside.coordinators.length));
  const form = formOf(t, { reason: words.reason }, { attempt });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.banMemberHeading, { alias: <bdi>{person.alias}</bdi> })}</h1>
      <p class="notice danger">{t(words.banMemberLead)}</p>
      <Form of={form} action={pathOfGroup(c, `/personas/${id}/cerrar`)}>
        <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
        <p class="steps">
          <Submit kind="stop">{t(words.banMember)}</Submit>
          <a class="button quiet" href={pathOfGroup(c, `/personas/${id}`)}>
            {t(words.bansBack)}
          </a>
        </p>
      </Form>
    </>,
  );
}
