import type { CoalitionId, GroupId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as coalitions from "./coalitions.ts";
import type { Sql } from "./connection.ts";
import { appendEvent, coalitionStream } from "./events.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

/** A coalition that Ceiba's group convenes, and Copal's group, which is not in it yet. */
async function founded(name = "Encuentro") {
  const [tejido, vecinas] = [
    await cast.group("Tejido"),
    await cast.group("Vecinas", "accompanying_ngo", "peers"),
  ];
  const ceiba = await cast.member(tejido, "Ceiba", ["coordinator"]);
  const copal = await cast.member(vecinas, "Copal", ["coordinator"]);
  const id = crypto.randomUUID() as CoalitionId;
  await ceiba.do((sql) =>
    coalitions.addCoalition(sql, { id, name, agreement: "Nos cuidamos", convener: tejido }),
  );
  return { id, tejido, vecinas, ceiba, copal };
}

async function joined(name?: string) {
  const made = await founded(name);
  await made.ceiba.do((sql) => coalitions.markInvited(sql, made.id, made.vecinas));
  await made.copal.do((sql) => coalitions.markAccepted(sql, made.id, made.vecinas, 1));
  return made;
}

const see = (who: Somebody, id: CoalitionId) => who.do((sql) => coalitions.getCoalition(sql, id));
const stateOf = async (id: CoalitionId, group: GroupId) =>
  (
    await owner`select state from coalition_groups where coalition_id = ${id} and group_id = ${group}`
  )[0]?.state;

test("a coalition starts with its convener, and whoever is outside does not find it", async () => {
  const { id, tejido, ceiba, copal } = await founded();
  expect(await see(ceiba, id)).toEqual({
    id,
    name: "Encuentro",
    agreement: "Nos cuidamos",
    agreementVersion: 1,
    groups: [
      { group: tejido, name: "Tejido", kind: "victim_network", convener: true, state: "member" },
    ],
    coordinatorOf: [tejido],
  });
  await expect(see(copal, id)).rejects.toMatchObject({ code: "not_found" });
});

test("nobody takes a place in a coalition by themselves", async () => {
  const { id, vecinas, copal } = await founded();
  const push = copal.do(
    (sql) => sql`
      insert into coalition_groups (coalition_id, group_id, state) values (${id}, ${vecinas}, 'member')`,
  );
  await expect(push).rejects.toMatchObject({ code: "42501" });
});

test("only conveners see who is invited, and an invited group sees who convenes", async () => {
  const { id, ceiba, copal, vecinas } = await founded();
  const raiz = await cast.group("Raíz");
  const fresno = await cast.member(raiz, "Fresno", ["coordinator"]);
  await ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, accepted_version)
    values (${id}, ${raiz}, 'member', 1)`;
  const names = async (who: Somebody) => (await see(who, id)).groups.map(({ name }) => name);
  expect(await names(ceiba)).toEqual(["Raíz", "Tejido", "Vecinas"]);
  expect(await names(fresno)).toEqual(["Raíz", "Tejido"]);
  expect(await names(copal)).toEqual(["Tejido", "Vecinas"]);
});

test("a group that thinks about it or is in is not invited again, one that declined or left is", async () => {
  const { id, vecinas, ceiba, copal } = await founded();
  const invite = () => ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  await invite();
  await expect(invite()).rejects.toMatchObject({ code: "already_done" });
  await copal.do((sql) => coalitions.markDeclined(sql, id, vecinas));
  await invite();
  await copal.do((sql) => coalitions.markAccepted(sql, id, vecinas, 1));
  await expect(invite()).rejects.toMatchObject({ code: "already_done" });
  const all = await see(copal, id);
  await copal.do((sql) => coalitions.markLeft(sql, all, vecinas));
  await invite();
  expect(await stateOf(id, vecinas)).toBe("invited");
});

test("a yes counts for the agreement that stands", async () => {
  const { id, tejido, vecinas, ceiba, copal } = await founded();
  const accept = (version: number) =>
    copal.do((sql) => coalitions.markAccepted(sql, id, vecinas, version));
  await expect(accept(1)).rejects.toMatchObject({ code: "not_found" });
  await ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  const version = await ceiba.do((sql) =>
    coalitions.changeAgreement(sql, id, "Nos cuidamos más", tejido),
  );
  expect(version).toBe(2);
  await expect(accept(1)).rejects.toMatchObject({ code: "changed_meanwhile" });
  expect(await accept(2)).toEqual({ joined: true });
  await expect(accept(2)).rejects.toMatchObject({ code: "already_done" });
});

test("a new agreement asks every group again but the one that wrote it", async () => {
  const { id, tejido, vecinas, ceiba, copal } = await joined();
  await ceiba.do((sql) => coalitions.changeAgreement(sql, id, "Nos cuidamos más", tejido));
  const { agreement, groups } = await see(copal, id);
  expect(agreement).toBe("Nos cuidamos más");
  expect(groups.map(({ state }) => state)).toEqual(["member", "asked_again"]);
  expect(await copal.do((sql) => coalitions.markAccepted(sql, id, vecinas, 2))).toEqual({
    joined: false,
  });
});

test("nobody but conveners writes the agreement or makes conveners, and they cannot hold the coalition", async () => {
  const { id, tejido, vecinas, ceiba, copal } = await joined();
  await expect(
    copal.do((sql) => coalitions.changeAgreement(sql, id, "Otro acuerdo", vecinas)),
  ).rejects.toMatchObject({ code: "not_allowed" });
  await expect(
    copal.do((sql) => coalitions.changeConvener(sql, id, tejido, false)),
  ).rejects.toMatchObject({ code: "not_found" });
  await ceiba.do(async (sql) => {
    await coalitions.lockCoalition(sql, id);
    await copal.do((other) => coalitions.lockCoalition(other, id));
  });
  await ceiba.do((sql) => coalitions.changeConvener(sql, id, vecinas, true));
  expect((await see(copal, id)).groups.map(({ convener }) => convener)).toEqual([true, true]);
});

test("those who convene act one after the other", async () => {
  const { id, vecinas, ceiba, copal } = await joined();
  await ceiba.do((sql) => coalitions.changeConvener(sql, id, vecinas, true));
  const order: string[] = [];
  let later: Promise<void> = Promise.resolve();
  await ceiba.do(async (sql) => {
    await coalitions.lockCoalition(sql, id);
    later = copal
      .do((other) => coalitions.lockCoalition(other, id))
      .then(() => void order.push("later"));
    await waitUntilBlocked();
    order.push("first");
  });
  await later;
  expect(order).toEqual(["first", "later"]);
});

async function waitUntilBlocked() {
  for (let tries = 0; tries < 200; tries += 1) {
    const blocked = await owner`
      select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    if (blocked.count > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("Nobody waits.");
}

test("a group that left reads what stood when it left, and nothing newer (G03)", async () => {
  const { id, tejido, vecinas, ceiba, copal } = await joined("Encuentro de abril");
  const stood = await see(copal, id);
  await copal.do((sql) => coalitions.markLeft(sql, stood, vecinas));
  await ceiba.do((sql) => coalitions.changeAgreement(sql, id, "Lo que vino después", tejido));
  await owner`update coalitions set name = 'Otro nombre' where id = ${id}`;
  await owner`update groups set name = 'Tejido nuevo' where id = ${tejido}`;
  const { coordinatorOf: _, ...kept } = stood;
  const today = await owner`select current_date as day`;
  expect(await see(copal, id)).toEqual({ ...kept, coordinatorOf: [], leftOn: today[0]?.day });
  const [card] = await copal.do(coalitions.listCoalitions);
  expect(card).toMatchObject({ name: "Encuentro de abril", state: "left", group: vecinas });
  const rows = await copal.do((sql) => sql`select agreement from coalitions where id = ${id}`);
  expect(rows).toHaveLength(0);
});

test("a group that was made a convener just now reads again before it leaves", async () => {
  const { id, vecinas, ceiba, copal } = await joined();
  const stood = await see(copal, id);
  await ceiba.do((sql) => coalitions.changeConvener(sql, id, vecinas, true));
  await expect(copal.do((sql) => coalitions.markLeft(sql, stood, vecinas))).rejects.toMatchObject({
    code: "changed_meanwhile",
  });
});

test("declining keeps what a group kept when it left before", async () => {
  const { id, vecinas, ceiba, copal } = await founded();
  const invite = () => ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  const decline = () => copal.do((sql) => coalitions.markDeclined(sql, id, vecinas));
  await invite();
  await decline();
  expect(await stateOf(id, vecinas)).toBe("declined");
  await expect(decline()).rejects.toMatchObject({ code: "not_found" });
  expect(await copal.do(coalitions.listCoalitions)).toEqual([]);
  await invite();
  await copal.do((sql) => coalitions.markAccepted(sql, id, vecinas, 1));
  const stood = await see(copal, id);
  await copal.do((sql) => coalitions.markLeft(sql, stood, vecinas));
  await invite();
  await decline();
  expect(await stateOf(id, vecinas)).toBe("left");
});

test("invitations end for all, and what a group kept stays", async () => {
  const { id, vecinas, ceiba } = await founded();
  const before = await cast.group("Antes", "expert_network", "peers");
  await ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, left_snapshot)
    values (${id}, ${before}, 'invited', '{}')`;
  await ceiba.do((sql) => coalitions.endInvitations(sql, id));
  expect([await stateOf(id, vecinas), await stateOf(id, before)]).toEqual(["declined", "left"]);
});

test("a person with two groups has a line for each, by the coalition's name", async () => {
  const { vecinas, copal } = await joined("Zanate");
  const other = await cast.group("Álamos");
  await cast.member(other, "Copal", ["coordinator"], copal.account);
  const early = crypto.randomUUID() as CoalitionId;
  const made = { id: early, name: "Ábaco", agreement: "Juntarnos", convener: other };
  await copal.do((sql) => coalitions.addCoalition(sql, made));
  const cards = await copal.do(coalitions.listCoalitions);
  expect(cards).toMatchObject([
    { name: "Ábaco", group: other, groupName: "Álamos", convener: true, state: "member" },
    { name: "Zanate", group: vecinas, groupName: "Vecinas", convener: false, state: "member" },
  ]);
});

test("a group that left does not come back by a yes, not even while another of the same person is in", async () => {
  const { id, vecinas, ceiba, copal } = await joined();
  const both = await cast.member(vecinas, "Ceiba", ["coordinator"], ceiba.account);
  const stood = await see(copal, id);
  await copal.do((sql) => coalitions.markLeft(sql, stood, vecinas));
  await expect(
    both.do((sql) => coalitions.markAccepted(sql, id, vecinas, 1)),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("the coalitions of a group are counted, not its invitations", async () => {
  const { id, vecinas, ceiba, copal } = await founded();
  const count = (sql: Sql) => coalitions.countCoalitions(sql, vecinas);
  await ceiba.do((sql) => coalitions.markInvited(sql, id, vecinas));
  expect(await copal.do(count)).toBe(0);
  await copal.do((sql) => coalitions.markAccepted(sql, id, vecinas, 1));
  expect(await copal.do(count)).toBe(1);
});

test("what a group shows to its coalitions is not shown to an institution among them", async () => {
  const { id, tejido, copal, vecinas } = await joined();
  const office = await cast.group("Oficina", "institution", "peers");
  const ocote = await cast.member(office, "Ocote", ["coordinator"]);
  await owner`
    insert into coalition_groups (coalition_id, group_id, state, accepted_version)
    values (${id}, ${office}, 'member', 1)`;
  await owner`
    insert into profile_entries (group_id, field, value, visibility)
    values (${tejido}, 'region', 'Sierra Norte', 'coalition')`;
  const regions = (who: Somebody) =>
    who.do((sql) => sql`select value from profile_entries where group_id = ${tejido}`);
  expect(await regions(copal)).toHaveLength(1);
  expect(await regions(ocote)).toHaveLength(0);
  expect((await see(ocote, id)).groups.map(({ group }) => group)).toContain(vecinas);
});

test("how often a group was asked is counted over thirty days, for each group", async () => {
  const { id, tejido, vecinas, ceiba } = await founded();
  const ask = (group: GroupId) =>
    ceiba.do((sql) =>
      appendEvent(sql, coalitionStream(id), { kind: "coalition.group_invited", group }),
    );
  await ask(vecinas);
  await owner`update events set happened_on = current_date - 30`;
  await ask(tejido);
  const count = () => ceiba.do((sql) => coalitions.countInvitations(sql, id, vecinas));
  expect(await count()).toBe(0);
  await ask(vecinas);
  expect(await count()).toBe(1);
});
