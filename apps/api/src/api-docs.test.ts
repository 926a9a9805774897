import { gunzipSync } from "node:zlib";
import { operations } from "@telar/contracts/operations";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const ask = (path: string, headers: Record<string, string> = {}) =>
  hub.app.request(path, { headers });
const read = async (headers?: Record<string, string>) => (await ask("/api/docs", headers)).text();
const loaded = (page: string) =>
  [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at]) => at ?? "");

test("the page lists every operation without JavaScript, with what it needs", async () => {
  const page = await read();
  for (const { name, operation } of operations) {
    expect(page).toContain(`${operation.method} ${operation.path}</code>`);
    expect(page).toContain(`${name}: `);
  }
  expect(page.match(/was confirmed in the last ten minutes/g)).toHaveLength(
    operations.filter(({ operation }) => operation.proof === "fresh_session").length,
  );
});

test("the quick exit is the first link of the page", async () => {
  const [, body = ""] = (await read()).split("<body>");
  expect(loaded(body)[0]).toBe("/salir-rapido");
});

test("the page runs scripts and styles of its own origin only, and none inside it", async () => {
  const policy = (await ask("/api/docs")).headers.get("content-security-policy");
  expect(policy?.split("; ")).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]),
  );
  expect(policy).not.toContain("unsafe");
  const page = await read();
  expect(loaded(page).every((at) => at.startsWith("/"))).toBe(true);
  expect(page).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
});

test("what the page loads is kept by browsers for good, compressed or not", async () => {
  const files = loaded(await read()).filter((at) => at.startsWith("/api/docs/"));
  expect(files).toHaveLength(4);
  for (const file of files) {
    const plain = await ask(file);
    expect(plain.status).toBe(200);
    expect(plain.headers.get("cache-control")).toContain("immutable");
    expect(plain.headers.get("content-type")).toMatch(/^text\/(css|javascript)/);
    const small = await ask(file, { "accept-encoding": "gzip, br" });
    expect(small.headers.get("content-encoding")).toBe("gzip");
    const bytes = gunzipSync(await small.arrayBuffer());
    expect(bytes.equals(Buffer.from(await plain.arrayBuffer()))).toBe(true);
  }
});

test("a browser that saves data gets the list alone, and the rest when asked", async () => {
  const saved = await read({ "save-data": "on" });
  expect(saved).not.toContain("<script");
  expect(saved).toContain('href="/api/docs?all"');
  const all = await ask("/api/docs?all", { "save-data": "on" });
  expect(await all.text()).toContain("<script");
});

test("other answers of the api still load nothing", async () => {
  expect((await ask("/api/hub")).headers.get("content-security-policy")).toBe(
    "default-src 'none'; sandbox",
  );
});
