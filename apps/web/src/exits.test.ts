import { expect, test } from "vitest";
import { exitUrl, openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const ended = { "set-cookie": "session=; Path=/; Max-Age=0", "clear-site-data": '"cookies"' };

/** Opens the web over an API that counts the sessions it ended. */
function open() {
  const signedOut: string[] = [];
  const web = openWeb((api) => {
    serveAccount()(api);
    api.delete("/api/sessions/current", (c) => {
      signedOut.push(c.req.header("cookie") ?? "");
      return c.json({}, 200, ended);
    });
  });
  return {
    signedOut,
    ask: (path: string, init?: RequestInit) => web.request(publicUrl + path, init),
  };
}

const cookies = (answer: Response) => answer.headers.getSetCookie().join("\n");

test("the quick exit is the first link of every page", async () => {
  const { ask } = open();
  for (const path of ["/", "/seguridad", "/pausa", "/idioma", "/nowhere"]) {
    const html = await (await ask(path, signedIn)).text();
    const first = /<(a|button|input|select|textarea|summary)\b[^>]*>/.exec(html)?.[0];
    expect(first).toContain('href="/salir-rapido"');
  }
});

test("it ends the session, empties cookies and storage and leads elsewhere, by link and by form", async () => {
  for (const method of ["GET", "POST"]) {
    const { ask, signedOut } = open();
    const answer = await ask("/salir-rapido", {
      method,
      headers: { cookie: "session=secret; idioma=tzo; __Host-other=1" },
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(exitUrl);
    expect(answer.headers.get("clear-site-data")).toBe('"storage"');
    expect(signedOut).toHaveLength(1);
    for (const name of ["session", "idioma", "__Host-other"])
      expect(cookies(answer)).toMatch(new RegExp(`^${name}=; Max-Age=0; Path=/`, "m"));
    expect(cookies(answer)).toMatch(/^__Host-other=.*Secure/m);
    expect(cookies(answer)).toMatch(/^v=1; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax/m);
  }
});

test("it leads elsewhere even when the API is gone", async () => {
  const web = openWeb(() => {}, {
    askApi: () => {
      throw new Error("gone");
    },
  });
  const answer = await web.request(`${publicUrl}/salir-rapido`, signedIn);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, exitUrl]);
});

test("whoever goes back finds a page that says nothing of us", async () => {
  const { ask } = open();
  const init = { headers: { cookie: "v=1; session=secret" } };
  for (const path of ["/", "/grupos", "/seguridad"]) {
    const answer = await ask(path, init);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(
      html
        .replace(/<[^>]*>/g, " ")
        .trim()
        .split(/\s+/),
    ).toEqual(["Página", "Continuar"]);
    expect(html).not.toMatch(/telar|stylesheet|script/i);
  }
});

test("choosing to come back opens the pages again", async () => {
  const { ask } = open();
  const answer = await ask("/continuar", { method: "POST", headers: { cookie: "v=1" } });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
  expect(cookies(answer)).toMatch(/^v=; Max-Age=0; Path=\//);
});
