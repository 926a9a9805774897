import type { Account } from "@telar/contracts/accounts";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount } from "./testing.ts";

const code = "ABCDE-12345";
const words = "ahuehuete ceiba copal encino fresno guaje nogal";
const membership = { purpose: "membership", groupName: "Red <Norte>", roles: [], hubName: "Telar" };

interface Options {
  opened?: object;
  refusals?: Record<string, ReturnType<typeof problem>>;
  account?: Partial<Account>;
}

/** The pages over an API that knows one invitation; words are offered one after another. */
function open({ opened = membership, refusals = {}, account }: Options = {}) {
  const asked: [string, unknown][] = [];
  let offers = 0;
  const web = openWeb((api) => {
    if (account) serveAccount(account)(api);
    api.get("/api/account", (c) => c.json(problem("not_signed_in"), 401));
    api.get("/api/passphrase-offer", (c) => {
      offers += 1;
      return c.json({ passphrase: `${words} ${offers}` });
    });
    api.post("/api/*", async (c) => {
      asked.push([c.req.path, await c.req.json()]);
      const refusal = refusals[c.req.path];
      if (refusal) return c.json(refusal, refusal.status);
      return c.json(c.req.path === "/api/invitations/opened" ? opened : {});
    });
  });
  const post = async (path: string, fields: Record<string, string>) => {
    const headers = account ? { cookie: "session=secret" } : {};
    const answer = await web.request(publicUrl + path, sent({ code, ...fields }, headers));
    return { answer, html: await answer.text(), location: answer.headers.get("location") };
  };
  return { asked, post, web };
}

const person = { signInName: "Ceiba", alias: "Copal", device: "shared", deviceName: "" };

test("the code is asked for in a form that also works typed, and stands in no address", async () => {
  const { web, post } = open();
  const html = await (await web.request(`${publicUrl}/invitacion`)).text();
  expect(html).toMatch(/<form method="post" action="\/invitacion"/);
  expect(html).toMatch(/src="\/(assets|enhance)\/invitation/);
  const { answer } = await post("/invitacion", {});
  expect(answer.status).toBe(200);
  expect(answer.headers.get("location")).toBeNull();
});

test("what an invitation opens is shown before anything is asked, with two ways on", async () => {
  const { post } = open();
  const { html } = await post("/invitacion", {});
  expect(html).toContain("Te invitan a Red &lt;Norte&gt;");
  expect(html).toContain(`<input type="hidden" name="code" value="${code}"`);
  expect(html).toContain("Es mi primera vez aquí");
  expect(html).toContain('formaction="/invitacion/cuenta"');
});

test.each(["/invitacion", "/invitacion/nueva", "/invitacion/cuenta", "/invitacion/aceptar"])(
  "an invitation that is not open leads back to its code with one sentence: %s",
  async (path) => {
    const refusals = { "/api/invitations/opened": problem("invitation_not_open") };
    const { html, answer } = await open({ refusals, account: {} }).post(path, { alias: "Ceiba" });
    expect(answer.status).toBe(404);
    expect(html).toContain("Esta invitación no se puede abrir.");
    expect(html).toContain(`value="${code}"`);
    expect(html).toContain("<h1>Abrir una invitación</h1>");
  },
);

test("an invitation that too many names closed says so, and asks for another one", async () => {
  const refusals = { "/api/invitations/joined": problem("invitation_closed") };
  const { html, answer } = await open({ refusals }).post("/invitacion/nueva", { alias: "Ceiba" });
  expect(answer.status).toBe(409);
  expect(html).toContain("por cuidado se cerró. Pide otra a quien te invitó.");
  expect(html).toContain("<h1>Abrir una invitación</h1>");
});

test("a new person is offered seven words, in a field that password managers know", async () => {
  const { html } = await open().post("/invitacion/nueva", { act: "empezar" });
  for (const word of words.split(" ")) expect(html).toContain(`<li>${word}</li>`);
  expect(html).toMatch(/id="passphrase"[^>]*type="password"[^>]*value="ahuehuete /);
  expect(html).toMatch(/autocomplete="new-password"/);
});

test("other words are offered without losing what was typed", async () => {
  const fields = { ...person, device: "own", passphrase: `${words} 1`, offered: `${words} 1` };
  const { html, answer } = await open().post("/invitacion/nueva", { ...fields, act: "otras" });
  expect(answer.status).toBe(200);
  expect(html).toContain('value="Ceiba"');
  expect(html).toMatch(/value="own" checked/);
  expect(html).not.toContain('role="alert"');
});

test("words that somebody may have written down stay when something is to be mended", async () => {
  const refusals = {
    "/api/invitations/joined": problem("name_taken", { fields: { signInName: "taken" } }),
  };
  const offered = `${words} kept`;
  const { post } = open({ refusals });
  const same = await post("/invitacion/nueva", { ...person, passphrase: offered, offered });
  expect(same.answer.status).toBe(409);
  expect(same.html).toContain("<li>kept</li>");
  expect(same.html).toMatch(/id="passphrase"[^>]*value="ahuehuete /);
  expect(same.html).toContain("Ese nombre ya está en uso.");
  const own = await post("/invitacion/nueva", {
    ...person,
    passphrase: "mi frase propia",
    offered,
  });
  expect(own.html).toContain("<li>kept</li>");
  expect(own.html).not.toContain("mi frase propia");
});

test.each([
  ["membership", "/"],
  ["founding", "/grupos/nuevo"],
  ["stewardship", "/central"],
])(
  "whoever comes in by a %s invitation is offered the sheet first, then goes to %s",
  async (purpose, next) => {
    const { asked, post } = open({ opened: { ...membership, purpose } });
    const { location } = await post("/invitacion/nueva", { ...person, passphrase: words });
    expect(location).toBe(`/cuenta/hoja?luego=${encodeURIComponent(next)}`);
    expect(asked.at(-1)).toEqual([
      "/api/invitations/joined",
      {
        code,
        signInName: "Ceiba",
        alias: "Copal",
        passphrase: words,
        device: "shared",
        language: "es",
      },
    ]);
  },
);

test("with a passkey no words are sent along", async () => {
  const { asked, post } = open();
  await post("/invitacion/nueva", { ...person, passphrase: words, response: '{"id":"llave"}' });
  expect(asked.at(-1)?.[1]).toMatchObject({ passkey: { id: "llave" } });
  expect(asked.at(-1)?.[1]).not.toHaveProperty("passphrase");
});

test("the way that is not taken is not asked for: a founder needs no name in a group yet", async () => {
  const founding = open({ opened: { ...membership, purpose: "founding" } });
  const { html } = await founding.post("/invitacion/nueva", { act: "empezar" });
  expect(html).not.toContain('id="alias"');
});

test("whoever is signed in is asked only how they will be seen", async () => {
  const { asked, post } = open({ account: { signInName: "mezquite" } });
  const { html } = await post("/invitacion", {});
  expect(html).toContain("Vas a aceptar con la cuenta <strong>mezquite</strong>.");
  expect(html).toContain('action="/invitacion/aceptar"');
  await post("/invitacion/aceptar", { alias: "Ceiba" });
  expect(asked.at(-1)).toEqual(["/api/invitations/accepted", { code, alias: "Ceiba" }]);
});
