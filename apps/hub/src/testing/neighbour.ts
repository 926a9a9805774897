import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openIdentity } from "@telar/federation/identity";
import { signRequest } from "@telar/federation/requests";

/** `neighbour.ts HUB PURPOSE`: a hub that asks another one, shows its keys for as long as that lasts, and prints its twelve words. */
const [to = "", purpose = ""] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "telar-neighbour-"));
const server = createServer(async (_, answer) => answer.end(await identity.keys()));
await once(server.listen(0, "127.0.0.1"), "listening");
const from = `http://localhost:${(server.address() as AddressInfo).port}`;
const identity = await openIdentity({ folder, publicUrl: from, version: "1.0.0", report() {} });
const body = JSON.stringify({ wants: "wanted", purpose, scopes: ["spaces", "alerts"] });
const url = `${to}/hub/v1/peering`;
const key = await identity.signingKey();
const request = { from, to, method: "POST", url, body, key, now: new Date() };
const { authorization } = await signRequest(request);
const answer = await fetch(url, { method: "POST", body, headers: { authorization } });
if (!answer.ok) throw new Error(`The hub answered ${answer.status}: ${await answer.text()}`);
server.close();
server.closeAllConnections();
await rm(folder, { recursive: true });
process.stdout.write(identity.fingerprint);
