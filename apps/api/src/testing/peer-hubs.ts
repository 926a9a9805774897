import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FetchProblem, type GuardedFetch } from "@telar/federation/guarded-fetch";
import { openIdentity } from "@telar/federation/identity";
import { pino } from "pino";
import { visitPeers } from "../peer-groups.ts";
import { tellPeers } from "../peer-jobs.ts";
import { createTestHub, type TestHub } from "./hub.ts";

export interface PeerHub extends TestHub {
  publicUrl: string;
  fingerprint: string;
  /** Tells its peers what they have not heard. */
  tell(): Promise<void>;
  /** Reads the directories of its peers now. */
  visit(): Promise<void>;
  /** Asks another hub as this one does, with all its keys. */
  caller: Parameters<typeof tellPeers>[1];
  /** While true nobody reaches it. */
  away: boolean;
}

/** Four hubs with keys of their own, which reach each other by their addresses. */
export async function createPeerHubs() {
  const folder = await mkdtemp(join(tmpdir(), "telar-peers-"));
  const hubs: PeerHub[] = [];
  const hubFetch: GuardedFetch = async ({ url, method, headers = {}, body }) => {
    const hub = hubs.find(({ publicUrl }) => url.startsWith(`${publicUrl}/`));
    if (!hub || hub.away) throw new FetchProblem("unreachable");
    const answer = await hub.app.request(url, { method, headers, ...(body && { body }) });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await answer.text(),
    };
  };
  const open = async (name: string): Promise<PeerHub> => {
    const publicUrl = `http://${name}.localhost:8080`;
    const keys = { folder: join(folder, name), publicUrl, version: "1.0.0" };
    const identity = await openIdentity({ ...keys, report: () => {} });
    const { fingerprint } = identity;
    const peering = { publicUrl, identity, fingerprint, hubFetch };
    const hub = await createTestHub(undefined, undefined, peering);
    const caller = { publicUrl, identity, hubFetch };
    const jobs = hub.as("telar_jobs");
    const quiet = pino({ level: "silent" });
    const tell = () => tellPeers(jobs, caller, quiet);
    const visit = async () => {
      await hub.owner`update peers set directory_at = '-infinity'`;
      await visitPeers(jobs, caller, quiet);
    };
    const peer = { ...hub, publicUrl, fingerprint, caller, tell, visit, away: false };
    hubs.push(peer);
    return peer;
  };
  return {
    raices: await open("raices"),
    sur: await open("sur"),
    costa: await open("costa"),
    norte: await open("norte"),
    async release() {
      await Promise.all(hubs.map((hub) => hub.release()));
      await rm(folder, { recursive: true });
    },
  };
}
