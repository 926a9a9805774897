import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PeerId } from "@telar/contracts/ids";
import { agreeToPeer, listPeers } from "@telar/contracts/peers";
import type { Person } from "@telar/contracts/person";

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
  const fingerprint = await comeAndAsk(url, "Preparar juntas el encuentro nacional.");
  const [first] = await steward.call(listPeers, {});
  const sharing = first?.id as PeerId;
  await steward.call(agreeToPeer, { id: sharing, fingerprint, scopes });
  await comeAndAsk(url, "Firmar juntas un pronunciamiento.");
  const asking = (await steward.call(listPeers, {})).find(({ id }) => id !== sharing);
  return { sharing, asking: asking?.id as PeerId };
}

const neighbour = new URL("../../hub/src/testing/neighbour.ts", import.meta.url).pathname;

/** Its twelve words. */
async function comeAndAsk(to: string, purpose: string): Promise<string> {
  return (await promisify(execFile)(process.execPath, [neighbour, to, purpose])).stdout;
}
