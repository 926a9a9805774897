import type { GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { changeAlias, leaveGroup } from "@telar/contracts/memberships";
import {
  acceptRules,
  addFacilitator,
  admitParticipant,
  declineParticipant,
  joinSpace,
  leaveSpace,
  listAdmissions,
  listParticipants,
  removeFacilitator,
  stopFacilitating,
} from "@telar/contracts/participants";
import { closeSpace, foundSpace, getSpace, openSpace } from "@telar/contracts/spaces";
import { defaultsFor } from "@telar/rules/spaces";
import { afterAll, expect, test, vi } from "vitest";
import { createTestHub, newAlias } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { logOf, placeOf } from "./testing/places.ts";

const hub = await createTestHub();
afterAll(hub.release);

interface There {
  made: { group: GroupId; coordinator: Person };
  space: SpaceId;
  coordinator: Person;
}

async function there(
  kind: "working" | "peer_support" = "working",
  admission = false,
): Promise<There> {
  const made = await hub.group();
  const { space } = await made.coordinator.call(foundSpace, {
    group: made.group,
    kind,
    title: "Palabra",
    purpose: "Escucharnos",
    rules: "Nos cuidamos.",
    alias: "Jacaranda",
    settings: { ...defaultsFor(kind), admission },
  });
  return { made, space, coordinator: made.coordinator };
}

const join = (person: Person, { made, space }: There, alias: string, rulesVersion = 1) =>
  person.call(joinSpace, { space, through: made.group, alias, rulesVersion });
const newcomer = ({ made }: There) => hub.member(made);
async function inside(
  place: There,
  alias = newAlias(),
): Promise<{ person: Person; id: ParticipantId }> {
  const person = await newcomer(place);
  await join(person, place, alias);
  return { person, id: (await ownId(person, place)) as ParticipantId };
}
const ownId = async (person: Person, { space }: There) =>
  (await person.call(getSpace, { space })).you?.id;
const aliases = async (person: Person, { space }: There) =>
  (await person.call(listParticipants, { space })).entries.map(({ alias }) => alias);
const refused = (code: string) => expect.objectContaining({ code });
const problemOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "yes",
    (error) => error,
  );

test("whoever says yes comes in under an alias that belongs only here, and twice is once", async () => {
  const place = await there();
  const person = await newcomer(place);
  expect(await join(person, place, "Cuajiote")).toEqual({ standing: "joined" });
  expect(await join(person, place, "cuajiote")).toEqual({ standing: "joined" });
  expect(await problemOf(join(person, place, "Otro"))).toEqual(refused("already_done"));
  const { entries } = await person.call(listParticipants, { space: place.space });
  expect(entries).toMatchObject([
    { alias: "Cuajiote", facilitator: false, you: true },
    { alias: "Jacaranda", facilitator: true, you: false },
  ]);
  const membership = await placeOf(person, place.made.group);
  expect(JSON.stringify(entries)).not.toContain(membership.id);
  const id = await ownId(person, place);
  expect((await logOf(person, `space:${place.space}`))[0]).toEqual({
    kind: "participant.joined",
    participant: id,
  });
});

test("the same yes sent ten times at once is one place", async () => {
  const place = await there();
  const person = await newcomer(place);
  const answers = await Promise.all(Array.from({ length: 10 }, () => join(person, place, "Sauce")));
  expect(new Set(answers.map(({ standing }) => standing))).toEqual(new Set(["joined"]));
  expect(await aliases(person, place)).toEqual(["Jacaranda", "Sauce"]);
});

test("nobody comes in on rules that they have not read", async () => {
  const place = await there();
  const person = await newcomer(place);
  expect(await problemOf(join(person, place, "Sauce", 2))).toEqual(refused("rules_changed"));
  expect(
    await problemOf(person.call(acceptRules, { space: place.space, rulesVersion: 1 })),
  ).toEqual(refused("not_found"));
});

test("an alias is one person's for good", async () => {
  const place = await there();
  const { person } = await inside(place, "Sauce");
  const other = await newcomer(place);
  expect(await problemOf(join(other, place, "SAUCE"))).toMatchObject({
    code: "name_taken",
    fields: { alias: "taken" },
  });
  await person.call(leaveSpace, { space: place.space });
  expect(await problemOf(join(other, place, "Sauce"))).toEqual(refused("name_taken"));
});

test("in thirty days somebody takes up three aliases and no more, and comes back under those", async () => {
  const place = await there();
  const person = await newcomer(place);
  const again = async (alias: string) => {
    const answer = await join(person, place, alias);
    await person.call(leaveSpace, { space: place.space });
    return answer.standing;
  };
  for (const alias of ["Uno", "Dos", "Tres", "uno"]) expect(await again(alias)).toBe("joined");
  expect(await problemOf(join(person, place, "Cuatro"))).toEqual(refused("limit_reached"));
  expect(await again("Dos")).toBe("joined");
  await hub.owner`
    update participants set joined_on = joined_on - 30 where space_id = ${place.space} and alias = 'Uno'`;
  expect(await again("Cuatro")).toBe("joined");
});

test("whoever leaves does so in silence, and takes the same place up again under the old alias", async () => {
  const place = await there();
  const { person, id } = await inside(place, "Sauce");
  const before = await logOf(place.coordinator, `space:${place.space}`);
  await person.call(leaveSpace, { space: place.space });
  expect(await logOf(place.coordinator, `space:${place.space}`)).toEqual(before);
  expect(await aliases(place.coordinator, place)).toEqual(["Jacaranda"]);
  expect(await problemOf(person.call(leaveSpace, { space: place.space }))).toEqual(
    refused("not_found"),
  );
  expect(await person.call(getSpace, { space: place.space })).toMatchObject({ standing: "none" });
  await join(person, place, "sauce");
  expect(await ownId(person, place)).toBe(id);
  await person.call(leaveSpace, { space: place.space });
  await join(person, place, "Ahuejote");
  expect(await ownId(person, place)).not.toBe(id);
});

test("neither a mute nor slow mode is left behind with an alias", async () => {
  const place = await there();
  const { person, id } = await inside(place, "Sauce");
  await hub.owner`
    update participants set muted_until = now() + interval '1 day', may_post_from = now() + interval '1 hour'
    where id = ${id}`;
  const { you } = await person.call(getSpace, { space: place.space });
  await person.call(leaveSpace, { space: place.space });
  await join(person, place, "Ahuejote");
  expect((await person.call(getSpace, { space: place.space })).you).toMatchObject({
    mutedUntil: you?.mutedUntil,
    mayPostFrom: you?.mayPostFrom,
  });
});

test("where a facilitator lets people in, one asks, waits unseen, and is let in", async () => {
  const place = await there("peer_support", true);
  const { space, coordinator } = place;
  const person = await newcomer(place);
  expect(await join(person, place, "Sauce")).toEqual({ standing: "asked" });
  expect(await join(person, place, "Sauce")).toEqual({ standing: "asked" });
  expect(await person.call(getSpace, { space })).toMatchObject({ standing: "asked" });
  expect(await problemOf(person.call(listParticipants, { space }))).toEqual(refused("not_allowed"));
  expect(await aliases(coordinator, place)).toEqual(["Jacaranda"]);
  const [asking, ...others] = await coordinator.call(listAdmissions, { space });
  expect([asking?.alias, others]).toEqual(["Sauce", []]);
  const id = asking?.id as ParticipantId;
  await coordinator.call(admitParticipant, { space, id });
  expect(await aliases(person, place)).toEqual(["Jacaranda", "Sauce"]);
  expect((await logOf(person, `space:${space}`))[0]).toEqual({
    kind: "participant.joined",
    participant: id,
  });
  expect(await problemOf(coordinator.call(admitParticipant, { space, id }))).toEqual(
    refused("not_found"),
  );
});

test("members see nobody who asks, and let nobody in", async () => {
  const place = await there("peer_support", true);
  const { space, coordinator } = place;
  const [person, asking] = [await newcomer(place), await newcomer(place)];
  await join(person, place, "Sauce");
  const [first] = await coordinator.call(listAdmissions, { space });
  await coordinator.call(admitParticipant, { space, id: first?.id as ParticipantId });
  await join(asking, place, "Ahuejote");
  const [second] = await coordinator.call(listAdmissions, { space });
  const id = second?.id as ParticipantId;
  for (const act of [
    () => person.call(listAdmissions, { space }),
    () => person.call(admitParticipant, { space, id }),
    () => asking.call(admitParticipant, { space, id }),
    () => person.call(declineParticipant, { space, id }),
  ])
    expect(await problemOf(act())).toEqual(refused("not_allowed"));
});

test("whoever was not let in, or asks no more, or was removed, can only ask again, under any alias", async () => {
  const place = await there("working", true);
  const { space, coordinator } = place;
  const person = await newcomer(place);
  await join(person, place, "Sauce");
  const [asking] = await coordinator.call(listAdmissions, { space });
  await coordinator.call(declineParticipant, { space, id: asking?.id as ParticipantId });
  expect(await person.call(getSpace, { space })).toMatchObject({ standing: "none" });
  await hub.owner`update spaces set admission = false where id = ${space}`;
  for (const alias of ["Sauce", "Ahuejote"]) {
    expect(await join(person, place, alias)).toEqual({ standing: "asked" });
    await person.call(leaveSpace, { space });
  }
  const { person: removed, id } = await inside(place, "Colorín");
  await hub.owner`update participants set state = 'removed' where id = ${id}`;
  expect(await join(removed, place, "Tepozán")).toEqual({ standing: "asked" });
});

test("a closed space takes nobody in", async () => {
  const place = await there();
  const person = await newcomer(place);
  await place.coordinator.call(closeSpace, { space: place.space });
  expect(await problemOf(join(person, place, "Sauce"))).toEqual(refused("space_not_open"));
});

/** Open peer support with so many who facilitate beside the founder. */
async function peers(others: number) {
  const place = await there("peer_support");
  const people: { person: Person; id: ParticipantId }[] = [];
  for (let at = 0; at < others; at += 1) people.push(await inside(place));
  for (const { id } of people)
    await place.coordinator.call(addFacilitator, { space: place.space, id });
  await place.coordinator.call(openSpace, { space: place.space });
  return { ...place, people };
}

test("open peer support keeps two who facilitate, whether one steps down or leaves", async () => {
  const place = await peers(1);
  const { space, coordinator, people } = place;
  const [{ person, id }] = people as [(typeof people)[0]];
  for (const act of [
    () => person.call(leaveSpace, { space }),
    () => coordinator.call(removeFacilitator, { space, id, reason: "Ya no responde" }),
    () => person.call(stopFacilitating, { space }),
  ])
    expect(await problemOf(act())).toEqual(refused("two_facilitators_needed"));
  await coordinator.call(closeSpace, { space });
  await person.call(leaveSpace, { space });
  expect((await coordinator.call(getSpace, { space })).facilitators).toHaveLength(1);
});

test("who facilitates is told to everybody, and so is who no longer does", async () => {
  const place = await peers(2);
  const { space, coordinator, people } = place;
  const [{ id, person }] = people as [(typeof people)[0]];
  await coordinator.call(addFacilitator, { space, id });
  await person.call(stopFacilitating, { space });
  await person.call(stopFacilitating, { space });
  const lines = await logOf(person, `space:${space}`);
  expect(lines[0]).toEqual({ kind: "facilitator.ended", participant: id });
  expect(lines.filter(({ kind }) => kind === "facilitator.began")).toHaveLength(3);
  expect(await problemOf(person.call(addFacilitator, { space, id }))).toEqual(
    refused("not_allowed"),
  );
});

test("of three facilitators two of whom leave at once, one of them stays", async () => {
  const { space, people } = await peers(2);
  const tries = await hub.owner.begin(async (sql) => {
    await sql`select from spaces where id = ${space} for update`;
    const started = people.map(({ person }) => person.call(leaveSpace, { space }));
    await vi.waitFor(async () => {
      const blocked = await hub.owner`
        select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      expect(blocked).toHaveLength(2);
    });
    return { done: Promise.allSettled(started) };
  });
  const statuses = (await tries.done).map(({ status }) => status);
  expect(statuses.sort()).toEqual(["fulfilled", "rejected"]);
});

test("a place ends with the membership it came through, and peer support then waits for two again", async () => {
  const place = await peers(1);
  const { space, coordinator, people, made } = place;
  const [{ person }] = people as [(typeof people)[0]];
  await person.call(changeAlias, { group: made.group, alias: newAlias() });
  expect(await aliases(person, place)).toHaveLength(2);
  await person.call(leaveGroup, { group: made.group });
  expect(await problemOf(person.call(listParticipants, { space }))).toEqual(refused("not_found"));
  expect(await aliases(coordinator, place)).toEqual(["Jacaranda"]);
  expect(await coordinator.call(getSpace, { space })).toMatchObject({ state: "preparing" });
  expect((await logOf(coordinator, `space:${space}`))[0]).toEqual({ kind: "space.closed" });
});

test("a space that nobody facilitates any more is taken up by who coordinates the group", async () => {
  const place = await there("working", true);
  const { space, coordinator, made } = place;
  await coordinator.call(leaveSpace, { space });
  const [member, second] = [await newcomer(place), await hub.member(made, ["coordinator"])];
  expect(await join(member, place, "Sauce")).toEqual({ standing: "asked" });
  expect(await join(second, place, "Ahuejote")).toEqual({ standing: "joined" });
  const id = (await ownId(second, place)) as ParticipantId;
  await second.call(addFacilitator, { space, id });
  const [asking] = await second.call(listAdmissions, { space });
  await second.call(admitParticipant, { space, id: asking?.id as ParticipantId });
  expect(await aliases(member, place)).toEqual(["Ahuejote", "Sauce"]);
});

test("people come in pages", async () => {
  const place = await there();
  const { space, coordinator, made } = place;
  await hub.owner`
    insert into participants (space_id, group_id, alias, state, accepted_version)
    select ${space}, ${made.group}, 'Pirul ' || n, 'joined', 1 from generate_series(1, 60) as n`;
  const first = await coordinator.call(listParticipants, { space });
  const rest = await coordinator.call(listParticipants, { space, after: first.next });
  expect([first.entries.length, rest.entries.length, rest.next]).toEqual([50, 11, undefined]);
});
