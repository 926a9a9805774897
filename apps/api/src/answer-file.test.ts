import { getAccount } from "@telar/contracts/accounts";
import { deleteMessage, postMessage } from "@telar/contracts/messages";
import { signIn } from "@telar/contracts/sessions";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { webm } from "./testing/hostile-files.ts";
import { createTestHub, testPassphrase } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";
import { newMessageId, openRoom } from "./testing/posting.ts";
import { upload } from "./testing/uploads.ts";

const hub = await createTestHub();
afterAll(hub.release);
const { space, enter } = await openRoom(hub);
const { person: nogal } = await enter();

async function posted(content: Uint8Array | string, name: string) {
  const { id } = await upload(hub, nogal, space, content, { name });
  const message = newMessageId();
  await nogal.call(postMessage, { space, id: message, body: "", attachments: [id] });
  const open = (person: Person, headers = {}) =>
    hub.app.request(`/api/spaces/${space}/attachments/${id}`, {
      headers: { cookie: person.cookieHeader, ...headers },
    });
  return { message, open };
}
const create = { width: 40, height: 40, channels: 3, background: "#484" } as const;
const picture = () => sharp({ create }).png().toBuffer();

test("a device of one's own keeps a picture and is told that it may show it again, as long as it may", async () => {
  const { message, open } = await posted(await picture(), "foto.png");
  const first = await open(nogal);
  const tag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  expect((await first.arrayBuffer()).byteLength).toBeGreaterThan(0);
  const again = await open(nogal, { "if-none-match": tag });
  expect(again.status).toBe(304);
  expect(again.headers.get("cache-control")).toBe("private, no-cache");
  expect((await again.arrayBuffer()).byteLength).toBe(0);
  expect((await open(nogal, { "if-none-match": '"another"' })).status).toBe(200);
  expect((await open(hub.newcomer(), { "if-none-match": tag })).status).toBe(401);
  await nogal.call(deleteMessage, { space, id: message });
  const gone = await open(nogal, { "if-none-match": tag });
  expect(gone.status).toBe(404);
  expect(gone.headers.get("cache-control")).toBe("no-store");
});

test("a shared device keeps nothing (P13), and no device keeps a voice or a document", async () => {
  const image = await posted(await picture(), "foto.png");
  const text = await posted("Acta de la asamblea", "acta.txt");
  const voice = await posted(webm(3), "voz.webm");
  const { signInName } = await nogal.call(getAccount, {});
  const shared = hub.newcomer();
  await shared.call(signIn, { signInName, passphrase: testPassphrase, device: "shared" });
  const tag = (await image.open(nogal)).headers.get("etag") ?? "";
  for (const answer of [
    await image.open(shared, { "if-none-match": tag }),
    await text.open(nogal),
    await voice.open(nogal),
  ]) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).toBeNull();
  }
});
