import { Hono } from "hono";
import { listen } from "../../apps/hub/src/http-server.ts";

/** `bare-server.ts PORT URL COOKIE`: answers, without doing anything for it, what that page answered once. */
const [port = "0", url = "", cookie = ""] = process.argv.slice(2);
const page = await fetch(url, { headers: { cookie, "accept-encoding": "identity" } });
const body = await page.text();
const {
  "transfer-encoding": _,
  "content-length": __,
  date: ___,
  ...headers
} = Object.fromEntries(page.headers);

const app = new Hono();
app.get("/", (c) => c.body(body, 200, headers));
const server = await listen(app.fetch, "127.0.0.1", Number(port));
process.once("SIGINT", () => void server.close());
console.log("ready");
