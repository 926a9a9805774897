import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import * as participants from "./participants.ts";
import { addSpace } from "./spaces.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const cast = createCast({ owner, as });
afterAll(release);

async function there({ admission = false } = {}) {
  const group = await cast.group();
  const ceiba = await cast.member(group, "Ceiba", ["coordinator"]);
  const space = crypto.randomUUID() as SpaceId;
  const add = (
    { account, do: act }: Somebody,
    alias: string,
    state: "asked" | "joined" = "joined",
    facilitator = false,
  ) =>
    act(async (sql) => {
      const made = { space, account, through: group, alias, state, version: 1, facilitator };
      return (await participants.addPlace(sql, made))?.id as ParticipantId;
    });
  await ceiba.do((sql) =>
    addSpace(sql, {
      id: space,
      owner: { group },
      kind: "working",
      title: "Palabra",
      purpose: "",
      rules: "Nos cuidamos.",
      state: "open",
      zone: "UTC",
      settings: {
        keepsDays: 30,
        slowMinutes: 0,
        noteRequired: false,
        admission,
        holdsFirst: 0,
        facilitatedHours: false,
        weeklyHoursMax: 12,
        guests: false,
      },
    }),
  );
  const founder = await add(ceiba, "Jacaranda", "joined", true);
  const [copal, fresno] = [await cast.member(group, "Copal"), await cast.member(group, "Fresno")];
  const own = (who: Somebody) =>
    who.do((sql) => participants.findOwnPlace(sql, space, who.account));
  return { group, space, ceiba, founder, copal, fresno, add, own };
}

test("one's own place is found while one asks or is in", async () => {
  const { copal, add, own, space } = await there();
  expect(await own(copal)).toBeUndefined();
  const id = await add(copal, "Sauce");
  const place = { id, alias: "Sauce", state: "joined", facilitator: false, acceptedVersion: 1 };
  expect(await own(copal)).toEqual({ ...place, mayPostFrom: null, mutedUntil: null });
  await copal.do((sql) => participants.markAccepted(sql, id, 2));
  expect(await own(copal)).toMatchObject({ acceptedVersion: 2 });
  await copal.do((sql) => participants.markLeft(sql, id));
  expect(await own(copal)).toBeUndefined();
  expect(await copal.do((sql) => participants.wasRemoved(sql, space, copal.account))).toBe(false);
});

test("a place is taken up again under the old alias, and one's limits follow to a new one", async () => {
  const { copal, add, own } = await there();
  const id = await add(copal, "Sauce");
  await owner`
    update participants set muted_until = '2126-01-01', may_post_from = '2126-01-02' where id = ${id}`;
  await copal.do((sql) => participants.markLeft(sql, id));
  expect(await add(copal, "SAUCE")).toBe(id);
  expect(await own(copal)).toMatchObject({ alias: "Sauce", mutedUntil: new Date("2126-01-01") });
  await copal.do((sql) => participants.markLeft(sql, id));
  expect(await add(copal, "Ahuejote")).not.toBe(id);
  expect(await own(copal)).toMatchObject({
    mutedUntil: new Date("2126-01-01"),
    mayPostFrom: new Date("2126-01-02"),
  });
});

test("a second place is none, and somebody else's alias stays theirs", async () => {
  const { copal, fresno, add } = await there();
  await add(copal, "Sauce");
  expect(await add(copal, "Ahuejote")).toBeUndefined();
  await expect(add(fresno, "sauce")).rejects.toMatchObject({
    code: "name_taken",
    fields: { alias: "taken" },
  });
});

test("whoever was not let in, asks no more or was removed is known as such to the space", async () => {
  const { copal, ceiba, space, add } = await there({ admission: true });
  const removed = () => copal.do((sql) => participants.wasRemoved(sql, space, copal.account));
  const id = await add(copal, "Sauce", "asked");
  expect(await ceiba.do((sql) => participants.listAsking(sql, space))).toEqual([
    { id, alias: "Sauce" },
  ]);
  await copal.do((sql) => participants.markLeft(sql, id));
  expect(await removed()).toBe(true);
  await add(copal, "Sauce", "asked");
  await ceiba.do((sql) => participants.answerAsking(sql, space, id, "removed"));
  expect(await removed()).toBe(true);
  await add(copal, "Sauce", "asked");
  await ceiba.do((sql) => participants.answerAsking(sql, space, id, "joined"));
  await expect(
    ceiba.do((sql) => participants.answerAsking(sql, space, id, "joined")),
  ).rejects.toMatchObject({ code: "not_found" });
  expect(await ceiba.do((sql) => participants.getParticipant(sql, space, id))).toEqual({
    id,
    facilitator: false,
    guest: false,
  });
});

test("whoever asks is nobody in the space yet", async () => {
  const { copal, ceiba, space, add } = await there({ admission: true });
  const id = await add(copal, "Sauce", "asked");
  await expect(
    ceiba.do((sql) => participants.getParticipant(sql, space, id)),
  ).rejects.toMatchObject({ code: "not_found" });
  const list = (who: Somebody) =>
    who.do((sql) => participants.listParticipants(sql, space, who.account, { limit: 9 }));
  expect(await list(ceiba)).toMatchObject([{ alias: "Jacaranda", facilitator: true, you: true }]);
});

test("people come in pages by alias, and each knows only themselves", async () => {
  const { copal, fresno, ceiba, space, add } = await there();
  await add(copal, "Álamo");
  await add(fresno, "Zapote");
  const page = (after?: readonly [string, string]) =>
    copal.do((sql) =>
      participants.listParticipants(sql, space, copal.account, { after, limit: 2 }),
    );
  const first = await page();
  expect(first.map(({ alias, you }) => [alias, you])).toEqual([
    ["Álamo", true],
    ["Jacaranda", false],
  ]);
  const last = first.at(-1);
  expect(await page([last?.alias ?? "", last?.id ?? ""])).toMatchObject([{ alias: "Zapote" }]);
  expect(
    await ceiba.do((sql) => participants.listParticipants(sql, space, ceiba.account, { limit: 9 })),
  ).toHaveLength(3);
});

test("who facilitates is changed by who facilitates", async () => {
  const { copal, ceiba, fresno, space, add } = await there();
  const id = await add(copal, "Sauce");
  await add(fresno, "Zapote");
  const name = (who: Somebody) => who.do((sql) => participants.changeFacilitator(sql, id, true));
  await expect(name(fresno)).rejects.toMatchObject({ code: "not_allowed" });
  await name(ceiba);
  expect(await ceiba.do((sql) => participants.getParticipant(sql, space, id))).toMatchObject({
    facilitator: true,
  });
});

test("a place ends with the membership, or with the coalition, that it came through", async () => {
  const { copal, group, add, own, ceiba, space } = await there();
  await add(copal, "Sauce");
  await owner`update memberships set ended_on = current_date where id = ${copal.id}`;
  expect(await own(copal)).toBeUndefined();
  const [coalition] = await owner`
    insert into coalitions (name, agreement) values ('Encuentro', 'x') returning id`;
  await owner`
    insert into coalition_groups (coalition_id, group_id, state) values (${coalition?.id}, ${group}, 'member')`;
  await owner`update spaces set group_id = null, coalition_id = ${coalition?.id} where id = ${space}`;
  expect(await own(ceiba)).toMatchObject({ alias: "Jacaranda" });
  await owner`update coalition_groups set state = 'left' where group_id = ${group}`;
  expect(await own(ceiba)).toBeUndefined();
});
