import { listEvents, type StreamName } from "@telar/contracts/events";
import { inspectGroup } from "@telar/contracts/hub";
import { leaveGroup } from "@telar/contracts/memberships";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import { placeOf } from "./testing/places.ts";

const hub = await createTestHub();
afterAll(hub.release);

test("members read their group's log in pages, newest first, with aliases", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  const stream = `group:${made.group}` as StreamName;
  await hub.owner`
    select append_event(${stream}, jsonb_build_object('kind', 'hub.changed', 'steward', number::text))
    from generate_series(1, 60) as number`;
  const first = await member.call(listEvents, { stream });
  expect(first.entries).toHaveLength(50);
  expect(first.entries[0]).toMatchObject({ event: { steward: "60" } });
  const second = await member.call(listEvents, { stream, before: first.next });
  expect(second.next).toBeUndefined();
  const places = [...first.entries, ...second.entries].map(({ place }) => place);
  expect(places).toEqual(places.map((_, at) => places.length - at));
  const { id, alias } = await placeOf(member, made.group);
  expect(second.entries.at(-2)).toMatchObject({
    event: { kind: "membership.began", membership: id },
    names: { [id]: alias },
  });
});

test("what was done with power over others is found beneath whatever else happened", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  const steward = await hub.steward();
  await steward.call(inspectGroup, { group: made.group, reason: "Pidieron ayuda" });
  const stream = `group:${made.group}` as StreamName;
  await hub.owner`
    select append_event(${stream}, jsonb_build_object('kind', 'group.changed', 'by', gen_random_uuid()))
    from generate_series(1, 60)`;
  const { entries, next } = await member.call(listEvents, { stream, only: "weighty" });
  expect(entries.map(({ event }) => event.kind)).toEqual(["group.read"]);
  expect(next).toBeUndefined();
});

test("a log that is not open answers like one that does not exist", async () => {
  const { group } = await hub.group();
  const outside = (await hub.group()).coordinator;
  const steward = await hub.steward();
  const nothing = crypto.randomUUID();
  const streams = [`group:${group}`, `group:${nothing}`, `coalition:${nothing}`] as StreamName[];
  for (const stream of streams)
    for (const person of [outside, steward])
      await expect(person.call(listEvents, { stream })).rejects.toMatchObject({
        code: "not_found",
      });
});

test("whoever left no longer reads the log", async () => {
  const made = await hub.group();
  const member = await hub.member(made);
  const stream = `group:${made.group}` as StreamName;
  await member.call(leaveGroup, { group: made.group });
  await expect(member.call(listEvents, { stream })).rejects.toMatchObject({ code: "not_found" });
});

test("the hub's log is open to everyone with an account, and names no group", async () => {
  const steward = await hub.steward();
  const { group } = await hub.group();
  await steward.call(inspectGroup, { group, reason: "Pidieron ayuda" });
  const stream = "hub" as StreamName;
  const stranger = (await hub.group()).coordinator;
  const { entries } = await stranger.call(listEvents, { stream });
  expect(entries[0]?.event).toMatchObject({ kind: "steward.read_group" });
  expect(JSON.stringify(entries)).not.toContain(group);
  const answer = await hub.newcomer().ask(listEvents, { stream });
  expect(answer.status).toBe(401);
});
