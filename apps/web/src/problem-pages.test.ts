import type { ProblemCode } from "@telar/contracts/problems";
import { HubError } from "@telar/contracts/problems";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

/** The pages over an API whose pauses fail with this problem. */
function failingWith(code: ProblemCode, parts: object = {}) {
  const reported: unknown[] = [];
  const web = openWeb(
    (api) => {
      serveAccount()(api);
      const { status } = problem(code);
      api.delete("/api/recoveries/mine", (c) => c.json(problem(code, parts), status));
    },
    { report: (error) => reported.push(error) },
  );
  web.get("/boom", () => {
    throw new Error("nobody foresaw this");
  });
  web.get("/refused", () => {
    throw new HubError(code);
  });
  const stop = (fields = {}) =>
    web.request(`${publicUrl}/cuenta/recuperacion/detener`, sent(fields, signedIn.headers));
  return { web, stop, reported };
}

test("each problem has its status and its sentence", async () => {
  const sentences: [ProblemCode, number, string][] = [
    ["not_allowed", 403, "Esta página no está abierta para ti"],
    ["too_many_tries", 429, "Espera 2 minutos y vuelve a intentarlo."],
    ["unavailable", 503, "En este momento no podemos responder"],
    ["unexpected", 500, "Algo falló de nuestro lado"],
    ["already_done", 409, "Esto ya estaba hecho."],
  ];
  for (const [code, status, sentence] of sentences) {
    const answer = await failingWith(code, { retryAfterSeconds: 90 }).stop();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(sentence);
    expect(answer.headers.get("retry-after")).toBe("90");
  }
});

test("a page that is not there says so, with the way home", async () => {
  const answer = await openWeb().request(`${publicUrl}/nowhere`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("Aquí no hay nada que mostrarte");
});

test("where a session or a confirmation is missing, the way there knows the way back", async () => {
  for (const [code, path] of [
    ["not_signed_in", "/entrar"],
    ["confirmation_needed", "/confirmar"],
  ] as const) {
    const { web } = failingWith(code);
    const answer = await web.request(`${publicUrl}/refused?after=x`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`${path}?luego=%2Frefused%3Fafter%3Dx`);
  }
});

test("what somebody wrote is still there when their session ended meanwhile", async () => {
  const typed = { about: "Nos reunimos los jueves", passphrase: "palabras muy secretas" };
  const answer = await failingWith("not_signed_in").stop(typed);
  const html = await answer.text();
  expect(answer.status).toBe(401);
  expect(html).toContain("Nos reunimos los jueves</textarea>");
  expect(html).not.toContain("palabras muy secretas");
  expect(html).toContain('href="/entrar?luego=');
});

test("what nobody foresaw is reported and shows nothing of itself", async () => {
  const { web, reported } = failingWith("unexpected");
  const answer = await web.request(`${publicUrl}/boom`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("nobody foresaw");
  expect(reported).toEqual([new Error("nobody foresaw this")]);
});

test("a form that is far too large is refused before it is read", async () => {
  const answer = await openWeb().request(
    `${publicUrl}/idioma`,
    sent({ language: "x".repeat(300_000) }),
  );
  expect(answer.status).toBe(413);
  expect(await answer.text()).toContain("Hazlo más corto");
});

test("the way to try again leads to this place, whatever address was asked for", async () => {
  const { web } = failingWith("unavailable");
  web.get("//elsewhere.example/x", () => {
    throw new HubError("unavailable");
  });
  const answer = await web.request(`${publicUrl}//elsewhere.example/x`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('href="//');
});
