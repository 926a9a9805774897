import { Hono } from "hono";
import { Server } from "socket.io";
import { listen } from "../../../apps/hub/src/http-server.ts";
import { connect } from "../../../packages/database/src/connection.ts";

/**
 * `baselines.ts PORT [DATABASE_URL]`: what messaging is held against. Without a database a socket.io server that sends
 * on what it hears; with one a route that inserts each message with its space's next place, and then sends it on.
 */
const [port = "0", databaseUrl] = process.argv.slice(2);
const app = new Hono();
const server = await listen(app.fetch, "127.0.0.1", Number(port));
const io = new Server(server.http, { path: "/api/live", serveClient: false });
io.on("connection", (socket) => {
  socket.on("follow", ({ space }: { space: string }, answer: () => void) => {
    void socket.join(space);
    answer();
  });
  socket.on("post", (space: string, place: number, body: string, answer: () => void) => {
    tell(space, place, body);
    answer();
  });
});

/** The bytes that the hub sends for one message. */
function tell(space: string, place: number, body: string): void {
  const author = {
    id: "018f4d6e-0000-4000-8000-000000000000",
    alias: "Ceiba 1",
    facilitator: false,
  };
  const id = "018f4d6e-0000-4000-8000-000000000001";
  const at = "2026-11-21T15:31:00.000Z";
  const shown = { state: "shown", edited: false, pinned: false };
  const message = { id, place, author, at, body, ...shown };
  io.to(space).emit("news", { space, upTo: place, messages: [message], gone: [] });
}

if (databaseUrl) {
  const sql = connect(databaseUrl);
  await sql`create table if not exists naive_heads (space_id text primary key, last_place bigint not null)`;
  await sql`
    create table if not exists naive_messages (space_id text, place bigint, body text, primary key (space_id, place))`;
  const pool = connect({ url: databaseUrl, role: "telar_api" });
  await sql`grant select, insert, update on naive_heads, naive_messages to telar_api`;
  app.put("/api/spaces/:space/messages/:id", async (c) => {
    const space = c.req.param("space");
    const { body } = await c.req.json<{ body: string }>();
    const [written] = await pool<{ place: number }[]>`
      with head as (insert into naive_heads values (${space}, 1)
        on conflict (space_id) do update set last_place = naive_heads.last_place + 1 returning last_place)
      insert into naive_messages select ${space}, last_place, ${body} from head returning place`;
    tell(space, written?.place ?? 0, body);
    return c.json({ outcome: "posted", place: written?.place });
  });
  process.once(
    "SIGINT",
    () => void Promise.all([sql.end({ timeout: 1 }), pool.end({ timeout: 1 })]),
  );
}

console.log("ready");
process.once("SIGINT", () => {
  io.disconnectSockets(true);
  void server.close();
});
