import { readdir } from "node:fs/promises";
import { Attachment, documentMaxBytes } from "@telar/contracts/attachments";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import {
  canary,
  docx,
  type HostileFile,
  hostileFiles,
  odt,
  ogg,
  packets,
  pdf,
  webm,
} from "./testing/hostile-files.ts";
import { createTestHub } from "./testing/hub.ts";
import { openRoom } from "./testing/posting.ts";
import { sendFile, testFilesFolder, upload } from "./testing/uploads.ts";
import { readWebm } from "./webm.ts";

const hub = await createTestHub();
afterAll(hub.release);
const { space, enter } = await openRoom(hub);
const { person } = await enter();

const files = async () =>
  (await readdir(testFilesFolder, { recursive: true }).catch((): string[] => [])).filter(
    (name) => name.length > 40,
  );
const open = (id: string, more = "", headers = {}) =>
  hub.app.request(`/api/spaces/${space}/attachments/${id}${more}`, {
    headers: { cookie: person.cookieHeader, ...headers },
  });

const hides = (content: Buffer) =>
  ["latin1", "utf16le", "base64"].some((encoding) =>
    content.includes(
      Buffer.from(
        Buffer.from(canary).toString(encoding === "base64" ? "base64" : "latin1"),
        encoding === "utf16le" ? "utf16le" : "latin1",
      ),
    ),
  );

/** Why somebody who opens it would learn more than what is to be seen or heard. */
async function leaksOf(kind: Attachment["kind"], content: Buffer): Promise<string[]> {
  if (kind === "document") return [];
  const found = hides(content) ? ["what was hidden"] : [];
  if (kind === "voice") return found;
  const {
    exif,
    xmp,
    iptc,
    icc,
    comments,
    pages = 1,
    format,
    orientation,
  } = await sharp(content).metadata();
  const kept = { exif, xmp, iptc, icc, comments, orientation };
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) found.push(name);
  if (format !== "webp" || pages !== 1) found.push("another picture");
  if (content.readUInt32LE(4) + 8 !== content.length) found.push("something behind it");
  return found;
}

/** Whether a browser could run any of it as a page of the hub. */
function runs(kind: Attachment["kind"], { headers }: Response): boolean {
  const type = headers.get("content-type") ?? "";
  const apart = headers.get("content-disposition")?.startsWith("attachment;");
  const safeType =
    kind === "image" ? type === "image/webp" : kind === "voice" ? type === "audio/webm" : apart;
  const closed =
    headers.get("x-content-type-options") === "nosniff" &&
    headers.get("content-security-policy") === "default-src 'none'; sandbox" &&
    headers.get("cross-origin-resource-policy") === "same-origin";
  return !safeType || !closed || /html|svg|xml;|javascript/.test(type);
}

/** What came of one: why it was not harmless, if it was not. */
async function send({ what, content, name, type }: HostileFile) {
  const before = await files();
  const began = performance.now();
  const given = { name: name ?? `${canary}.jpg`, type: type ?? "image/jpeg" };
  const answer = await sendFile(hub, person, space, content, given);
  const ms = performance.now() - began;
  const told = await answer.text();
  const leaks: string[] = [];
  if (!answer.ok) {
    const left = (await files()).length - before.length;
    if (left > 0) leaks.push("files on the disk");
    return { what, status: answer.status, ms, leaks, runs: false };
  }
  const sent = Attachment.parse(JSON.parse(told));
  if (sent.kind !== "document" && told.includes("CANARIO")) leaks.push("its name");
  const opened = await Promise.all([
    open(sent.id),
    ...(sent.largeBytes ? [open(sent.id, large)] : []),
  ]);
  for (const one of opened)
    leaks.push(...(await leaksOf(sent.kind, Buffer.from(await one.arrayBuffer()))));
  const hid = await leaksOf(sent.kind, content);
  await hub.owner`delete from uploads`;
  return { what, status: 200, ms, leaks, hid, runs: opened.some((one) => runs(sent.kind, one)) };
}
const large = "?size=large";

test("of hostile files nothing leaks and nothing runs (T19)", async () => {
  const hostile = await hostileFiles();
  const results: Awaited<ReturnType<typeof send>>[] = [];
  for (const one of hostile) results.push(await send(one));
  const named = (which: typeof results) =>
    which.map(({ what, status, leaks }) => ({ what, status, leaks }));
  const leaking = results.filter(({ leaks }) => leaks.length > 0);
  const running = results.filter((one) => one.runs);
  const taken = results.filter(({ status }) => status === 200);
  const hiding = taken.filter(({ hid = [] }) => hid.length > 0);
  const slowest = Math.round(Math.max(...results.map(({ ms }) => ms)));
  process.stdout.write(
    `T19: ${hostile.length} hostile uploads, ${hostile.length - taken.length} refused, ${taken.length} made harmless (${hiding.length} hid something), ${leaking.length} leaks, ${running.length} executed, slowest ${slowest} ms\n`,
  );
  expect(named(leaking)).toEqual([]);
  expect(named(running)).toEqual([]);
  expect(named(results.filter(({ status }) => status >= 500))).toEqual([]);
  expect(hostile.length).toBeGreaterThanOrEqual(50);
  expect(hiding.length).toBeGreaterThan(25);
  expect(slowest).toBeLessThan(10_000);
}, 180_000);

test("a name is only a name: ways, zeros, line ends and turned text say nothing to the disk or to headers", async () => {
  for (const name of [
    "../../../etc/passwd",
    "C:\\Windows\\acta.pdf",
    "acta\0.html",
    'a"; filename=b.html\r\nset-cookie: x=1',
    "\u202efdp.acta",
    "....",
    "CON",
    "ñ".repeat(3000),
    "",
  ]) {
    const answer = await sendFile(hub, person, space, pdf(), { name });
    if (!answer.ok) {
      expect(answer.status).toBe(400);
      continue;
    }
    const sent = Attachment.parse(await answer.json());
    expect(sent.name).toMatch(/^[^\p{C}/\\"<>:|?*]{0,80}$/u);
    const { headers } = await open(sent.id);
    expect(headers.get("content-disposition")).toMatch(
      /^attachment; filename="documento\.pdf"; filename\*=UTF-8''[\w.%-]+\.pdf$/,
    );
    expect(headers.get("set-cookie") ?? "").not.toContain("x=1");
  }
});

test("forms that break off, lie or have no file are refused and leave nothing", async () => {
  const before = (await files()).length;
  const ask = (
    body: BodyInit | null,
    type = "multipart/form-data; boundary=x",
    more: Record<string, string> = {},
  ) =>
    hub.app.request(
      new Request(`http://localhost:8080/api/spaces/${space}/attachments`, {
        method: "POST",
        body,
        duplex: "half",
        headers: {
          cookie: person.cookieHeader,
          origin: "http://localhost:8080",
          "content-type": type,
          ...more,
        },
      } as RequestInit),
    );
  const part = (name = "file") =>
    `--x\r\ncontent-disposition: form-data; name="${name}"; filename="a.pdf"\r\n\r\n`;
  const stream = (chunks: (string | Error | Uint8Array)[]) =>
    new ReadableStream({
      pull(controller) {
        const next = chunks.shift();
        if (next === undefined) controller.close();
        else if (next instanceof Error) controller.error(next);
        else controller.enqueue(Buffer.from(next as string));
      },
    });
  const block = Buffer.alloc(1024 * 1024, "a");
  const endless = Array.from({ length: 40 }, () => block);
  const cases: [string, Response][] = [
    ["no body", await ask(null)],
    ["no boundary", await ask("x", "multipart/form-data")],
    ["JSON", await ask("{}", "application/json")],
    [
      "no file",
      await ask('--x\r\ncontent-disposition: form-data; name="file"\r\n\r\nhola\r\n--x--\r\n'),
    ],
    ["broken off in a file", await ask(stream([part(), "%PDF-1.7\n", block, new Error("gone")]))],
    ["ended in a file", await ask(stream([part(), "%PDF-1.7\n", block]))],
    [
      "broken off after the file",
      await ask(stream([part(), "%PDF-1.7\n", "\r\n--x\r\n", new Error("gone")])),
    ],
    ["endless", await ask(stream([part(), "%PDF-1.7\n", ...endless, "\r\n--x--\r\n"]))],
    [
      "said to be large",
      await ask(part(), undefined, { "content-length": `${documentMaxBytes * 2}` }),
    ],
    ["a head without end", await ask(stream([`--x\r\n${"a: b\r\n".repeat(200_000)}`]))],
  ];
  for (const [what, answer] of cases) {
    const status = /endless|said/.test(what) ? 413 : 400;
    expect([what, answer.status]).toEqual([what, status]);
  }
  expect((await files()).length).toBe(before);
});

test("what people send every day is taken as what it is", async () => {
  const kinds = [];
  for (const content of [
    pdf(),
    docx(),
    odt(),
    "Hola, señora. Nos vemos a las 5.\n",
    webm(40),
    ogg(3),
  ]) {
    const { kind, format, voiceSeconds } = await upload(hub, person, space, content);
    kinds.push({ kind, format, ...(voiceSeconds && { voiceSeconds }) });
  }
  expect(kinds).toEqual([
    { kind: "document", format: "pdf" },
    { kind: "document", format: "docx" },
    { kind: "document", format: "odt" },
    { kind: "document", format: "txt" },
    { kind: "voice", format: "webm", voiceSeconds: 40 },
    { kind: "voice", format: "webm", voiceSeconds: 3 },
  ]);
});

test("a voice sounds as it was said, in whatever wrapping it came, and is given in parts too", async () => {
  for (const content of [webm(6), ogg(6)]) {
    const { id, bytes } = await upload(hub, person, space, content);
    const whole = Buffer.from(await (await open(id)).arrayBuffer());
    expect(whole.length).toBe(bytes);
    expect(readWebm(whole)).toMatchObject({ channels: 1, preSkip: 312, packets: packets(6) });
    const part = await open(id, "", { range: "bytes=10-19" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 10-19/${bytes}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 20));
  }
});

test("a picture stands upright after what said so is gone", async () => {
  const turned = await sharp({ create: { width: 60, height: 30, channels: 3, background: "#456" } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { id } = await upload(hub, person, space, turned);
  const { width, height } = await sharp(
    Buffer.from(await (await open(id)).arrayBuffer()),
  ).metadata();
  expect([width, height]).toEqual([30, 60]);
});
