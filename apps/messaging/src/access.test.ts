import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Place, World } from "./testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.release());

async function twoOf(): Promise<{ author: Place; reader: Place }> {
  const made = await world.space();
  return { author: await world.place(made, "Ceiba"), reader: await world.place(made, "Nogal") };
}

test("nobody follows a space that they are not in, and it looks like none", async () => {
  const [{ reader }, other] = [await twoOf(), await twoOf()];
  const listener = world.listener(reader.session);
  await world.post(other.author, "Solo para quienes están");
  expect(await listener.follow(other.author.space)).toBe("not_found");
  expect(await listener.follow(crypto.randomUUID() as never)).toBe("not_found");
  await world.owner`update participants set state = 'asked' where id = ${reader.participant}`;
  expect(await listener.follow(reader.space)).toBe("not_found");
  await world.post(other.author, "Otra vez");
  expect(listener.heard).toEqual([]);
});

/** Each ends the right to read in another way. */
const ends: Record<string, (reader: Place) => Promise<unknown>> = {
  "left the space": ({ participant }) =>
    world.owner`update participants set state = 'left' where id = ${participant}`,
  "was removed from it": ({ participant }) =>
    world.owner`update participants set state = 'removed' where id = ${participant}`,
  "ended their membership": ({ account }) =>
    world.owner`update memberships set ended_on = current_date where account_id = ${account}`,
  "has not said yes to the new rules": ({ space, participant }) =>
    world.owner.begin(async (sql) => {
      await sql`update spaces set rules_version = 2 where id = ${space}`;
      await sql`update participants set accepted_version = 2 where space_id = ${space} and id <> ${participant}`;
    }),
};

test.each(Object.keys(ends))(
  "whoever %s hears nothing that is written from then on",
  async (way) => {
    const { author, reader } = await twoOf();
    const [listener, other] = [world.listener(reader.session), world.listener(author.session)];
    await Promise.all([listener.follow(reader.space), other.follow(reader.space)]);
    await world.post(author, "Antes");
    await vi.waitFor(() => expect(listener.places).toEqual([1]));
    await ends[way]?.(reader);
    world.messaging.accessChanged();
    await world.post(author, "Después");
    await vi.waitFor(() => expect(other.places).toEqual([1, 2]));
    expect(await listener.follow(reader.space, 1)).toBe("not_found");
    expect(listener.places).toEqual([1]);
    expect(listener.startOvers).toEqual([reader.space]);
  },
);

test("what another process ends is heard no more within two seconds (T16)", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  await listener.follow(reader.space);
  const began = performance.now();
  await world.owner`update participants set state = 'removed' where id = ${reader.participant}`;
  await vi.waitFor(() => expect(listener.startOvers).toEqual([reader.space]), 2000);
  process.stdout.write(`T16 removed: silent after ${Math.round(performance.now() - began)} ms\n`);
  await world.post(author, "Después");
  await listener.follow(reader.space);
  expect(listener.places).toEqual([]);
});

test.each([
  [
    "a revoked session",
    ({ session }: Place) => world.owner`delete from sessions where id = ${session}`,
  ],
  [
    "a closed account",
    ({ account }: Place) => world.owner`delete from accounts where id = ${account}`,
  ],
])(
  "the socket of %s is closed within two seconds, and does not come back (T16)",
  async (_, end) => {
    const { reader } = await twoOf();
    const listener = world.listener(reader.session);
    await listener.follow(reader.space);
    const began = performance.now();
    await end(reader);
    await vi.waitFor(() => expect(listener.socket.connected).toBe(false), {
      timeout: 2000,
      interval: 5,
    });
    process.stdout.write(`T16 session: closed after ${Math.round(performance.now() - began)} ms\n`);
    await vi.waitFor(() => expect(listener.refusals).toEqual(["not_signed_in"]));
  },
);

test("a socket does not outlive its session's idle time", async () => {
  const { reader } = await twoOf();
  const session = await world.session(reader.account, Date.now() + 300);
  const listener = world.listener(session, { reconnection: false });
  await listener.follow(reader.space);
  await vi.waitFor(() => expect(listener.socket.connected).toBe(false), 2000);
});

test("if the rights cannot be read, nothing is told until they can", async () => {
  const { author, reader } = await twoOf();
  const listener = world.listener(reader.session);
  await listener.follow(reader.space);
  await world.owner`revoke execute on function may_follow(uuid[], uuid[]) from telar_messaging`;
  world.messaging.accessChanged();
  await world.post(author, "Uno");
  await vi.waitFor(() => expect(world.problems.length).toBeGreaterThan(1), 4000);
  expect(listener.places).toEqual([]);
  expect(await listener.follow(reader.space)).toBe("unavailable");
  await world.owner`grant execute on function may_follow(uuid[], uuid[]) to telar_messaging`;
  await vi.waitFor(() => expect(listener.places).toEqual([1]), 4000);
});
