import { askPeer, getOwnAddress, listPeers, type Peer } from "@telar/contracts/peers";
import { CentralPage } from "./central.tsx";
import { pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import {
  FingerprintField,
  FingerprintWords,
  fingerprintTyped,
  HubName,
  hubsPath,
  pathOfPeer,
  peerLabels,
  ScopeChoices,
  type Standing,
  scopesTyped,
  standingOf,
} from "./peer-parts.tsx";
import { peerWords as words } from "./peers.words.ts";
import { Qr } from "./qr.tsx";
import type { Translate } from "./words.ts";

const askPath = `${hubsPath}/pedir`;

/** The hubs that this one knows, how they find it, and asking another one. */
export function servePeers(web: Web): void {
  web.get(hubsPath, (c) => hubsPage(c));
  web.get(askPath, (c) => askPage(c));
  web.post(askPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const fingerprint = fingerprintTyped(typed);
        const url = typed.text("url") || addressIn(fingerprint);
        const scopes = scopesTyped(typed, "fingerprint", "purpose", ...(url ? [] : ["url"]));
        const asked = { url, fingerprint, purpose: typed.text("purpose"), scopes };
        const { id } = await c.var.call(askPeer, asked);
        return pathWhenDone(pathOfPeer(id));
      },
      again: (attempt) => askPage(c, attempt),
    }),
  );
}

/** The address of another hub, where the text of its picture came without it. */
const addressIn = (fingerprint: string) => /^telar:([^#]*)#/.exec(fingerprint)?.[1] ?? "";

async function hubsPage(c: PageContext) {
  const { t, call } = c.var;
  const [own, peers] = await Promise.all([call(getOwnAddress, {}), call(listPeers, {})]);
  return showPage(
    c,
    { title: words.title, enhance: ["print"] },
    <CentralPage c={c} heading={t(words.heading)}>
      <p>{t(words.lead)}</p>
      {peers.length === 0 ? (
        <EmptyState step={{ href: askPath, words: t(words.ask) }}>{t(words.none)}</EmptyState>
      ) : (
        <>
          <Peers t={t} of={peers} />
          <p class="steps">
            <a class="button" href={askPath}>
              {t(words.ask)}
            </a>
          </p>
        </>
      )}
      <OwnAddress t={t} own={own} />
      <p class="steps">
        <button type="button" data-print hidden>
          {t(words.print)}
        </button>
      </p>
    </CentralPage>,
  );
}

const groups: readonly (readonly [keyof typeof words, readonly Standing[]])[] = [
  ["forYou", ["asked", "asked_second", "asking_second"]],
  ["forOthers", ["asked_waits", "asking_waits", "asking_leaves", "asking"]],
  ["active", ["active"]],
  ["paused", ["paused", "paused_there"]],
  ["over", ["ended", "blocked"]],
];

function Peers({ t, of: peers }: { t: Translate; of: readonly Peer[] }) {
  return groups.map(([name, standings]) => {
    const members = peers.filter((peer) => standings.includes(standingOf(peer)));
    if (members.length === 0) return null;
    return (
      <section aria-labelledby={name}>
        <h2 id={name}>{t(words[name])}</h2>
        <ul class="cards">
          {members.map((peer) => (
            <li>
              <a href={pathOfPeer(peer.id)}>
                <HubName url={peer.url} />
              </a>
              <small>{t(words[`short_${standingOf(peer)}`])}</small>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

/** What to give to the stewards of another hub. Prints alone, as a sheet. */
function OwnAddress({ t, own: { url, fingerprint } }: { t: Translate; own: OwnAddressParts }) {
  const picture = `telar:${url}#${fingerprint.replaceAll(" ", ".")}`;
  return (
    <article class="paper" aria-labelledby="own">
      <h2 id="own">{t(words.own)}</h2>
      <p>{t(words.ownAddress, { url: <strong>{url}</strong> })}</p>
      <p>{t(words.ownWords)}</p>
      <FingerprintWords of={fingerprint} />
      <p>{t(words.picture)}</p>
      <Qr text={picture} label={t.plain(words.pictureLabel)} />
      <h3>{t(words.howHeading)}</h3>
      <p>{t(words.how)}</p>
    </article>
  );
}

type OwnAddressParts = { url: string; fingerprint: string };

function askPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  demandConfirmed(c.var);
  const labels = { url: words.url, ...peerLabels, purpose: words.purpose };
  const form = formOf(t, labels, { attempt });
  return showPage(
    c,
    { title: words.askTitle, attempt },
    <>
      <h1>{t(words.askHeading)}</h1>
      <p>{t(words.askLead)}</p>
      {attempt?.refusal.code === "already_done" && (
        <p class="notice">
          {t(words.knownAlready)} <a href={hubsPath}>{t(words.toHubs)}</a>
        </p>
      )}
      <Form of={form} action={askPath}>
        <Field of={form} name="url" exact maxlength={300} hint={t(words.urlHint)} />
        <FingerprintField of={form} />
        <Textarea of={form} name="purpose" rows={3} maxlength={500} hint={t(words.purposeHint)} />
        <ScopeChoices of={form} />
        <p>{t(words.askWhat)}</p>
        <Submit>{t(words.send)}</Submit>
        <a class="button quiet" href={hubsPath}>
          {t(words.back)}
        </a>
      </Form>
    </>,
  );
}
