import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type HubProcess, startHubProcess } from "./hub-process.ts";
import { type Settled, settle } from "./settle.ts";
import { type View, views } from "./views.ts";

interface Reached {
  settled: Settled;
  ask(request: Request): Promise<Response>;
}

const publicUrl = "https://hub.example";
const onLoopback = inject("hub");

/** A hub that people reach by https, through a proxy; here without one. */
let behindProxy: HubProcess;
let hubs: Record<string, Reached>;
beforeAll(async () => {
  behindProxy = await startHubProcess({ PUBLIC_URL: publicUrl });
  const ask = (request: Request) =>
    fetch(new Request(request.url.replace(publicUrl, behindProxy.url), request));
  const settled = await settle({ url: publicUrl, code: behindProxy.code }, ask);
  hubs = { [publicUrl]: { settled, ask }, [onLoopback.url]: { settled: onLoopback, ask: fetch } };
});
afterAll(() => behindProxy.close());

describe.each([publicUrl, onLoopback.url])("a hub at %s (T23)", (url) => {
  const ask = (path: string, init: RequestInit = {}) => {
    const request = new Request(url + path, { redirect: "manual", ...init });
    return hubs[url]?.ask(request) ?? Response.error();
  };

  test("answers every view under strict headers, with nothing inline and nothing foreign", async () => {
    const { settled } = hubs[url] as Reached;
    const read = async ({ path, who }: View) => {
      const cookie = who === "visitor" ? "" : settled[who].cookies;
      const answer = await ask(path, { headers: { cookie } });
      const found = [...headersMissing(answer), ...inlineAndForeign(await answer.text(), url)];
      return found.map((finding) => `${path} as ${who}: ${finding}`);
    };
    const all = views(settled);
    const findings = (await Promise.all(all.map(read))).flat();
    process.stdout.write(`T23: ${findings.length} findings on ${all.length} views of ${url}\n`);
    expect(findings).toEqual([]);
  });

  test("tells browsers to keep to https where it has it, for its own name only", async () => {
    const wanted = url === publicUrl ? "max-age=15552000" : null;
    for (const path of ["/entrar", "/api/hub"])
      expect((await ask(path)).headers.get("strict-transport-security")).toBe(wanted);
  });

  test("gives cookies that no script reads and no other site sends", async () => {
    const { signInName, passphrase } = (hubs[url] as Reached).settled.member;
    const send = (path: string, fields: Record<string, string>) =>
      ask(path, { method: "POST", body: new URLSearchParams(fields), headers: { origin: url } });
    const answers = [
      await send("/entrar", { signInName, passphrase, device: "own" }),
      await send("/idioma", { language: "es" }),
      await ask("/salir-rapido", { headers: { cookie: "idioma=es" } }),
      await send("/salir", {}),
    ];
    const cookies = answers
      .flatMap((answer) => answer.headers.getSetCookie())
      .filter((cookie) => !cookie.includes("=;"));
    const names = new Set(cookies.map((cookie) => cookie.split("=")[0]));
    const secure = url === publicUrl;
    expect(names).toEqual(new Set([secure ? "__Host-telar" : "telar", "idioma", "v"]));
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; HttpOnly(;|$)/);
      expect(cookie).toMatch(/; SameSite=Lax(;|$)/);
      expect(cookie).toMatch(/; Path=\/(;|$)/);
      expect(cookie).not.toMatch(/; Domain=/i);
      expect(/; Secure(;|$)/.test(cookie)).toBe(secure);
    }
  });
});

const demanded: Record<string, RegExp> = {
  "content-security-policy":
    /^(?=.*default-src 'self'(;|$))(?=.*frame-ancestors 'none')(?=.*object-src 'none')(?=.*base-uri 'none')(?!.*(unsafe|data:|\*))/,
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^no-referrer, same-origin$/,
  "cache-control": /^no-store$/,
  "cross-origin-opener-policy": /^same-origin$/,
};

const headersMissing = ({ headers }: Response) =>
  Object.entries(demanded)
    .filter(([name, wanted]) => !wanted.test(headers.get(name) ?? ""))
    .map(([name]) => `${name}: ${headers.get(name)}`);

/** Scripts and styles that stand in the page itself, and whatever would be fetched from elsewhere. */
function inlineAndForeign(html: string, url: string): string[] {
  const inline = html.match(
    /<style|<script(?![^>]*\ssrc=)|<[^>]+\s(style|on\w+)=[^>]*>|javascript:/g,
  );
  const fetched = html.matchAll(
    /<(?:link|script|img|form|button|iframe|source|audio|video|object|embed)\b[^>]*?\s(?:src|srcset|href|action|formaction|data)="([^"]+)"/g,
  );
  const foreign = [...fetched]
    .map(([, address]) => new URL(address ?? "", url))
    .filter(({ origin }) => origin !== url);
  return [...(inline ?? []), ...foreign.map(String)];
}
