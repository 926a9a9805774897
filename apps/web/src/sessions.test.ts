import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

interface Asked {
  path: string;
  body: unknown;
}

/** The pages over an API that takes every sign-in, and what it was asked. */
function open(refusal?: ReturnType<typeof problem>) {
  const asked: Asked[] = [];
  const web = openWeb((api) => {
    serveAccount()(api);
    api.on(["POST", "PUT", "DELETE"], "/api/*", async (c) => {
      const body: unknown = c.req.method === "DELETE" ? undefined : await c.req.json();
      asked.push({ path: c.req.path, body });
      if (refusal) return c.json(refusal, refusal.status);
      c.header("set-cookie", "session=new; Path=/");
      c.header("clear-site-data", '"storage"');
      return c.json({});
    });
  });
  const post = (path: string, fields: Record<string, string>, headers = {}) =>
    web.request(publicUrl + path, sent(fields, headers));
  const get = async (path: string, init = {}) => (await web.request(publicUrl + path, init)).text();
  return { asked, post, get };
}

const entry = { signInName: "Ceiba", passphrase: "siete palabras", device: "own", deviceName: "" };

test("a person signs in, keeps the session and goes on where they were going", async () => {
  const { asked, post } = open();
  const answer = await post("/entrar", { ...entry, luego: "/grupos?a=1" });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/grupos?a=1"]);
  expect(answer.headers.getSetCookie()).toEqual(["session=new; Path=/"]);
  const { deviceName: _, ...body } = entry;
  expect(asked).toEqual([{ path: "/api/sessions", body }]);
});

test.each(["https://otro.example/", "//otro.example", "/\\otro.example", ""])(
  "nobody is led away from here by what a link says: %s",
  async (luego) => {
    const answer = await open().post("/entrar", { ...entry, luego });
    expect(answer.headers.get("location")).toBe("/");
  },
);

test("whoever is unsure signs in as on a shared device (P13)", async () => {
  const html = await open().get("/entrar");
  expect(html).toMatch(/value="shared" checked/);
});

test("the fields are known to password managers and take what is pasted (W08)", async () => {
  const html = await open().get("/entrar");
  expect(html).toMatch(/<input id="signInName"[^>]*autocomplete="username"/);
  expect(html).toMatch(/<input id="passphrase"[^>]*autocomplete="current-password"/);
  expect(html).not.toMatch(/onpaste|maxlength="1"/);
});

test("words that open nothing are not shown again, and the name stays", async () => {
  const answer = await open(problem("wrong_sign_in")).post("/entrar", entry);
  const html = await answer.text();
  expect(answer.status).toBe(401);
  expect(html).toContain("No pudimos abrir tu cuenta con esas palabras.");
  expect(html).toContain('value="Ceiba"');
  expect(html).not.toContain("siete palabras");
});

test("too many tries are told with how long to wait", async () => {
  const refusal = problem("too_many_tries", { retryAfterSeconds: 840 });
  const answer = await open(refusal).post("/entrar", entry);
  expect(answer.status).toBe(429);
  expect(await answer.text()).toContain("Espera 14 minutos");
});

test("a passkey's answer signs in as it came, and what is no JSON is still asked", async () => {
  const { asked, post } = open();
  await post("/entrar", { ...entry, response: '{"id":"llave"}' });
  await post("/entrar", { ...entry, response: "{no" });
  expect(asked).toEqual([
    { path: "/api/passkey-sessions", body: { response: { id: "llave" }, device: "own" } },
    { path: "/api/passkey-sessions", body: { response: {}, device: "own" } },
  ]);
});

test("without a script no button for passkeys is to be seen", async () => {
  expect(await open().get("/entrar")).toMatch(/<div class="passkey"[^>]* hidden/);
});

test("signing out ends the session, empties the browser and says so", async () => {
  const { asked, post, get } = open();
  const answer = await post("/salir", {}, signedIn.headers);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/salir"]);
  expect(answer.headers.get("clear-site-data")).toBe('"storage"');
  expect(asked).toEqual([{ path: "/api/sessions/current", body: undefined }]);
  expect(await get("/salir")).toContain("Tu sesión está cerrada");
});

test("a link to the way out asks before it closes anything", async () => {
  const { asked, get } = open();
  expect(await get("/salir", signedIn)).toContain('action="/salir"');
  expect(asked).toEqual([]);
});

test("confirming shows the words again and leads back", async () => {
  const { asked, post, get } = open();
  expect(await get("/confirmar?luego=/cuenta/frase", signedIn)).toContain('value="/cuenta/frase"');
  const answer = await post(
    "/confirmar",
    { passphrase: "siete palabras", luego: "/cuenta/frase" },
    signedIn.headers,
  );
  expect(answer.headers.get("location")).toBe("/cuenta/frase");
  expect(asked).toEqual([
    { path: "/api/sessions/current/confirmation", body: { passphrase: "siete palabras" } },
  ]);
});

test("whoever is not signed in has nothing to confirm", async () => {
  const web = openWeb();
  const answer = await web.request(`${publicUrl}/confirmar`);
  expect(answer.headers.get("location")).toBe("/entrar?luego=%2Fconfirmar");
});
