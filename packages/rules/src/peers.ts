import type { PeerChange, PeerState, Scope, Stances } from "@telar/contracts/peers";
import { no, type Verdict, yes } from "./verdict.ts";

/** Two wills make a peering, and each can end it alone; after an end whoever says they want it asks anew. */
export function peerState({ ours, theirs }: Stances): PeerState {
  if (ours === "blocked") return ours;
  if (ours === "ended" && theirs === "wanted") return "asked";
  if (ours === "ended" || theirs === "ended") return "ended";
  if (ours === "paused") return "paused";
  if (ours === "open") return theirs === "open" ? "asking" : "asked";
  if (theirs === "open") return "asking";
  return theirs === "paused" ? "paused_there" : "active";
}

/** What both sides named. */
export const sharedScopes = (ours: Scope[], theirs: Scope[]): Scope[] =>
  ours.filter((scope) => theirs.includes(scope));

/** Groups are shown to a peer, and its own here, while both sides named that. */
export const sharesDirectory = (
  peer: Stances & { scopes: Scope[]; theirScopes: Scope[] },
): boolean =>
  peerState(peer) === "active" && sharedScopes(peer.scopes, peer.theirScopes).includes("catalogue");

/** Where a hub has two stewards or more, one alone opens no door to another hub. */
export const agreementsNeeded = (stewards: number): number => Math.min(2, stewards);

/** Requests of hubs that nobody here knows: so many wait, for so many days, and so many come in an hour. */
export const openRequests = { atOnce: 20, days: 7, anHour: 3 };

export function mayAskUs(waiting: number, inTheLastHour: number): Verdict {
  return waiting >= openRequests.atOnce || inTheLastHour >= openRequests.anHour
    ? no("limit_reached")
    : yes;
}

/** From a peering that ended or was blocked nobody goes back by one press: it is asked for anew, and compared anew. */
export function mayChangePeer(state: PeerState, wanted: PeerChange): Verdict {
  if (wanted === "blocked") return yes;
  if (wanted === "ended") return state === "ended" ? no("already_done") : yes;
  const open = state === "active" || state === "paused" || state === "paused_there";
  return open ? yes : no("not_yet");
}
