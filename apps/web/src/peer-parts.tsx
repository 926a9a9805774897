import type { PeerId } from "@telar/contracts/ids";
import { type Peer, Scope } from "@telar/contracts/peers";
import { HubError } from "@telar/contracts/problems";
import type { Child } from "hono/jsx";
import { Choices, type FormState, Textarea } from "./form.tsx";
import { joined } from "./group-parts.tsx";
import { peerWords as words } from "./peers.words.ts";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

export const hubsPath = "/central/hubs";
export const pathOfPeer = (id: PeerId, page = "") => `${hubsPath}/${id}${page}`;

/** A peering in the words of who has to do what next: `_second` after another steward's yes, `_waits` after one's own. */
export type Standing =
  | Exclude<Peer["state"], "asking" | "asked">
  | `ask${"ing" | "ed"}${"" | "_second" | "_waits"}`
  | "asking_leaves";

export function standingOf({ state, told, agreed }: Peer): Standing {
  if (state !== "asking" && state !== "asked") return state;
  // Once the other hub was told, our side has wanted it with all the yeses that it took.
  const open = state === "asked" || (!told && agreed.stewards < agreed.needed);
  if (!open) return told ? "asking" : "asking_leaves";
  if (agreed.you) return `${state}_waits`;
  return agreed.stewards > 0 || state === "asking" ? `${state}_second` : "asked";
}

/** Whether it is for the reader to compare its words and say yes or no. */
export const waitsForYou = (peer: Peer) =>
  ["asked", "asked_second", "asking_second"].includes(standingOf(peer));

export const HubName = ({ url }: { url: string }) => <bdi>{URL.parse(url)?.host ?? url}</bdi>;

/** The twelve words, which are Spanish in every language. */
export function FingerprintWords({ of }: { of: string }) {
  return (
    <ol class="offered" lang="es">
      {of.split(" ").map((word) => (
        <li>{word}</li>
      ))}
    </ol>
  );
}

export const scopesInWords = (t: Translate, scopes: readonly Scope[]) =>
  joined(
    t,
    scopes.map((scope) => t.plain(words[scope])),
  );

export const peerLabels = { fingerprint: words.fingerprint, scopes: words.scopes };

/** What was told by another way than this page, and what may be shared. */
export function FingerprintField({ of }: { of: FormState<"fingerprint"> }) {
  const hint = of.t(words.fingerprintHint);
  return <Textarea of={of} name="fingerprint" rows={4} maxlength={600} hint={hint} />;
}

export function ScopeChoices({ of, named }: { of: FormState<"scopes">; named?: Child }) {
  const { t } = of;
  const options = Scope.options.map((value) => ({
    value,
    label: t(words[value]),
    hint: t(words[`${value}Hint`]),
  }));
  const hint = (
    <>
      {named} {t(words.scopesHint)}
    </>
  );
  return <Choices of={of} name="scopes" many options={options} hint={hint} />;
}

/** What was chosen. A peering for nothing could only be ended and asked for anew, so that nothing is sent without. */
export function scopesTyped(typed: Typed, ...beside: string[]): Scope[] {
  const scopes = typed.list("scopes");
  if (scopes.length > 0) return scopes as Scope[];
  const missing = beside.filter((name) => typed.text(name).trim() === "");
  const fields = [...missing, "scopes"].map((name) => [name, "missing" as const]);
  throw new HubError("invalid_input", undefined, { fields: Object.fromEntries(fields) });
}

/** On one line, without the numbers of a copied list. */
export const fingerprintTyped = (typed: Typed) =>
  typed
    .text("fingerprint")
    .replaceAll(/(^|\s)\d{1,2}[.)]?(?=\s)/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
