import { listEvents, type StreamName } from "@telar/contracts/events";
import {
  approveFounding,
  askToFound,
  declineFounding,
  listFoundings,
} from "@telar/contracts/foundings";
import { foundGroup, getGroup } from "@telar/contracts/groups";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const steward = await hub.steward();
const wish = {
  name: "Red del Sur",
  kind: "victim_network",
  region: "Oaxaca",
  purpose: "Buscar juntas.",
  alias: "Ceiba",
} as const;
const found = { name: wish.name, kind: wish.kind, alias: "Ceiba", languages: [], capabilities: [] };

test("whoever asked founds their group once a steward approves", async () => {
  const { coordinator: person } = await hub.group();
  const asked = await person.call(askToFound, wish);
  expect(asked).toEqual({ ...wish, id: asked.id, state: "asked" });
  await expect(person.call(foundGroup, found)).rejects.toMatchObject({ code: "not_allowed" });
  expect(await steward.call(listFoundings, {})).toMatchObject({ mine: [], mayFoundNow: true });
  expect((await steward.call(listFoundings, {})).open).toContainEqual(asked);
  await steward.call(approveFounding, { id: asked.id });
  expect(await person.call(listFoundings, {})).toEqual({
    mine: [{ ...asked, state: "approved" }],
    open: [],
    mayFoundNow: true,
  });
  const { group } = await person.call(foundGroup, found);
  const { inside } = await person.call(getGroup, { group });
  expect(inside?.you).toMatchObject({ alias: "Ceiba", roles: ["member", "coordinator"] });
  expect(await person.call(listFoundings, {})).toEqual({ mine: [], open: [], mayFoundNow: false });
  const { entries } = await steward.call(listEvents, { stream: "hub" as StreamName });
  expect(entries[0]?.event).toMatchObject({ kind: "founding.approved" });
});

test("an approval founds the group that was approved, and no other", async () => {
  const { coordinator: person } = await hub.group();
  const { id } = await person.call(askToFound, { ...wish, kind: "institution" });
  await steward.call(approveFounding, { id });
  const other = { ...found, kind: "institution" as const, name: "Otra red" };
  for (const wanted of [found, other])
    await expect(person.call(foundGroup, wanted)).rejects.toMatchObject({ code: "not_allowed" });
  await person.call(foundGroup, { ...found, kind: "institution" });
});

test("a steward declines in words of their own, once", async () => {
  const { coordinator: person } = await hub.group();
  const { id } = await person.call(askToFound, wish);
  const answer = "Ya hay una red así en tu región; ¿platicamos?";
  await steward.call(declineFounding, { id, answer });
  expect(await person.call(listFoundings, {})).toMatchObject({
    mine: [{ id, state: "declined", answer }],
    mayFoundNow: false,
  });
  await expect(steward.call(approveFounding, { id })).rejects.toMatchObject({
    code: "already_done",
  });
});

test("nobody but a steward answers a wish, not even their own", async () => {
  const { coordinator: person } = await hub.group();
  const { id } = await person.call(askToFound, wish);
  for (const act of [
    () => person.call(approveFounding, { id }),
    () => person.call(declineFounding, { id, answer: "No por ahora" }),
  ])
    await expect(act()).rejects.toMatchObject({ code: "not_allowed" });
});

test("one person has at most three wishes open, also when they ask at the same moment", async () => {
  const { coordinator: person } = await hub.group();
  const asked = await Promise.allSettled(
    Array.from({ length: 6 }, () => person.call(askToFound, wish)),
  );
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  const refused = asked.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
  expect(new Set(refused)).toEqual(new Set(["limit_reached"]));
});
