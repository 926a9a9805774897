import { randomBytes } from "node:crypto";
import { operations } from "@telar/contracts/operations";
import { Problem } from "@telar/contracts/problems";
import { afterAll, expect, test } from "vitest";
import { matrix } from "./testing/authorization-matrix.ts";
import { createTestHub } from "./testing/hub.ts";
import { createWorld, type Who, whos } from "./testing/world.ts";

const original = await createTestHub();
const otherHub = await createTestHub(undefined, {
  cookie: randomBytes(32),
  cursor: randomBytes(32),
});
const world = await createWorld(original, otherHub);
await original.park();
afterAll(() => Promise.all([original.release(), otherHub.release()]));

test("every operation has its row", () => {
  expect(Object.keys(matrix).sort()).toEqual(operations.map(({ name }) => name).sort());
});

test.each(operations)(
  "$name answers each person as the matrix says (T15)",
  async ({ name, operation }) => {
    const row = matrix[name];
    if (!row) throw new Error(`The matrix has no row for ${name}.`);
    const changes = (who: Who) =>
      operation.method !== "GET" && (row.counts || row.answers[who] === "yes");
    const answers = new Map<Who, string>();
    await onCopy(whos.filter((who) => !changes(who)));
    for (const who of whos.filter(changes)) await onCopy([who]);
    expect(Object.fromEntries(answers)).toEqual(row.answers);

    /** Whoever changes something has a copy of the hub of their own, so that no answer depends on one before. */
    async function onCopy(people: Who[]): Promise<void> {
      if (people.length === 0) return;
      const hub = await createTestHub(original.database);
      try {
        for (const who of people) {
          const answer = await hub
            .newcomer(world.cookies[who])
            .ask(operation, row?.input(world, who) ?? {});
          const problem = answer.ok ? undefined : Problem.parse(await answer.json());
          answers.set(who, problem?.code ?? "yes");
        }
      } finally {
        await hub.release();
      }
    }
  },
  60_000,
);

test("the matrix is whole", () => {
  const cells = operations.length * whos.length;
  process.stdout.write(
    `T15: ${operations.length} operations × ${whos.length} people = ${cells} cells\n`,
  );
  expect(cells).toBeGreaterThan(500);
});
