import { setTimeout as pause } from "node:timers/promises";
import { agreeToPeer, askPeer, getOwnAddress, listPeers, type Peer } from "@telar/contracts/peers";
import { Person } from "@telar/contracts/person";
import { signIn } from "@telar/contracts/sessions";
import type { Key } from "./loading.ts";

interface Side {
  slug: string;
  address: string;
}

/** Steps of the progress. */
export const peeringSteps = 2;

const scopes: Peer["scopes"] = ["spaces", "statements", "gatherings", "catalogue"];
const purpose = "Preparar juntas el Encuentro nacional.";
const withinMs = 30_000;

/** The stewards of the second hub are asked by those of the first, both compare the other's words, and the hubs are peers. */
export async function makePeers(
  [first, second]: Side[],
  people: Key[],
  done: () => void,
): Promise<void> {
  if (!first || !second) return;
  const [asking, asked] = [await stewardsOf(first, people), await stewardsOf(second, people)];
  const [opener, ...others] = asking;
  if (!opener || !asked[0]) throw new Error("A hub has no steward.");
  const { url, fingerprint } = await asked[0].call(getOwnAddress, {});
  const { id } = await opener.call(askPeer, { url, fingerprint, purpose, scopes });
  for (const other of others) await other.call(agreeToPeer, { id, fingerprint, scopes });
  const waiting = await until(asked[0], "asked");
  done();
  const own = await opener.call(getOwnAddress, {});
  for (const steward of asked)
    await steward.call(agreeToPeer, { id: waiting.id, fingerprint: own.fingerprint, scopes });
  await until(opener, "active");
  done();
}

async function stewardsOf({ slug, address }: Side, people: Key[]): Promise<Person[]> {
  const keys = people.filter(({ hub, roles }) => hub === slug && roles.includes("steward"));
  return Promise.all(
    keys.map(async ({ signInName, passphrase }) => {
      const person = new Person((request) => fetch(request), address);
      await person.call(signIn, { signInName, passphrase, device: "own" });
      return person;
    }),
  );
}

/** Hubs tell each other every two seconds. */
async function until(steward: Person, state: Peer["state"]): Promise<Peer> {
  const late = Date.now() + withinMs;
  for (;;) {
    const [peer] = await steward.call(listPeers, {});
    if (peer?.state === state) return peer;
    if (Date.now() > late) throw new Error(`The other hub is not ${state}.`);
    await pause(200);
  }
}
