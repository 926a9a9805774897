import { expect, test } from "vitest";
import { openWeb, publicUrl, sent } from "./testing.ts";

const web = openWeb();
const post = (headers: Record<string, string>) =>
  web.request(`${publicUrl}/idioma`, { ...sent({ language: "en" }), headers });

test("a write from this hub's own page is done, also where the browser hides its origin", async () => {
  expect((await post({ origin: publicUrl })).status).toBe(303);
  expect((await post({ origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(303);
  expect((await post({ "sec-fetch-site": "none" })).status).toBe(303);
  expect((await post({ referer: `${publicUrl}/entrar` })).status).toBe(303);
  expect((await post({ origin: "null", referer: `${publicUrl}/entrar` })).status).toBe(303);
});

test("a write that another site sent, or that shows nowhere it comes from, is refused in plain words", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "https://hub.test.evil.example", "sec-fetch-site": "same-origin" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { origin: "null", "sec-fetch-site": "cross-site", referer: `${publicUrl}/entrar` },
    { origin: "null" },
    { origin: "null", referer: "https://hub.test.evil.example/entrar" },
    {},
  ];
  for (const headers of foreign) {
    const answer = await post(headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await answer.text()).toContain("Esto llegó desde otro sitio");
  }
});
