import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createGuardedFetch } from "./guarded-fetch.ts";
import { publicLookup } from "./public-addresses.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const within = createGuardedFetch({ withinOwnNetwork: true });
const outward = createGuardedFetch();
const bounds = { method: "GET", bytesMax: 1000, timeoutMs: 2000 } as const;

test("it answers status, headers and body", async () => {
  const url = await serve((request, response) => {
    request.on("data", (chunk) => response.setHeader("said", String(chunk)));
    request.on("end", () => response.writeHead(207).end("bien"));
  });
  const answer = await within({ ...bounds, method: "POST", url, body: "hola" });
  expect(answer).toMatchObject({ status: 207, body: "bien", headers: { said: "hola" } });
});

test("a redirection is answered as it is, and nobody goes there", async () => {
  const asked: unknown[] = [];
  const elsewhere = await serve((_, response) => response.end(String(asked.push(1))));
  const url = await serve((_, response) => response.writeHead(307, { location: elsewhere }).end());
  expect(await within({ ...bounds, url })).toMatchObject({ status: 307 });
  expect(asked).toEqual([]);
});

test("more bytes than expected, announced or not, end it", async () => {
  const url = await serve((_, response) => void response.write("x".repeat(1001)));
  await expect(within({ ...bounds, url })).rejects.toMatchObject({ reason: "too_large" });
});

test("a hub that answers drop by drop has only so much time in all", async () => {
  const url = await serve((_, response) => {
    const drops = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(drops));
  });
  const began = performance.now();
  const answer = within({ ...bounds, url, timeoutMs: 200 });
  await expect(answer).rejects.toMatchObject({ reason: "too_slow" });
  expect(performance.now() - began).toBeLessThan(1500);
});

test("a hub that cuts the connection, or is not there, is unreachable", async () => {
  const url = await serve((request) => request.socket.destroy());
  await expect(within({ ...bounds, url })).rejects.toMatchObject({ reason: "unreachable" });
  servers.splice(0).map((server) => server.close());
  await expect(within({ ...bounds, url })).rejects.toMatchObject({ reason: "unreachable" });
});

test.each([
  "http://hub.example.org/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://169.254.169.254/latest/meta-data",
  "https://name:word@hub.example.org/",
  "file:///etc/passwd",
  "data:text/plain,hub",
  "ftp://hub.example.org/",
  "hub.example.org",
  "",
])("%s is never called", async (url) => {
  await expect(outward({ ...bounds, url })).rejects.toMatchObject({ reason: "refused_address" });
});

test("a name that leads to an own network is refused where the connection is made, also when it turns there", async () => {
  const asked: unknown[] = [];
  const url = new URL(await serve((_, response) => response.end(String(asked.push(1)))));
  const turning: LookupFunction = publicLookup((_name, _options, done) =>
    done(null, [{ address: "127.0.0.1", family: 4 }]),
  );
  const fetch = createGuardedFetch({ lookup: turning });
  const answer = fetch({ ...bounds, url: `https://hub.example.org:${url.port}/` });
  await expect(answer).rejects.toMatchObject({ reason: "refused_address" });
  expect(asked).toEqual([]);
});
