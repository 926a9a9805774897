import { listGroupExports } from "@telar/contracts/exports";
import { listFoundings } from "@telar/contracts/foundings";
import { listOpenGroupRecoveries } from "@telar/contracts/group-recoveries";
import { listPeers } from "@telar/contracts/peers";
import { HubError } from "@telar/contracts/problems";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type { Child } from "hono/jsx";
import { centralWords as words } from "./central.words.ts";
import { Done } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { hubsPath, waitsForYou } from "./peer-parts.tsx";
import { spaceCareWords } from "./space-care.words.ts";
import type { Message, Translate } from "./words.ts";

/** The hub's administration: for stewards only, on every path below `/central`. Mounted before those. */
export function serveCentral(web: Web): void {
  web.use("/central/*", async (c, next) => {
    const { account } = c.var;
    if (!account) throw new HubError("not_signed_in");
    demand(maySteward(account));
    await next();
  });
  web.get("/central", async (c) => {
    const waiting = await listWaiting(c);
    return showPage(c, { title: words.title }, <Overview t={c.var.t} waiting={waiting} />);
  });
}

type Entry = readonly [href: string, name: Message, hint?: Message];

const places: readonly Entry[] = [
  ["/central/fundaciones", words.foundingsPlace, words.foundingsHint],
  ["/central/grupos", words.groups, words.groupsHint],
  ["/central/recuperaciones", words.recoveriesPlace, words.recoveriesHint],
  ["/central/copias", words.exportsPlace, words.exportsHint],
  [hubsPath, words.peers, words.peersHint],
  ["/central/invitaciones", words.invitations, words.invitationsHint],
  ["/central/cuidado", words.stewards, words.stewardsHint],
  ["/central/puertas", spaceCareWords.bansHubHeading],
  ["/central/perfil", words.profile, words.profileHint],
  ["/central/limites", words.limits, words.limitsHint],
  ["/bitacora", words.log, words.logHint],
];

async function listWaiting(c: PageContext): Promise<Entry[]> {
  const { call } = c.var;
  const [{ open }, recoveries, exports, peers] = await Promise.all([
    call(listFoundings, {}),
    call(listOpenGroupRecoveries, {}),
    call(listGroupExports, {}),
    call(listPeers, {}),
  ]);
  const waits: [boolean, Entry][] = [
    [open.length > 0, ["/central/fundaciones", words.foundings]],
    [
      recoveries.some(({ stewardAgreed }) => !stewardAgreed),
      ["/central/recuperaciones", words.recoveries],
    ],
    [
      exports.some(({ state, youAsked, mayAgree }) => mayAgree || (youAsked && state === "agreed")),
      ["/central/copias", words.exports],
    ],
    [peers.some(waitsForYou), [hubsPath, words.peer]],
  ];
  return waits.flatMap(([is, entry]) => (is ? [entry] : []));
}

function Overview({ t, waiting }: { t: Translate; waiting: readonly Entry[] }) {
  return (
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      <section aria-labelledby="waiting">
        <h2 id="waiting">{t(words.waiting)}</h2>
        {waiting.length === 0 ? (
          <EmptyState>{t(words.nothingWaits)}</EmptyState>
        ) : (
          <Entries t={t} of={waiting} />
        )}
      </section>
      <section aria-labelledby="places">
        <h2 id="places">{t(words.places)}</h2>
        <Entries t={t} of={places} />
      </section>
    </>
  );
}

function Entries({ t, of }: { t: Translate; of: readonly Entry[] }) {
  return (
    <ul class="cards">
      {of.map(([href, name, hint]) => (
        <li>
          <a href={href}>{t(name)}</a>
          {hint && <small>{t(hint)}</small>}
        </li>
      ))}
    </ul>
  );
}

/** A page of the administration: its heading, what was just done, and the way back. */
export function CentralPage({
  c,
  heading,
  children,
}: {
  c: PageContext;
  heading: Child;
  children: Child;
}) {
  const { t } = c.var;
  return (
    <>
      <h1>{heading}</h1>
      <Done c={c} />
      {children}
      <p>
        <a href="/central">{t(words.back)}</a>
      </p>
    </>
  );
}
