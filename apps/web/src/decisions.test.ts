import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent } from "./testing.ts";

function openDoor() {
  const asked: [string, unknown][] = [];
  const web = openWeb((api) => {
    api.post("/api/hub-ban-appeals/:way?", async (c) => {
      asked.push([c.req.path, await c.req.json()]);
      return c.req.param("way") && asked.length > 1
        ? c.json(problem("wrong_sign_in"), 401)
        : c.json({});
    });
  });
  const send = (fields: Record<string, string>) =>
    web.request(`${publicUrl}/otra-mirada`, sent(fields));
  return { asked, send, read: async () => (await web.request(`${publicUrl}/otra-mirada`)).text() };
}

test("whoever the hub is closed to asks with a name and words, or with a passkey where scripts run", async () => {
  const { asked, send, read } = openDoor();
  const html = await read();
  expect(html).toContain('name="passphrase"');
  expect(html).toMatch(
    /data-passkey="get" data-offer="\/api\/passkey-sessions\/offer"[^>]* hidden/,
  );
  expect(html).toMatch(/passkeys[-.\w]*\.js/);
  const words = "Me confundieron";
  const answers = [
    await send({ signInName: "", passphrase: "", response: '{"id":"x"}', words }),
    await send({ signInName: "Ocote", passphrase: "siete palabras", response: "", words }),
  ];
  for (const { headers } of answers) expect(headers.get("location")).toBe("/otra-mirada?enviada");
  expect(asked).toEqual([
    ["/api/hub-ban-appeals/passkey", { response: { id: "x" }, words }],
    ["/api/hub-ban-appeals", { signInName: "Ocote", passphrase: "siete palabras", words }],
  ]);
  const refused = await send({ response: "{}", words });
  expect(refused.status).toBe(401);
  expect(await refused.text()).toContain("\nMe confundieron</textarea>");
});
