import { blockParticipant, listBlocked, unblockParticipant } from "@telar/contracts/blocks";
import type { MessageId } from "@telar/contracts/ids";
import { findMessages, getMessage, listMessages, postMessage } from "@telar/contracts/messages";
import { afterAll, expect, test } from "vitest";
import { openRoom, problemOf } from "./testing/facilitated-rooms.ts";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

test("whom somebody chose not to read stands in their lists without words, and only in theirs (P14)", async () => {
  const { space, nogal, fresno, ceiba } = await openRoom(hub);
  const id = crypto.randomUUID() as MessageId;
  await nogal.person.call(postMessage, {
    space,
    id,
    body: "Palabras de nogal",
    note: "Nota de nogal",
  });
  const answer = { id: crypto.randomUUID() as MessageId, body: "Te leo", replyTo: id };
  await ceiba.person.call(postMessage, { space, ...answer });
  await fresno.person.call(blockParticipant, { space, id: nogal.place });
  const list = await fresno.person.call(listMessages, { space });
  expect(list.entries[0]).toMatchObject({ id, blocked: true, author: { alias: "Nogal" } });
  expect(JSON.stringify(list)).not.toMatch(/de nogal/);
  const found = await fresno.person.call(findMessages, { space, words: "palabras" });
  expect(JSON.stringify(found)).not.toMatch(/de nogal/);
  expect(await fresno.person.call(getMessage, { space, id })).toMatchObject({
    blocked: true,
    note: "Nota de nogal",
    body: "Palabras de nogal",
  });
  for (const { person } of [ceiba, nogal]) {
    const theirs = await person.call(listMessages, { space });
    expect(theirs.entries[0]).toMatchObject({ note: "Nota de nogal" });
    expect(JSON.stringify(theirs)).not.toContain("blocked");
    expect(await person.call(listBlocked, { space })).toEqual([]);
  }
  expect(await fresno.person.call(listBlocked, { space })).toEqual([
    { id: nogal.place, alias: "Nogal" },
  ]);
  await fresno.person.call(unblockParticipant, { space, id: nogal.place });
  expect((await fresno.person.call(listMessages, { space })).entries[0]).toMatchObject({
    note: "Nota de nogal",
  });
});

test("nobody stops reading themselves, or somebody of another space", async () => {
  const { space, fresno } = await openRoom(hub);
  const other = await openRoom(hub);
  const block = (id: typeof fresno.place) =>
    problemOf(fresno.person, blockParticipant, { space, id });
  expect(await block(fresno.place)).toBe("not_allowed");
  expect(await block(other.fresno.place)).toBe("not_found");
});
