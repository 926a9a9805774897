import { ArchiveLine } from "@telar/contracts/archives";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const idAt = (at: number) => `019a0000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const hostile = `</p><script>alert(1)</script><img src="https://x.test/y" onerror='z()'>&amp;`;
const person = {
  ...{
    line: "person",
    day: "2026-11-21",
    language: "es",
    zone: "America/Tijuana",
    dataSaver: true,
  },
  notices: { own: "off", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" },
  memberships: [
    { group: hostile, alias: hostile, roles: ["member"], since: "2026-01-02" },
    { alias: "Pirul", roles: ["member"], since: "2025-01-02", until: "2025-03-04" },
  ],
};
const place = (parts: object = {}) => ({
  ...{ line: "place", space: hostile, kind: "peer_support", alias: hostile, facilitator: false },
  ...{ since: "2026-01-02", standing: true, ...parts },
});
const message = (at: number, parts: object = {}) => ({
  ...{ line: "message", id: idAt(at), at: "2026-11-20T16:05:00.000Z" },
  ...{ body: `Palabra ${at}`, state: "shown", ...parts },
});
const lines = [
  person,
  place(),
  message(1, {
    body: hostile,
    note: hostile,
    replyTo: { id: idAt(9), alias: hostile, note: hostile },
  }),
  message(2, { state: "hidden", before: [{ note: "", body: hostile }], replyTo: { id: idAt(8) } }),
  message(3, {
    attachments: [{ kind: "document", format: "pdf", name: hostile, bytes: 2048 }],
  }),
  { line: "waiting", id: idAt(4), why: "draft", body: "Para después" },
  { line: "acknowledgement", kind: "i_am_with_you", to: { id: idAt(9), alias: hostile } },
  place({ space: "Mesa", kind: "working", alias: "Nube", standing: false }),
  message(5),
  { line: "end", entries: 6 },
].map((line) => ArchiveLine.parse(line));

interface Situation {
  given?: object[];
  account?: Parameters<typeof serveAccount>[0];
  size?: object;
}

function open({
  given = lines,
  account = {},
  size = { entries: 6, bytes: 12_000 },
}: Situation = {}) {
  return openWeb((api) => {
    serveAccount(account)(api);
    api.get("/api/account/archive", (c) => c.json(size));
    api.post("/api/account/archive", (c) => {
      if (given.length === 0) return c.json(problem("unavailable"), 503);
      return c.body(given.map((line) => `${JSON.stringify(line)}\n`).join(""));
    });
  });
}
const show = async (situation?: Situation, query = "") =>
  (await open(situation).request(`${publicUrl}/cuenta/archivo${query}`, signedIn)).text();
const take = (format: string, situation?: Situation) =>
  open(situation).request(`${publicUrl}/cuenta/archivo`, sent({ format }, signedIn.headers));

interface JsonArchive {
  person: object;
  places: { space: string; entries: { is: string; id?: string; body?: string }[] }[];
  entries: number;
}

test("both files hold the same entries, in the same order", async () => {
  const json = (await (await take("json")).json()) as JsonArchive;
  const html = await (await take("html")).text();
  const written = json.places.flatMap(({ entries }) => entries);
  expect(json.entries).toBe(6);
  expect(written).toHaveLength(6);
  expect(written.map(({ is, ...rest }) => ({ line: is, ...rest }))).toEqual(
    lines.filter(({ line }) => !["person", "place", "end"].includes(line)),
  );
  expect([...html.matchAll(/<article/g)]).toHaveLength(6);
  const ids = written.flatMap(({ id }) => id ?? []);
  expect([...html.matchAll(/<article id="(.+?)"/g)].map(([, id]) => id)).toEqual(ids);
  for (const { body } of written) if (body && body !== hostile) expect(html).toContain(body);
  expect(json.places.map(({ space }) => space)).toEqual([hostile, "Mesa"]);
});

test("the page of an archive lets no written word become markup", async () => {
  const html = await (await take("html")).text();
  const tags = new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag));
  expect([...tags].sort().join(" ")).toBe(
    "article bdi body h1 h2 head html li main meta p section small style time title ul",
  );
  const attributes = new Set([...html.matchAll(/ ([a-z-]+)="/g)].map(([, name]) => name));
  expect([...attributes].sort().join(" ")).toBe(
    "charset class content datetime dir http-equiv id lang name",
  );
  expect(html).toContain("&lt;script&gt;");
  expect(html).toContain("&amp;amp;");
  const before = html.slice(0, html.indexOf("<title>"));
  expect(before).toContain("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;");
});

test("an archive is whole only with its end; one that is cut fails as it is saved", async () => {
  expect(await (await take("html")).text()).toContain("Aquí termina. Son 6 cosas escritas.");
  for (const format of ["html", "json"]) {
    const answer = await take(format, { given: lines.slice(0, -1) });
    await expect(answer.text()).rejects.toThrow();
  }
});

test("an archive without anything written is whole as well", async () => {
  const given = [
    { ...person, memberships: [] },
    { line: "end", entries: 0 },
  ];
  expect(await (await take("json", { given })).json()).toMatchObject({ places: [], entries: 0 });
  expect(await (await take("html", { given })).text()).toContain("No hay nada escrito.");
});

test("the files have names that tell nothing, and no cache keeps them", async () => {
  for (const format of ["html", "json"]) {
    const answer = await take(format);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename="archivo.${format}"`,
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    await answer.text();
  }
});

test("what an archive holds, and who could find it, is said before", async () => {
  const html = await show();
  expect(html).toContain("todos tus alias juntos");
  expect(html).toContain("Son 6 cosas escritas, alrededor de 12 KB.");
  expect(html).not.toContain("Este dispositivo es compartido");
  expect(html).toContain('class="main" name="format"');
});

test("on a shared device the page advises against it", async () => {
  const html = await show({ account: { device: "shared" } });
  expect(html).toContain("Es mejor no bajarlo aquí");
  expect(html).not.toContain('class="main" name="format"');
});

test("without JavaScript a link tells how far the file is", async () => {
  const going = await show({ size: { entries: 8, bytes: 100, done: 2 } }, "?va");
  expect(going).toContain("Van 2 de 8");
  expect(going).toMatch(/<progress id="avance" value="2" max="8"/);
  expect(going).not.toContain("Ahora no hay nada en camino");
  expect(await show({}, "?va")).toContain("Ahora no hay nada en camino");
  expect(await show()).toMatch(/data-going="Van \{done\} de \{all\}" hidden/);
});

test("a refusal is said in the page", async () => {
  const answer = await take("html", { given: [] });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('role="alert"');
});

test("somebody who did not confirm just now is asked to, and a stranger to sign in", async () => {
  const asked = await open({ account: { confirmed: false } }).request(
    `${publicUrl}/cuenta/archivo`,
    signedIn,
  );
  expect(asked.headers.get("location")).toContain("/confirmar");
  const stranger = await open().request(`${publicUrl}/cuenta/archivo`);
  expect(stranger.headers.get("location")).toContain("/entrar");
});
