import type { Coalition, CoalitionGroup } from "@telar/contracts/coalitions";
import { mayConveneCoalition } from "@telar/rules/coalitions";
import type { PropsWithChildren } from "hono/jsx";
import { pathOfCoalition, readCoalition } from "./coalition-inside.ts";
import { coalitionWords as words } from "./coalitions.words.ts";
import type { PageContext } from "./frame.ts";
import { Paragraphs } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import type { Message, Translate } from "./words.ts";

export async function coalitionPage(c: PageContext) {
  const coalition = await readCoalition(c);
  return showPage(c, { title: words.title }, <CoalitionPage c={c} coalition={coalition} />);
}

interface CoalitionProps {
  c: PageContext;
  coalition: Coalition;
}

function CoalitionPage({ c, coalition }: CoalitionProps) {
  const { t } = c.var;
  const { name, leftOn } = coalition;
  return (
    <>
      <h1>{name}</h1>
      {leftOn ? (
        <p class="aside">{t(words.leftOn, { day: t.day(leftOn) })}</p>
      ) : (
        <Asked c={c} coalition={coalition} />
      )}
      <AgreementText t={t} coalition={coalition} />
      <Groups t={t} groups={coalition.groups}>
        {!leftOn && ownInside(c, coalition).length === 0 && <p>{t(words.onlyConveners)}</p>}
      </Groups>
      {!leftOn && <More c={c} coalition={coalition} />}
      <p>
        <a href="/coaliciones">{t(words.back)}</a>
      </p>
    </>
  );
}

/** What the person's own groups are asked, first of all. */
function Asked({ c, coalition }: CoalitionProps) {
  const { t, account } = c.var;
  const own = new Set(account?.memberships.map(({ group }) => group));
  const asked = coalition.groups.filter(
    ({ group, state }) => own.has(group) && (state === "invited" || state === "asked_again"),
  );
  return (
    <>
      {asked.map(({ group, name, state }) => (
        <section class="notice">
          <p>{t(state === "invited" ? words.invitedYou : words.askedYou, { group: name })}</p>
          {coalition.coordinatorOf.includes(group) ? (
            <a class="button main" href={pathOfCoalition(c, `/respuesta/${group}`)}>
              {t(words.answer)}
            </a>
          ) : (
            <p>{t(words.coordinatorAnswers)}</p>
          )}
        </section>
      ))}
    </>
  );
}

export function AgreementText({ t, coalition }: { t: Translate; coalition: Coalition }) {
  const { agreement, agreementVersion } = coalition;
  return (
    <section aria-labelledby="agreement">
      <h2 id="agreement">{t(words.agreementHeading)}</h2>
      <div class="stack">
        <Paragraphs text={agreement} />
      </div>
      <p class="hint">{t(words.agreementVersion, { version: String(agreementVersion) })}</p>
    </section>
  );
}

/** Those who take part before those who do not, and first who convenes. */
function inOrder(groups: readonly CoalitionGroup[]): CoalitionGroup[] {
  const rank = ({ convener, state }: CoalitionGroup) =>
    convener ? 0 : ["member", "asked_again", "invited", "declined", "left"].indexOf(state) + 1;
  return [...groups].sort((one, other) => rank(one) - rank(other));
}

type GroupsProps = PropsWithChildren<{ t: Translate; groups: readonly CoalitionGroup[] }>;

function Groups({ t, groups, children }: GroupsProps) {
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">{t(words.groups)}</h2>
      {children}
      <ul class="cards">
        {inOrder(groups).map((one) => (
          <li>
            <strong>{one.name}</strong>
            <small>{t(groupWords[one.kind])}</small>
            <small>
              {t(words[one.convener && one.state === "member" ? "convenes" : one.state])}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The person's own groups that take part. */
function ownInside({ var: { account } }: PageContext, { groups }: Coalition): CoalitionGroup[] {
  const own = new Set(account?.memberships.map(({ group }) => group));
  return groups.filter(
    ({ group, state }) => own.has(group) && (state === "member" || state === "asked_again"),
  );
}

function More({ c, coalition }: CoalitionProps) {
  const { t } = c.var;
  const inside = ownInside(c, coalition);
  const ways: (readonly [string, Message])[] = [
    ...(inside.length > 0 ? forInside : []),
    ...(mayConveneCoalition(coalition).allowed ? forConveners : []),
  ];
  const mayLeave = inside.filter(({ group }) => coalition.coordinatorOf.includes(group));
  if (ways.length + mayLeave.length === 0) return null;
  return (
    <section aria-labelledby="more">
      <h2 id="more">{t(words.more)}</h2>
      <ul class="ways">
        {inside.length > 0 && (
          <li>
            <a href={`/espacios?coalicion=${coalition.id}`}>{t(words.spaces)}</a>
          </li>
        )}
        {ways.map(([path, way]) => (
          <li>
            <a href={pathOfCoalition(c, path)}>{t(way)}</a>
          </li>
        ))}
        {mayLeave.map(({ group, name }) => (
          <li>
            <a href={pathOfCoalition(c, `/salir/${group}`)}>{t(words.leave, { group: name })}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const forInside = [
  ["/ayuda", words.help],
  ["/bitacora", words.log],
] as const;

const forConveners = [
  ["/invitar", words.invite],
  ["/acuerdo", words.editAgreement],
  ["/convocar", words.conveners],
] as const;
