import type { Frame } from "./frame.ts";

/** The two documents by which other hubs know this one. */
export function serveIdentity({ app, identity }: Frame): void {
  app.get("/.well-known/telar.json", (c) => c.json(identity.document()));
  app.get("/.well-known/telar-keys.jws", async (c) =>
    c.body(await identity.keys(), 200, { "content-type": "application/jose" }),
  );
}
