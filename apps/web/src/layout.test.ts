import { expect, test } from "vitest";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

test("pages for nobody in particular forget what waits on the device, and those of a person keep it", async () => {
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups", (c) => c.json({ entries: [] }));
    api.get("/api/peer-groups", (c) => c.json({ entries: [] }));
  });
  const read = async (init = {}) => (await web.request(`${publicUrl}/directorio`, init)).text();
  for (const _ of [1, 2]) {
    expect(await read()).toContain("<body data-visitor");
    expect(await read(signedIn)).toContain("<body>");
  }
});
