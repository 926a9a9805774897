import * as z from "zod";
import { Day } from "./accounts.ts";
import { PeerId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, paragraphs } from "./text.ts";

/** What two hubs can share; each side names its own, and what both named counts. */
export const Scope = z.enum(["spaces", "statements", "gatherings", "catalogue", "alerts"]);
export type Scope = z.infer<typeof Scope>;

/** What a newer hub names beyond is left out. */
export const knownScopes = (given: string[]): Scope[] =>
  Scope.options.filter((scope) => given.includes(scope));

/**
 * `asking`: we asked and they have not said yes. `asked`: they asked us. `paused_there`: paused by the other side.
 * Nothing is exchanged but in `active`.
 */
export const PeerState = z.enum([
  "asking",
  "asked",
  "active",
  "paused",
  "paused_there",
  "blocked",
  "ended",
]);
export type PeerState = z.infer<typeof PeerState>;

/** What each side wants of the exchange; `open`: it has not said. */
export interface Stances {
  ours: "open" | "wanted" | "paused" | "blocked" | "ended";
  theirs: "open" | "wanted" | "paused" | "ended";
}

/** One day of the exchange with a peer, in requests. */
const PeerDay = z.object({
  day: Day,
  sent: z.int(),
  received: z.int(),
  refused: z.int(),
  failed: z.int(),
});

/** Another hub as this hub's stewards see it. */
export const Peer = z.object({
  id: PeerId,
  url: z.url(),
  /** Twelve words of its root key, as it showed them. */
  fingerprint: z.string(),
  state: PeerState,
  purpose: z.string(),
  scopes: z.array(Scope),
  theirScopes: z.array(Scope),
  /** Of the stewards whose yes it needs before anything is exchanged. */
  agreed: z.object({ stewards: z.int(), needed: z.int(), you: z.boolean() }),
  /** Whether the other hub knows where we stand. */
  told: z.boolean(),
  lastContact: z.iso.datetime().optional(),
  /** How far its clock is ahead of ours, in seconds. */
  skew: z.int().optional(),
  days: z.array(PeerDay),
});
export type Peer = z.infer<typeof Peer>;

/** What a steward can make of a peering. */
export const PeerChange = z.enum(["active", "paused", "blocked", "ended"]);
export type PeerChange = z.infer<typeof PeerChange>;

const scopes = z.array(Scope).max(Scope.options.length);
/** Twelve words, or what the other hub's picture says. */
const fingerprint = line(300, 20);

export const getOwnAddress = operation({
  summary: "What another hub's stewards need to find and recognise this hub.",
  method: "GET",
  path: "/api/hub/address",
  proof: "session",
  input: z.object({}),
  output: z.object({ url: z.url(), fingerprint: z.string() }),
});

export const listPeers = operation({
  summary: "The hubs that this hub knows, for its stewards.",
  method: "GET",
  path: "/api/peers",
  proof: "session",
  input: z.object({}),
  output: z.array(Peer),
});

export const getPeer = operation({
  summary: "One other hub, with the last days of the exchange.",
  method: "GET",
  path: "/api/peers/:id",
  proof: "session",
  input: z.object({ id: PeerId }),
  output: Peer,
});

export const askPeer = operation({
  summary: "Asks another hub to become a peer; its fingerprint came by another channel.",
  method: "POST",
  path: "/api/peers",
  proof: "fresh_session",
  input: z.object({ url: line(300, 8), fingerprint, purpose: paragraphs(500, 3), scopes }),
  output: Peer,
});

export const agreeToPeer = operation({
  summary: "A steward's yes to a hub whose fingerprint they compared.",
  method: "POST",
  path: "/api/peers/:id/agreement",
  proof: "fresh_session",
  input: z.object({ id: PeerId, fingerprint, scopes }),
  output: Peer,
});

export const changePeer = operation({
  summary: "Pauses, resumes, blocks or ends the exchange with another hub, at once.",
  method: "PUT",
  path: "/api/peers/:id/state",
  proof: "fresh_session",
  input: z.object({ id: PeerId, state: PeerChange }),
  output: Peer,
});

/** What one hub says to another about their peering (`POST /hub/v1/peering`), and what it is answered. */
export const PeeringSaid = z.object({
  wants: z.enum(["open", "wanted", "paused", "ended"]),
  purpose: z.string().max(500).default(""),
  scopes: z.array(z.string().max(40)).max(40).default([]),
});
export type PeeringSaid = z.infer<typeof PeeringSaid>;
