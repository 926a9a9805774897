import type { PeerId } from "@telar/contracts/ids";
import { agreeToPeer, changePeer, getPeer, type Peer } from "@telar/contracts/peers";
import { HubError } from "@telar/contracts/problems";
import { pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, Form, formOf, Submit } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { peerPageWords as words } from "./peer-page.words.ts";
import {
  FingerprintField,
  fingerprintTyped,
  HubName,
  hubsPath,
  pathOfPeer,
  peerLabels,
  ScopeChoices,
  scopesInWords,
  scopesTyped,
  waitsForYou,
} from "./peer-parts.tsx";

export const peerPath = `${hubsPath}/:id`;
const actPath = `${peerPath}/:act{pausar|seguir|terminar|bloquear}` as const;

/** A steward's answer to another hub, and what pauses, ends or blocks it, each after a step that says what it means. */
export function servePeerAnswers(web: Web): void {
  web.get(`${peerPath}/comparar`, async (c) => comparePage(c, await peerOf(c)));
  web.post(`${peerPath}/comparar`, async (c) => {
    const peer = await peerOf(c);
    return answerForm(c, {
      act: async (typed) => {
        const said = {
          fingerprint: fingerprintTyped(typed),
          scopes: scopesTyped(typed, "fingerprint"),
        };
        await c.var.call(agreeToPeer, { id: peer.id, ...said });
        return pathWhenDone(pathOfPeer(peer.id));
      },
      again: (attempt) => comparePage(c, peer, attempt),
    });
  });
  web.get(actPath, async (c) => actPage(c, await peerOf(c), c.req.param("act") as Act));
  web.post(actPath, async (c) => {
    const peer = await peerOf(c);
    const act = c.req.param("act") as Act;
    return answerForm(c, {
      act: async () => {
        await c.var.call(changePeer, { id: peer.id, state: states[act] });
        return pathWhenDone(pathOfPeer(peer.id));
      },
      again: (attempt) => actPage(c, peer, act, attempt),
    });
  });
}

/** The hub that a path of the administration names. */
export const peerOf = (c: PageContext) => c.var.call(getPeer, { id: c.req.param("id") as PeerId });

const states = {
  pausar: "paused",
  seguir: "active",
  terminar: "ended",
  bloquear: "blocked",
} as const;
type Act = keyof typeof states;

/** What can be made of a peering from where it stands. */
export const offered: Readonly<Record<Peer["state"], readonly Act[]>> = {
  asking: ["terminar", "bloquear"],
  asked: ["terminar", "bloquear"],
  active: ["pausar", "terminar", "bloquear"],
  paused: ["seguir", "terminar", "bloquear"],
  paused_there: ["terminar", "bloquear"],
  blocked: ["terminar"],
  ended: ["bloquear"],
};

/** An end has another name before anything was shared, and after a block. */
const ends = { asking: "retirar", asked: "negar", blocked: "desbloquear" } as const;

export function nameOf(act: Act, { state }: Peer) {
  const isOther = act === "terminar" && Object.hasOwn(ends, state);
  return isOther ? ends[state as keyof typeof ends] : act;
}

function comparePage(c: PageContext, peer: Peer, attempt?: Attempt) {
  const { t } = c.var;
  const { id, url, scopes, theirScopes, agreed } = peer;
  if (!attempt && !waitsForYou(peer)) throw new HubError("already_done");
  demandConfirmed(c.var);
  const form = formOf(t, peerLabels, { attempt, values: { scopes } });
  const named =
    theirScopes.length > 0
      ? t(words.theyNamed, { scopes: scopesInWords(t, theirScopes) })
      : t(words.theyNamedNothing);
  return showPage(
    c,
    { title: words.compareTitle, attempt },
    <>
      <h1>{t(words.compareHeading, { hub: <HubName url={url} /> })}</h1>
      <p>{t(words.compareHow)}</p>
      <Form of={form} action={pathOfPeer(id, "/comparar")}>
        <FingerprintField of={form} />
        <ScopeChoices of={form} named={named} />
        <p>{t(words.agreeWhat, { needed: agreed.needed })}</p>
        <Submit>{t(words.agree)}</Submit>
        <a class="button quiet" href={pathOfPeer(id)}>
          {t(words.toPeer)}
        </a>
      </Form>
    </>,
  );
}

function actPage(c: PageContext, peer: Peer, act: Act, attempt?: Attempt) {
  const { t } = c.var;
  if (!attempt && !offered[peer.state].includes(act)) throw new HubError("already_done");
  demandConfirmed(c.var);
  const name = nameOf(act, peer);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words[`${name}Heading`], { hub: <HubName url={peer.url} /> })}</h1>
      <p>{t(words[`${name}What`])}</p>
      <Form of={formOf(t, {}, { attempt })} action={pathOfPeer(peer.id, `/${act}`)}>
        <Submit kind={act === "terminar" || act === "bloquear" ? "stop" : "main"}>
          {t(words[`${name}Yes`])}
        </Submit>
        <a class="button" href={pathOfPeer(peer.id)}>
          {t(words.keep)}
        </a>
      </Form>
    </>,
  );
}
