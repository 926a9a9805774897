import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { connect as openSocket } from "node:net";
import { join } from "node:path";
import { changeAccount, getAccount } from "@telar/contracts/accounts";
import { openInvitation } from "@telar/contracts/invitations";
import { createTestDatabase } from "@telar/database/testing/database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freePort, type HubProcess, Hubs } from "./testing/hub-process.ts";

vi.setConfig({ testTimeout: 60_000 });

let hubs: Hubs;
beforeEach(() => {
  hubs = new Hubs();
});
afterEach(() => hubs.close());

test("the first start lets a steward in, and a second start finds them signed in", async () => {
  const first = await hubs.ready();
  expect(first.output).toContain(`Telar is ready at ${first.url}\n`);
  expect(first.output).toContain(
    `${first.url}/invitacion#${first.invitationCode}\n  ${first.invitationCode}\n`,
  );
  const steward = await first.steward();
  await steward.call(changeAccount, { dataSaver: false });
  first.kill("SIGINT");
  expect(await first.end()).toBe(0);
  const second = await hubs.ready();
  expect(second.invitationCode).toBe("");
  const same = second.visitor(steward.cookieHeader);
  expect(await same.call(getAccount, {})).toMatchObject({ steward: true, dataSaver: false });
});

test("while nobody is steward each start shows another invitation, and the one before no longer opens", async () => {
  const first = await hubs.ready();
  first.kill("SIGINT");
  await first.end();
  const second = await hubs.ready();
  const open = (code: string) => second.visitor().call(openInvitation, { code });
  expect(await open(second.invitationCode)).toMatchObject({ purpose: "stewardship" });
  await expect(open(first.invitationCode)).rejects.toMatchObject({ code: "invitation_not_open" });
});

describe("beside a hub that works", () => {
  const itsOwn = new Hubs();
  let working: HubProcess;
  beforeAll(async () => {
    working = await itsOwn.ready();
  });
  afterAll(() => itsOwn.close());

  test("one port serves the pages, the api, and the documents of the hub's identity", async () => {
    const read = async (path: string) => {
      const answer = await fetch(`${working.url}${path}`);
      return `${answer.status} ${answer.headers.get("content-type")?.split(";")[0]}`;
    };
    expect(await read("/")).toBe("200 text/html");
    expect(await read("/api/hub")).toBe("200 application/json");
    expect(await read("/healthz")).toBe("200 text/plain");
    expect(await read("/readyz")).toBe("200 text/plain");
    expect(await read("/metrics")).toBe("200 text/plain");
    expect(await read("/.well-known/telar.json")).toBe("200 application/json");
    expect(await read("/.well-known/telar-keys.jws")).toBe("200 application/jose");
  });

  test("whoever asks through an onion service or a proxy reads no counts", async () => {
    const host = "telar.onion";
    const asked = request(`${working.url}/metrics`, { headers: { host } }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(404);
  });

  test("a second hub on the same folder is refused, and the first one goes on", async () => {
    const second = await hubs.start({}, working.folder);
    expect(await second.refused()).toContain("Otro Telar ya trabaja con la carpeta");
    expect((await fetch(`${working.url}/readyz`)).status).toBe(200);
  });

  test("a port that is taken is refused in plain words", async () => {
    const own = await createTestDatabase();
    hubs.undo.push(own.release);
    const PORT = new URL(working.url).port;
    const said = await (await hubs.start({ PORT, DATABASE_URL: own.url })).refused();
    expect(said).toContain(`Otro programa ya usa el puerto ${PORT}`);
  });
});

test("wrong settings stop the start with every reason, and repeat none of the values", async () => {
  const said = await (
    await hubs.start({
      PORT: "ochenta",
      PUBLIC_URL: "http://telar.example",
      DATABASE_URL: "secreto",
    })
  ).refused();
  for (const name of ["PORT", "PUBLIC_URL", "DATABASE_URL"]) {
    expect(said).toContain(`  ${name} debe ser `);
    expect(said).toContain(`  ${name} must be `);
  }
  expect(said).not.toMatch(/ochenta|secreto/);
});

/** A POST whose body the hub waits for. */
async function askHalf(hub: HubProcess, body: string) {
  const { host, port } = new URL(hub.url);
  const socket = openSocket(Number(port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    `POST /api/invitations/opened HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${hub.url}\r\n` +
      `Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  expect(`${await once(socket, "data")}`).toMatch(/^HTTP\/1.1 100 /);
  return socket;
}

test("Ctrl-C finishes what is being asked, cuts off who only holds the line, and ends in three seconds", async () => {
  const hub = await hubs.ready();
  const body = JSON.stringify({ code: hub.invitationCode });
  await askHalf(hub, body);
  const asking = await askHalf(hub, body);
  const began = performance.now();
  hub.ctrlC();
  await refusesConnections(hub);
  asking.write(body);
  expect(`${await once(asking, "data")}`).toMatch(/^HTTP\/1.1 200 /);
  expect(await hub.end()).toBe(0);
  expect(performance.now() - began).toBeLessThan(3000);
});

const refusesConnections = (hub: HubProcess) =>
  vi.waitFor(() =>
    expect(fetch(hub.url)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } }),
  );

test("Ctrl-C during the start ends it with nothing left running", async () => {
  const hub = await hubs.start();
  await hub.says(/Opening the database/);
  const began = performance.now();
  hub.ctrlC();
  expect(await hub.end()).toBe(0);
  expect(performance.now() - began).toBeLessThan(3000);
  expect(hub.output).not.toContain("Telar no pudo");
  await hubs.ready();
});

test("a damaged or missing key file is refused by name", async () => {
  const hub = await hubs.ready();
  hub.kill("SIGINT");
  await hub.end();
  const file = join(hubs.folder, "keys", "hub.key");
  await writeFile(file, "short");
  expect(await (await hubs.start()).refused()).toContain(file);
  await rm(file);
  expect(await (await hubs.start()).refused()).toContain(file);
});

test("a file in place of the data folder is refused in plain words", async () => {
  await writeFile(hubs.folder, "");
  expect(await (await hubs.start()).refused()).toContain("no es una carpeta");
});

test("a PostgreSQL of one's own is used in place of the embedded one", async () => {
  const own = await createTestDatabase();
  hubs.undo.push(own.release);
  const hub = await hubs.ready({ DATABASE_URL: own.url });
  const steward = await hub.steward();
  expect(await steward.call(getAccount, {})).toMatchObject({ steward: true });
  expect(existsSync(join(hubs.folder, "postgres"))).toBe(false);
  hub.kill("SIGINT");
  expect(await hub.end()).toBe(0);
});

test("a PostgreSQL that does not answer or does not know us is refused in plain words", async () => {
  const nobody = await hubs.start({
    DATABASE_URL: `postgres://telar@127.0.0.1:${await freePort()}/telar`,
  });
  expect(await nobody.refused()).toContain("La base de datos de DATABASE_URL no responde");
  const url = new URL(process.env.TEST_POSTGRES ?? "");
  url.pathname = "/nada";
  const stranger = await hubs.start({ DATABASE_URL: url.href });
  expect(await stranger.refused()).toContain("no acepta ese nombre, esa cuenta o esa clave");
});
