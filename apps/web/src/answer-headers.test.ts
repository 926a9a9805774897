import { expect, test } from "vitest";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const web = openWeb(serveAccount());
const ask = (path: string, init?: RequestInit) => web.request(publicUrl + path, init);

test("every answer carries the whole set of headers, whatever it is", async () => {
  const answers = await Promise.all([
    ask("/"),
    ask("/", signedIn),
    ask("/pausa"),
    ask("/nowhere"),
    ask("/estilo.css"),
    ask("/salir-rapido"),
    ask("/idioma/tzo.po"),
    ask("/idioma", sent({}, { origin: "https://evil.example" })),
  ]);
  for (const { headers } of answers) {
    const policy = headers.get("content-security-policy");
    expect(policy).toBe(
      "default-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self' https://weather.example; frame-ancestors 'none'; object-src 'none'",
    );
    expect(headers.get("referrer-policy")).toBe("no-referrer, same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("geolocation=()");
  }
});

test("over https browsers keep to it, for this name only", async () => {
  const told = async (options = {}) => {
    const answer = await openWeb(serveAccount(), options).request(`${publicUrl}/seguridad`);
    return answer.headers.get("strict-transport-security");
  };
  expect(await told({ publicUrl: "https://telar.example" })).toBe("max-age=15552000");
  expect(await told()).toBeNull();
});

test("pages are never stored, styles are", async () => {
  expect((await ask("/", signedIn)).headers.get("cache-control")).toBe("no-store");
  expect((await ask("/estilo.css")).headers.get("cache-control")).toContain("max-age");
});

test("no page has an inline script or style, or loads anything from elsewhere", async () => {
  for (const path of ["/", "/seguridad", "/seguridad/antes", "/pausa", "/idioma", "/nowhere"]) {
    const html = await (await ask(path, signedIn)).text();
    expect(html).not.toMatch(/ style=| on\w+=|<style|<script(?! type="module" src="\/)/);
    expect(html).not.toMatch(/(src|href|action)="(?!\/|#)/);
  }
});

test("a browser that can read compressed pages gets them so", async () => {
  const answer = await ask("/seguridad", { headers: { "accept-encoding": "gzip" } });
  expect(answer.headers.get("content-encoding")).toBe("gzip");
  expect((await answer.arrayBuffer()).byteLength).toBeLessThan(20 * 1024);
});
