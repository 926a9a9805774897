import type { Peer } from "@telar/contracts/peers";
import type { Hono } from "hono";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const own =
  "abaco abdomen abeja abierto abogado abono aborto abrazo abrir abuelo abuso acabar".split(" ");
const theirs = "zafiro zanja zapato zarza zona zorro zumo zurdo yerno yegua yema yoga".split(" ");
const id = "019a0000-0000-7000-8000-000000000001";
const asked = {
  id,
  url: "https://sur.example",
  fingerprint: theirs.join(" "),
  state: "asked",
  purpose: "Preparar el encuentro.",
  scopes: [],
  theirScopes: ["spaces"],
  agreed: { stewards: 0, needed: 2, you: false },
  told: false,
  days: [],
} satisfies Partial<Record<keyof Peer, unknown>>;
const active = {
  ...asked,
  state: "active",
  scopes: ["spaces", "alerts"],
  agreed: { stewards: 2, needed: 2, you: true },
  told: true,
  lastContact: "2026-11-21T18:00:00Z",
};

interface Known {
  peers?: object[];
  confirmed?: boolean;
  refusal?: object;
}

function open({ peers = [], confirmed = true, refusal }: Known) {
  const said: unknown[] = [];
  const web = openWeb((api: Hono) => {
    serveAccount({ steward: true, confirmed })(api);
    api.get("/api/hub/address", (c) => c.json({ url: publicUrl, fingerprint: own.join(" ") }));
    api.get("/api/peers", (c) => c.json(peers));
    api.get("/api/peers/:id", (c) => c.json(peers[0]));
    api.on(["POST", "PUT"], "/api/peers/*", async (c) => {
      said.push(await c.req.json());
      return refusal ? c.json(refusal, 400) : c.json(peers[0]);
    });
  });
  const post = (page: string, fields: [string, string][] = []) =>
    web.request(publicUrl + page, {
      ...sent({}, signedIn.headers),
      body: new URLSearchParams(fields),
    });
  const request = (page: string) => web.request(publicUrl + page, signedIn);
  return { said, post, request, read: async (page: string) => (await request(page)).text() };
}

const hubs = "/central/hubs";
const one = `${hubs}/${id}`;
const read = (peer: object, page = one) => open({ peers: [peer] }).read(page);

test("a hub that knows no other says what this place is for, and gives its own address and words", async () => {
  const html = await open({}).read(hubs);
  expect(html).toContain("Este lugar todavía no comparte con ningún otro.");
  expect(html).toContain(`href="${hubs}/pedir"`);
  expect(html).toContain(publicUrl);
  expect(html.match(/<ol class="offered" lang="es">.*?<\/ol>/)?.[0]).toBe(
    `<ol class="offered" lang="es">${own.map((word) => `<li>${word}</li>`).join("")}</ol>`,
  );
  expect(html).toMatch(/<svg class="qr".*Nunca por el mismo correo/);
});

test("hubs stand by what they wait for, those that wait for the reader first", async () => {
  const peers = [
    active,
    { ...asked, state: "blocked" },
    { ...asked, agreed: { stewards: 1, needed: 2, you: true } },
    asked,
  ];
  const html = await open({ peers }).read(hubs);
  expect(html.match(/<h2 id="\w+"/g)).toEqual(
    ["forYou", "forOthers", "active", "over", "own"].map((name) => `<h2 id="${name}"`),
  );
});

test.each([
  ["asked", {}, "compare sus palabras y responda", true],
  ["asked", { agreed: { stewards: 1, needed: 2, you: false } }, "tú también", true],
  ["asked", { agreed: { stewards: 1, needed: 2, you: true } }, "ya dijiste que sí", false],
  ["asking", { agreed: { stewards: 1, needed: 2, you: false } }, "tú también", true],
  ["asking", { agreed: { stewards: 1, needed: 2, you: true } }, "Antes de que salga", false],
  ["asking", { agreed: { stewards: 2, needed: 2, you: true } }, "está por salir", false],
  ["asking", { agreed: { stewards: 1, needed: 2, you: false }, told: true }, "Le toca", false],
  ["active", active, "comparten lo que los dos nombraron", false],
  ["active", { ...active, scopes: ["alerts"] }, "ninguna cosa en común", false],
  ["paused", active, "Este lugar puso en pausa", false],
  ["paused_there", active, "</bdi> puso una pausa", false],
  ["blocked", active, "Este lugar bloqueó", false],
  ["ended", active, "ya no comparten", false],
])(
  "%s with %o is told in words, with the next step where it is the reader's",
  async (state, parts, words, answers) => {
    const html = await read({ ...asked, ...parts, state });
    expect(html).toContain(words);
    expect(html.includes(`href="${one}/comparar"`)).toBe(answers);
  },
);

test("the words that a hub showed are seen only by who compared them", async () => {
  expect(await read(asked)).not.toContain(theirs[0]);
  expect(await read(asked, `${one}/comparar`)).not.toContain(theirs[0]);
  expect(await read(active)).toContain(theirs.map((word) => `<li>${word}</li>`).join(""));
});

test("what both sides named is what is shared", async () => {
  const html = await read(active);
  expect(html).toContain("<dt>Nombrado por los dos</dt><dd>Espacios</dd>");
  expect(html).toContain("<dt>Lo nombró este lugar</dt><dd>Espacios y Alertas</dd>");
});

test("the last days are a drawing, and the same in words", async () => {
  const day = { day: "2026-11-20", sent: 3, received: 1, refused: 0, failed: 2 };
  const today = { ...day, day: new Date().toISOString().slice(0, 10), failed: 0 };
  const html = await read({ ...active, days: [day, today] });
  expect(html.match(/class="went"/g)).toHaveLength(day.day < today.day ? 2 : 1);
  expect(html).toContain("8 envíos llegaron; 2 quedaron sin llegar.");
  expect(html).toContain("3 envíos llegaron allá, un envío llegó aquí y 2 intentos no llegaron");
  expect(await read(active)).toContain("no hubo nada entre los dos");
});

test.each([
  [30, undefined],
  [31, "Va adelantado 31 segundos"],
  [-80, "Va atrasado un minuto"],
  [-180, "Va atrasado 3 minutos"],
])("a clock that goes wrong by %i seconds is told from 31 on", async (skew, words) => {
  const html = await read({ ...active, skew });
  expect(html.includes("<dt>Su reloj</dt>")).toBe(words !== undefined);
  if (words) expect(html).toContain(words);
});

test.each([
  ["asking", ["terminar", "bloquear"], "Retirar la petición"],
  ["asked", ["terminar", "bloquear"], "Decir que no"],
  ["active", ["pausar", "terminar", "bloquear"], "Poner en pausa"],
  ["paused", ["seguir", "terminar", "bloquear"], "Seguir compartiendo"],
  ["blocked", ["terminar"], "Quitar el bloqueo"],
  ["ended", ["bloquear"], "Bloquear"],
])("from %s one can %o, and nothing else", async (state, acts, words) => {
  const { read: see, request } = open({ peers: [{ ...active, state }] });
  const html = await see(one);
  expect(html).toContain(words);
  for (const act of ["pausar", "seguir", "terminar", "bloquear"]) {
    expect(html.includes(`href="${one}/${act}"`)).toBe(acts.includes(act));
    expect((await request(`${one}/${act}`)).status).toBe(acts.includes(act) ? 200 : 409);
  }
});

test("before it ends the page says what stays where, and one press does it", async () => {
  const { said, post, read: see } = open({ peers: [active] });
  expect(await see(`${one}/terminar`)).toContain("Lo que ya recibió se queda allá");
  const answer = await post(`${one}/bloquear`);
  expect(said).toEqual([{ state: "blocked" }]);
  expect(answer.headers.get("location")).toBe(`${one}?listo`);
});

test.each([`${hubs}/pedir`, `${one}/comparar`, `${one}/bloquear`])(
  "%s asks for a confirmation before the form, not after it",
  async (path) => {
    const answer = await open({ peers: [asked], confirmed: false }).request(path);
    expect(answer.headers.get("location")).toBe(`/confirmar?luego=${encodeURIComponent(path)}`);
  },
);

const typed = (fingerprint: string, ...scopes: string[]): [string, string][] => [
  ["url", "sur.example"],
  ["fingerprint", fingerprint],
  ["purpose", "Preparar el encuentro."],
  ...scopes.map((scope): [string, string] => ["scopes", scope]),
];

test("words may be written on lines, with the numbers of a list", async () => {
  const { said, post } = open({ peers: [asked] });
  const lines = theirs.map((word, at) => `${at + 1}. ${word}`).join("\r\n");
  const answer = await post(`${hubs}/pedir`, typed(lines, "spaces"));
  expect(said).toEqual([
    {
      url: "sur.example",
      fingerprint: theirs.join(" "),
      purpose: "Preparar el encuentro.",
      scopes: ["spaces"],
    },
  ]);
  expect(answer.headers.get("location")).toBe(`${one}?listo`);
});

test("the text of a picture brings the address along", async () => {
  const { said, post } = open({ peers: [asked] });
  const picture = `telar:https://sur.example#${theirs.join(".")}`;
  await post(`${hubs}/pedir`, [["url", ""], ...typed(picture, "spaces", "alerts").slice(1)]);
  expect(said).toMatchObject([
    { url: "https://sur.example", fingerprint: picture, scopes: ["spaces", "alerts"] },
  ]);
});

test("other words stop it in plain words beside the field, and what was written stays", async () => {
  const refusal = problem("invalid_input", { fields: { fingerprint: "other_hub" } });
  const { post } = open({ peers: [asked], refusal });
  for (const path of [`${hubs}/pedir`, `${one}/comparar`]) {
    const answer = await post(path, typed(own.join(" "), "spaces"));
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toMatch(
      /id="fingerprint-problem">Las palabras no son las de ese hub: no sigas y vuelve a preguntarlas/,
    );
    expect(html).toContain(own.join(" "));
  }
});

test("an address where no hub answers is told beside the address", async () => {
  const refusal = problem("invalid_input", { fields: { url: "no_hub" } });
  const answer = await open({ refusal }).post(`${hubs}/pedir`, typed(own.join(" "), "spaces"));
  expect(await answer.text()).toMatch(/id="url-problem">Ahí no respondió ningún hub/);
});

test("a hub that is known already is found in the list", async () => {
  const answer = await open({ refusal: problem("already_done") }).post(
    `${hubs}/pedir`,
    typed(own.join(" "), "spaces"),
  );
  expect(await answer.text()).toContain("Este lugar ya conoce a ese hub.");
});

test("nobody says yes to nothing", async () => {
  const { said, post } = open({ peers: [asked] });
  const answer = await post(`${one}/comparar`, typed(theirs.join(" ")));
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(html).toContain('id="scopes-problem"');
  expect(html).not.toContain('id="fingerprint-problem"');
  expect(await (await post(`${hubs}/pedir`)).text()).toMatch(
    /url-problem.*fingerprint-problem.*purpose-problem.*scopes-problem/s,
  );
  expect(said).toEqual([]);
});

test("who said yes already is not asked again, and reads whether the other hub knows", async () => {
  const agreed = { stewards: 1, needed: 2, you: true };
  const answer = await open({ peers: [{ ...asked, agreed }] }).request(`${one}/comparar`);
  expect(answer.status).toBe(409);
  expect(await read({ ...asked, agreed })).not.toContain("Lo que decidió este lugar");
  expect(await read(active)).toContain("Ese hub ya lo sabe.");
  expect(await read({ ...active, told: false })).toContain("Todavía no le llega.");
});

test("a second steward finds what the first one named, and may change it", async () => {
  const second = { ...asked, scopes: ["alerts"], agreed: { stewards: 1, needed: 2, you: false } };
  const html = await read(second, `${one}/comparar`);
  expect(html).toMatch(/value="alerts" checked/);
  expect(html).toContain("Ese hub nombró: Espacios.");
  expect(html).not.toMatch(/value="spaces" checked/);
});

test("the overview tells of a hub that waits for the reader, and of no other", async () => {
  const overview = async (peer: object) => {
    const web = openWeb((api: Hono) => {
      serveAccount({ steward: true })(api);
      api.get("/api/foundings", (c) => c.json({ mine: [], open: [], mayFoundNow: true }));
      api.get("/api/hub/group-recoveries", (c) => c.json([]));
      api.get("/api/hub/exports", (c) => c.json([]));
      api.get("/api/peers", (c) => c.json([peer]));
    });
    return (await web.request(`${publicUrl}/central`, signedIn)).text();
  };
  expect(await overview(asked)).toContain("Otro hub espera respuesta");
  expect(await overview(active)).not.toContain("Otro hub espera respuesta");
});
