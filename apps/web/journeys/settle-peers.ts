import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PeerId } from "@telar/contracts/ids";
import { agreeToPeer, listPeers, type PeeringSaid } from "@telar/contracts/peers";
import type { Person } from "@telar/contracts/person";
import { openIdentity } from "@telar/federation/identity";
import { signRequest } from "@telar/federation/requests";

export interface SettledPeers {
  /** A hub that asked and waits for an answer. */
  asking: PeerId;
  /** One that shares, and has been out of reach since. */
  sharing: PeerId;
}

/** Two hubs that asked this one, and left. A hub with a public name looks at none in its own network, so there it is nobody. */
export async function settlePeers(steward: Person, url: string): Promise<SettledPeers | undefined> {
  if (new URL(url).hostname !== "localhost") return undefined;
  const scopes = ["spaces" as const, "statements" as const];
  const { fingerprint } = await comeAndAsk(url, "Preparar juntas el encuentro nacional.");
  const [first] = await steward.call(listPeers, {});
  const sharing = first?.id as PeerId;
  await steward.call(agreeToPeer, { id: sharing, fingerprint, scopes });
  await comeAndAsk(url, "Firmar juntas un pronunciamiento.");
  const asking = (await steward.call(listPeers, {})).find(({ id }) => id !== sharing);
  return { sharing, asking: asking?.id as PeerId };
}

/** A hub that shows its keys for as long as its request lasts. */
async function comeAndAsk(to: string, purpose: string): Promise<{ fingerprint: string }> {
  const folder = await mkdtemp(join(tmpdir(), "telar-neighbour-"));
  const server = createServer(async (_, answer) => answer.end(await identity.keys()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const from = `http://localhost:${(server.address() as AddressInfo).port}`;
  const identity = await openIdentity({ folder, publicUrl: from, version: "1.0.0", report() {} });
  const said: PeeringSaid = { wants: "wanted", purpose, scopes: ["spaces", "alerts"] };
  const body = JSON.stringify(said);
  const url = `${to}/hub/v1/peering`;
  const request = { from, to, method: "POST", url, body, now: new Date() };
  const { authorization } = await signRequest({ ...request, key: await identity.signingKey() });
  const answer = await fetch(url, { method: "POST", body, headers: { authorization } });
  if (!answer.ok) throw new Error(`The hub answered ${answer.status}: ${await answer.text()}`);
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
  return identity;
}
