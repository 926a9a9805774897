import type { Group, GroupInside } from "@telar/contracts/groups";
import { coordinates, mayCoordinate } from "@telar/rules/memberships";
import { Done } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount, groupId, groupPath, pathOfGroup, readGroup } from "./group-inside.ts";
import { joined, ProfileFacts, rolesInWords } from "./group-parts.tsx";
import { groupWords as words } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import type { Message, Translate } from "./words.ts";

export function serveGroups(web: Web): void {
  web.get("/grupos", (c) => ownGroupsPage(c));
  web.get(groupPath, async (c) => {
    const group = await readGroup(c);
    return showPage(c, { title: words.title }, <GroupPage c={c} group={group} />);
  });
}

function ownGroupsPage(c: PageContext) {
  demandAccount(c);
  const { t, account } = c.var;
  const memberships = account?.memberships ?? [];
  return showPage(
    c,
    { title: words.mine },
    <>
      <h1>{t(words.mine)}</h1>
      {memberships.length === 0 ? (
        <EmptyState step={{ href: "/invitacion", words: t(words.haveInvitation) }}>
          {t(words.none)}
        </EmptyState>
      ) : (
        <ul class="cards">
          {memberships.map(({ group, groupName, alias, roles }) => (
            <li>
              <a href={`/grupos/${group}`}>{groupName}</a>
              <small>
                {t(words.youAre, { alias })} · {rolesInWords(t, roles)}
              </small>
            </li>
          ))}
        </ul>
      )}
      <section aria-labelledby="next">
        <h2 id="next">{t(words.next)}</h2>
        <p class="steps">
          {memberships.length > 0 && (
            <a class="button" href="/invitacion">
              {t(words.anotherInvitation)}
            </a>
          )}
          <a class="button" href="/grupos/nuevo">
            {t(words.found)}
          </a>
          {account?.steward && (
            <a class="button" href="/central/fundaciones">
              {t(words.wishes)}
            </a>
          )}
        </p>
      </section>
    </>,
  );
}

function GroupPage({ c, group }: { c: PageContext; group: Group }) {
  const { t } = c.var;
  const { name, kind, closed, inside } = group;
  return (
    <>
      <h1>{name}</h1>
      <p class="hint">
        {t(words[kind])}
        {inside && (
          <>
            {" · "}
            {t(words.youAre, { alias: inside.you.alias })}
          </>
        )}
      </p>
      {closed ? (
        <Closed c={c} />
      ) : inside ? (
        <Inside c={c} group={group} inside={inside} />
      ) : (
        <Outside t={t} group={group} />
      )}
    </>
  );
}

function Closed({ c }: { c: PageContext }) {
  const { t } = c.var;
  const isIn = c.var.account?.memberships.some(({ group }) => group === groupId(c));
  return (
    <>
      <p class="notice">{t(words.closed)}</p>
      <p>{t(words.closedNext)}</p>
      {isIn && (
        <p>
          <a href={pathOfGroup(c, "/salir")}>{t(words.leave)}</a>
        </p>
      )}
    </>
  );
}

function Outside({ t, group: { profile } }: { t: Translate; group: Group }) {
  return (
    <>
      <Profile t={t} empty={words.profileOutside} profile={profile} />
      <p>{t(words.outside)}</p>
      <p class="steps">
        <a class="button" href="/invitacion">
          {t(words.haveInvitation)}
        </a>
        <a class="button" href="/directorio">
          {t(words.toDirectory)}
        </a>
      </p>
    </>
  );
}

interface ProfileProps {
  t: Translate;
  empty: Message;
  profile: Group["profile"];
  visibility?: GroupInside["visibility"];
}

function Profile({ t, empty, ...shown }: ProfileProps) {
  const isEmpty = Object.values(shown.profile).every((value) => !value?.length);
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{t(words.profile)}</h2>
      {isEmpty ? <p>{t(empty)}</p> : <ProfileFacts t={t} {...shown} />}
    </section>
  );
}

interface InsideProps {
  t: Translate;
  group: Group;
  inside: GroupInside;
}

function Inside({ c, group, inside }: Omit<InsideProps, "t"> & { c: PageContext }) {
  const { t } = c.var;
  const { visibility } = inside;
  return (
    <>
      <Done c={c} />
      <Continuity t={t} group={group} inside={inside} />
      {mayCoordinate(inside.you).allowed && <FirstSteps t={t} group={group} inside={inside} />}
      <People t={t} group={group} inside={inside} />
      <More t={t} group={group} inside={inside} />
      <Profile t={t} empty={words.profileEmpty} profile={group.profile} visibility={visibility} />
    </>
  );
}

/** Asks for a second coordinator, or says that there is none at all. */
function Continuity({ t, group, inside: { you, coordinators, twoCoordinators } }: InsideProps) {
  if (coordinators.length === 0)
    return (
      <section class="notice" aria-labelledby="continuity">
        <h2 id="continuity">{t(words.noCoordinator)}</h2>
        <p>{t(words.noCoordinatorWhy)}</p>
        <a class="button" href={`/grupos/${group.id}/recuperacion`}>
          {t(words.recover)}
        </a>
      </section>
    );
  if (twoCoordinators || !coordinates(you)) return null;
  return (
    <section class="aside" aria-labelledby="continuity">
      <h2 id="continuity">{t(words.oneCoordinator)}</h2>
      <p>{t(words.oneCoordinatorWhy)}</p>
      <a class="button" href={`/grupos/${group.id}/personas`}>
        {t(words.chooseSecond)}
      </a>
    </section>
  );
}

/** Until somebody else is there and the group has said who it is. */
function FirstSteps({ t, group, inside }: InsideProps) {
  const steps = [
    ...(inside.memberCount === 1 ? [["/invitar", words.stepInvite] as const] : []),
    ...(group.profile.about ? [] : [["/perfil", words.stepProfile] as const]),
  ];
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t(words.steps)}</h2>
      <ul class="ways">
        {steps.map(([path, step]) => (
          <li>
            <a href={`/grupos/${group.id}${path}`}>{t(step)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function People({ t, group, inside: { coordinators, memberCount } }: InsideProps) {
  const names = joined(
    t,
    coordinators.map(({ alias, you }) => (you ? `${alias} (${t.plain(words.you)})` : alias)),
  );
  return (
    <section aria-labelledby="people">
      <h2 id="people">{t(words.people)}</h2>
      <p>
        {t(words.coordinators, { count: coordinators.length, names })}{" "}
        {t(words.memberCount, { count: memberCount })}
      </p>
      <a class="button" href={`/grupos/${group.id}/personas`}>
        {t(words.seePeople)}
      </a>
    </section>
  );
}

const forCoordinators: readonly (readonly [string, Message])[] = [
  ["/invitar", words.invite],
  ["/perfil", words.editProfile],
  ["/entregar", words.handOver],
  ["/copias", words.copies],
];
const forEveryone: typeof forCoordinators = [
  ["/ayuda", words.help],
  ["/bitacora", words.log],
  ["/alias", words.alias],
  ["/salir", words.leave],
];

function More({ t, group, inside: { you } }: InsideProps) {
  const ways = mayCoordinate(you).allowed ? [...forCoordinators, ...forEveryone] : forEveryone;
  return (
    <section aria-labelledby="more">
      <h2 id="more">{t(words.more)}</h2>
      <ul class="ways">
        <li>
          <a href={`/espacios?grupo=${group.id}`}>{t(words.spaces)}</a>
        </li>
        {ways.map(([path, way]) => (
          <li>
            <a href={`/grupos/${group.id}${path}`}>{t(way)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
