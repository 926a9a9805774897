import { randomBytes, randomUUID } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Attachment } from "@telar/contracts/attachments";
import {
  deleteMessage,
  discardWaiting,
  getMessage,
  listMessages,
  postMessage,
} from "@telar/contracts/messages";
import { hideMessage, listHeld, releaseHeld, showMessage } from "@telar/contracts/moderation";
import { removeExpired } from "@telar/database/expiry";
import { removePast } from "@telar/database/retention";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { removeStrayFiles } from "./file-jobs.ts";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";
import { sendFile, testFiles, testFilesFolder, upload } from "./testing/uploads.ts";

const hub = await createTestHub();
const jobs = hub.as("telar_jobs");
afterAll(async () => {
  await jobs.end();
  await hub.release();
});

const room = await openRoom(hub);
const nogal = await room.enter();
const fresno = await room.enter();
const { space } = room;

const open = (person: Person, { id }: Pick<Attachment, "id">, more = "", headers = {}) =>
  hub.app.request(`/api/spaces/${space}/attachments/${id}${more}`, {
    headers: { cookie: person.cookieHeader, ...headers },
  });
const post = (
  person: Person,
  attachments: Attachment[],
  more: { note?: string; body?: string } = {},
) => {
  const id = newMessageId();
  const ids = attachments.map((one) => one.id);
  return person
    .call(postMessage, { space, id, body: "", ...more, attachments: ids })
    .then(() => id);
};
const picture = (width = 900, height = 600) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 120, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();

async function allFiles(): Promise<string[]> {
  const shelves = await readdir(testFilesFolder);
  const names = await Promise.all(
    shelves.map(async (shelf) =>
      (await readdir(join(testFilesFolder, shelf))).map((name) =>
        join(testFilesFolder, shelf, name),
      ),
    ),
  );
  return names.flat();
}

test("a picture goes with a message: listed with its size, opened small or large, by those in the space", async () => {
  const sent = await upload(hub, nogal.person, space, await picture(2400, 1800), {
    name: "IMG_1.jpg",
  });
  expect(sent).toMatchObject({ kind: "image", format: "webp", name: "" });
  expect(sent.bytes).toBeLessThanOrEqual(60 * 1024);
  const id = await post(nogal.person, [sent]);
  const seen = await fresno.person.call(getMessage, { space, id });
  expect(seen.attachments).toEqual([sent]);
  const small = await open(fresno.person, sent);
  expect(small.status).toBe(200);
  expect((await small.arrayBuffer()).byteLength).toBe(sent.bytes);
  const large = await sharp(
    Buffer.from(await (await open(fresno.person, sent, "?size=large")).arrayBuffer()),
  ).metadata();
  expect(large).toMatchObject({ format: "webp", width: 1600, height: 1200 });
  const outside = await openRoom(hub);
  expect((await open((await outside.enter()).person, sent)).status).toBe(404);
});

test("until a message names it nobody but its uploader opens it, and nobody else can name it", async () => {
  const sent = await upload(hub, nogal.person, space, "Una lista");
  expect((await open(fresno.person, sent)).status).toBe(404);
  expect((await open(nogal.person, sent)).status).toBe(200);
  await expect(post(fresno.person, [sent])).rejects.toMatchObject({
    code: "invalid_input",
    fields: { attachments: "not_an_option" },
  });
  await post(nogal.person, [sent]);
  await expect(post(nogal.person, [sent])).rejects.toMatchObject({
    fields: { attachments: "not_an_option" },
  });
  await expect(post(nogal.person, [])).rejects.toMatchObject({ fields: { body: "missing" } });
});

test("the same message sent again names them once, and five are too many", async () => {
  const sent = await Promise.all(
    ["a", "b", "c", "d"].map((text) => upload(hub, nogal.person, space, text)),
  );
  const input = {
    space,
    id: newMessageId(),
    body: "Van cuatro",
    attachments: sent.map(({ id }) => id),
  };
  const first = await nogal.person.call(postMessage, input);
  expect(await nogal.person.call(postMessage, input)).toEqual(first);
  const { attachments = [] } = await fresno.person.call(getMessage, { space, id: input.id });
  expect(attachments.map(({ id }) => id)).toEqual(input.attachments);
  const five = [...input.attachments, ...input.attachments.slice(0, 1)];
  await expect(
    nogal.person.call(postMessage, { ...input, attachments: five }),
  ).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("what stands behind a note stands there with what was sent along", async () => {
  const sent = await upload(hub, nogal.person, space, "Una lista");
  const id = await post(nogal.person, [sent], { note: "La audiencia", body: "Aquí va" });
  const { entries } = await fresno.person.call(listMessages, { space });
  expect(entries.find((entry) => entry.id === id)).not.toHaveProperty("attachments");
  expect((await fresno.person.call(getMessage, { space, id })).attachments).toEqual([sent]);
});

test("documents leave as files with their tidied name, and nothing that opens by itself", async () => {
  const name = "../../etc/\u202eLista\u0000 de <acuerdos>.exe";
  const sent = await upload(hub, nogal.person, space, "Acuerdos\n".repeat(20_000), {
    name,
    type: "text/html",
  });
  expect(sent).toMatchObject({ kind: "document", format: "txt", name: "Lista de acuerdos" });
  const answer = await open(nogal.person, sent);
  expect(answer.headers.get("content-disposition")).toBe(
    "attachment; filename=\"documento.txt\"; filename*=UTF-8''Lista%20de%20acuerdos.txt",
  );
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  expect(await answer.text()).toBe("Acuerdos\n".repeat(20_000));
});

test("what lies on the disk is closed to others, sealed, and found out if it was changed", async () => {
  const words = "Nadie más lee esto en el disco";
  const sent = await upload(hub, nogal.person, space, words);
  for (const path of await allFiles()) {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path)).includes(words)).toBe(false);
  }
  const [row] = await hub.owner<{ hash: string; key: Buffer }[]>`
    select hash, key from attachment_files where attachment_id = ${sent.id}`;
  const { hash = "", key = Buffer.alloc(0) } = row ?? {};
  const path = join(testFilesFolder, hash.slice(0, 2), hash);
  const whole = await readFile(path);
  const reading = async () =>
    Buffer.concat(await Array.fromAsync(await testFiles.read({ hash, key })));
  expect((await reading()).toString()).toBe(words);
  for (const changed of [
    whole.subarray(0, -1),
    Buffer.concat([whole, whole]),
    Buffer.alloc(0),
    whole.with(3, 7),
  ]) {
    await writeFile(path, changed);
    await expect(reading()).rejects.toThrow();
  }
  await writeFile(path, whole);
  await expect(testFiles.read({ hash, key: key.with(20, (key[20] ?? 0) ^ 1) })).rejects.toThrow();
});

const canaries = () => hub.owner<{ n: number }[]>`
  select (select count(*) from attachments)::int + (select count(*) from attachment_files)::int as n`;

test("deleted, expired and forgotten ones are gone from tables and disk; hidden ones come back (T20)", async () => {
  const upTo = new Date(Date.now() + 60_000);
  const fresh = async () => upload(hub, nogal.person, space, `Canario ${randomUUID()}`);
  const [before] = await canaries();
  const filesBefore = (await allFiles()).length;
  const [deleted, expired, forgotten, hidden] = [
    await fresh(),
    await fresh(),
    await fresh(),
    await fresh(),
  ];
  const deletedIn = await post(nogal.person, [deleted]);
  const expiredIn = await post(nogal.person, [expired]);
  const hiddenIn = await post(nogal.person, [hidden]);

  await room.coordinator.call(hideMessage, { space, id: hiddenIn, reason: "Nombra a alguien" });
  expect((await open(fresno.person, hidden)).status).toBe(404);
  expect((await open(room.coordinator, hidden)).status).toBe(200);
  await room.coordinator.call(showMessage, { space, id: hiddenIn, reason: "No nombra a nadie" });
  expect((await open(fresno.person, hidden)).status).toBe(200);

  await nogal.person.call(deleteMessage, { space, id: deletedIn });
  expect((await open(nogal.person, deleted)).status).toBe(404);
  await hub.owner`update messages set expires_on = current_date - 1 where id in (${expiredIn}, ${hiddenIn})`;
  expect((await open(fresno.person, expired)).status).toBe(404);
  await hub.owner`update attachments set waits_until = current_date - 1 where id = ${forgotten.id}`;
  await expect(post(nogal.person, [forgotten])).rejects.toMatchObject({ code: "invalid_input" });
  while ((await removeExpired(jobs, 100)) > 0);
  expect(await removePast(jobs)).toMatchObject({ attachments: 1 });
  const [left] = await canaries();
  expect(await removeStrayFiles(jobs, testFiles)).toBe(0);
  expect(await removeStrayFiles(jobs, testFiles, upTo)).toBeGreaterThanOrEqual(4);
  expect(left).toEqual(before);
  expect((await allFiles()).length).toBeLessThanOrEqual(filesBefore);
});

test("what waits keeps what was sent along until it is posted, and takes it away when it is discarded", async () => {
  const slow = await openRoom(hub, { holdsFirst: 1 });
  const { person } = await slow.enter();
  const [one, two] = [
    await upload(hub, person, slow.space, "Primera"),
    await upload(hub, person, slow.space, "Segunda"),
  ];
  const say = (sent: Attachment) =>
    person.call(postMessage, {
      space: slow.space,
      id: newMessageId(),
      body: "",
      attachments: [sent.id],
    });
  expect(await say(one)).toEqual({ outcome: "held" });
  expect(await say(two)).toEqual({ outcome: "held" });
  const { entries: held } = await slow.coordinator.call(listHeld, { space: slow.space });
  expect(held.flatMap(({ attachments = [] }) => attachments.map(({ id }) => id)).sort()).toEqual(
    [one.id, two.id].sort(),
  );
  const messageOf = ({ id }: Attachment) =>
    held.find(({ attachments = [] }) => attachments.some((each) => each.id === id))?.id ??
    newMessageId();
  await slow.coordinator.call(releaseHeld, { space: slow.space, id: messageOf(one) });
  await person.call(discardWaiting, { space: slow.space, id: messageOf(two) });
  const { entries } = await slow.coordinator.call(listMessages, { space: slow.space });
  expect(entries[0]?.attachments).toEqual([one]);
  const [rows] = await hub.owner`select count(*)::int as n from attachments where id = ${two.id}`;
  expect(rows?.n).toBe(0);
});

test("what was sent along is shown with its author's own message only, also to who asks past the writer", async () => {
  const sent = await upload(hub, nogal.person, space, "Unas palabras", { name: "palabras.txt" });
  const id = await post(nogal.person, [sent]);
  await hub.owner`update messages set participant_id = ${fresno.id} where space_id = ${space} and id = ${id}`;
  for (const person of [room.coordinator, nogal.person])
    expect(await person.call(getMessage, { space, id })).not.toHaveProperty("attachments");
  expect((await open(room.coordinator, sent)).status).toBe(404);
});

test("a day's measure is the person's in all spaces, and a refused upload leaves nothing", async () => {
  const { person, id } = await room.enter();
  await hub.owner`
    insert into uploads (account_id, bytes)
    select account_id, ${60 * 1024 * 1024 - 10} from participants where id = ${id}`;
  const files = await allFiles();
  expect((await sendFile(hub, person, space, "Más de diez letras")).status).toBe(409);
  expect(await allFiles()).toEqual(files);
  expect((await sendFile(hub, person, space, "Diez")).status).toBe(200);
});

test("what counts for a day's measure is what is kept, where that is more than what was sent", async () => {
  const { person, id } = await room.enter();
  const rows = randomBytes(1600 * 3 * 4);
  const noise = await sharp(Buffer.concat(Array.from({ length: 400 }, () => rows)), {
    raw: { width: 1600, height: 1600, channels: 3 },
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  const { bytes, largeBytes = 0 } = await upload(hub, person, space, noise);
  expect(bytes + largeBytes).toBeGreaterThan(noise.length);
  const [counted] = await hub.owner`
    select bytes from uploads where account_id = (select account_id from participants where id = ${id})`;
  expect(counted?.bytes).toBe(bytes + largeBytes);
});
