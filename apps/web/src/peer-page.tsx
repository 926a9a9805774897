import type { Peer } from "@telar/contracts/peers";
import { sharedScopes } from "@telar/rules/peers";
import type { Child } from "hono/jsx";
import { Done } from "./done.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { nameOf, offered, peerOf, peerPath } from "./peer-answers.tsx";
import { PeerDays } from "./peer-days.tsx";
import { peerPageWords as words } from "./peer-page.words.ts";
import {
  FingerprintWords,
  HubName,
  hubsPath,
  pathOfPeer,
  scopesInWords,
  standingOf,
  waitsForYou,
} from "./peer-parts.tsx";
import type { Translate } from "./words.ts";

/** One other hub: how it stands, what is shared, how it is recognised, and how it goes. */
export function servePeerPage(web: Web): void {
  web.get(peerPath, async (c) => peerPage(c, await peerOf(c)));
}

function peerPage(c: PageContext, peer: Peer) {
  const { t } = c.var;
  const { url, purpose } = peer;
  return showPage(
    c,
    { title: words.title, enhance: ["print"] },
    <>
      <h1>
        <HubName url={url} />
      </h1>
      <Done c={c} />
      <Standing t={t} peer={peer} />
      {purpose && (
        <Part id="purpose" heading={t(words.purpose)}>
          <div class="stack">
            <Paragraphs text={purpose} />
          </div>
        </Part>
      )}
      <Shared t={t} peer={peer} />
      <Recognised t={t} peer={peer} />
      <Health t={t} peer={peer} />
      <Part id="change" heading={t(words.change)}>
        <p class="steps">
          {offered[peer.state].map((act) => (
            <a
              class={act === "terminar" || act === "bloquear" ? "button stop" : "button"}
              href={pathOfPeer(peer.id, `/${act}`)}
            >
              {t(words[nameOf(act, peer)])}
            </a>
          ))}
          <button type="button" data-print hidden>
            {t(words.print)}
          </button>
        </p>
      </Part>
      <p>
        <a href={hubsPath}>{t(words.toHubs)}</a>
      </p>
    </>,
  );
}

/** What there is between the two, and the next step where it is the reader's. */
function Standing({ t, peer }: { t: Translate; peer: Peer }) {
  const standing = standingOf(peer);
  const { scopes, theirScopes } = peer;
  const empty = standing === "active" && sharedScopes(scopes, theirScopes).length === 0;
  const sentence = words[empty ? "is_active_nothing" : (`is_${standing}` as const)];
  const step = waitsForYou(peer)
    ? ([pathOfPeer(peer.id, "/comparar"), words.compare] as const)
    : standing === "ended" && ([`${hubsPath}/pedir`, words.askAgain] as const);
  return (
    <>
      <p>{t(sentence, { hub: <HubName url={peer.url} /> })}</p>
      {step && (
        <p class="steps">
          <a class={standing === "ended" ? "button" : "button main"} href={step[0]}>
            {t(step[1])}
          </a>
        </p>
      )}
    </>
  );
}

function Part({ id, heading, children }: { id: string; heading: Child; children: Child }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{heading}</h2>
      {children}
    </section>
  );
}

function Shared({ t, peer: { scopes, theirScopes } }: { t: Translate; peer: Peer }) {
  const facts = [
    [words.both, sharedScopes(scopes, theirScopes)],
    [words.ours, scopes],
    [words.theirs, theirScopes],
  ] as const;
  return (
    <Part id="shared" heading={t(words.shared)}>
      <dl class="facts">
        {facts.map(([name, named]) => (
          <>
            <dt>{t(name)}</dt>
            <dd>{named.length > 0 ? scopesInWords(t, named) : t(words.nothing)}</dd>
          </>
        ))}
      </dl>
    </Part>
  );
}

function Recognised({ t, peer }: { t: Translate; peer: Peer }) {
  const { url, fingerprint, agreed } = peer;
  return (
    <Part id="recognised" heading={t(words.recognised)}>
      <dl class="facts">
        <dt>{t(words.address)}</dt>
        <dd>
          <bdi>{url}</bdi>
        </dd>
        <dt>{t(words.agreed)}</dt>
        <dd>{t(words.agreedOf, { stewards: agreed.stewards, needed: agreed.needed })}</dd>
        <dt>{t(words.shown)}</dt>
        <dd>{waitsForYou(peer) ? t(words.hidden) : <FingerprintWords of={fingerprint} />}</dd>
      </dl>
    </Part>
  );
}

/** In seconds. */
const skewWorthTelling = 30;

function Health({ t, peer }: { t: Translate; peer: Peer }) {
  const { lastContact, told, skew = 0, days } = peer;
  const isDecided = !/_(second|waits)$|^asked$/.test(standingOf(peer));
  return (
    <Part id="health" heading={t(words.health)}>
      <dl class="facts">
        <dt>{t(words.lastContact)}</dt>
        <dd>{lastContact ? t.moment(lastContact) : t(words.noContact)}</dd>
        {isDecided && (
          <>
            <dt>{t(words.heard)}</dt>
            <dd>{t(told ? words.told : words.notTold)}</dd>
          </>
        )}
        {Math.abs(skew) > skewWorthTelling && (
          <>
            <dt>{t(words.clock)}</dt>
            <dd>{skewInWords(t, skew)}</dd>
          </>
        )}
      </dl>
      <PeerDays t={t} days={days} />
    </Part>
  );
}

function skewInWords(t: Translate, skew: number): Child {
  const seconds = Math.abs(skew);
  const minutes = seconds < 60 ? 0 : Math.round(seconds / 60);
  return t(skew > 0 ? words.ahead : words.behind, { seconds, minutes });
}
