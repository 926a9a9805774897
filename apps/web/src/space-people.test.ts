import { expect, test } from "vitest";
import { colibri, openSpacePages, space } from "./space-testing.ts";

test("what facilitating means is read before it is given or put down", async () => {
  const you = { ...colibri, facilitator: true };
  const entries = [
    { ...you, you: true },
    { id: space, alias: "Nopal", facilitator: false, you: false },
  ];
  const { read } = openSpacePages({
    space: { you },
    serve: (api) => {
      api.get("/api/spaces/:space/participants", (c) => c.json({ entries }));
    },
  });
  const closed =
    /<details class="acts"><summary[^>]*>[^<]+<\/summary><form[^>]*><p>([^<]+)<\/p><button/g;
  const told = [...(await read("/personas")).matchAll(closed)].map(([, words]) => words);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("Para volver, alguien que facilita");
  expect(told[1]).toContain("leer reportes");
});
