import { randomBytes } from "node:crypto";
import { operations } from "@telar/contracts/operations";
import { Problem } from "@telar/contracts/problems";
import { keepContent } from "@telar/database/testing/kept-content";
import { afterAll, expect, test } from "vitest";
import { matrix } from "./testing/authorization-matrix.ts";
import { createTestHub } from "./testing/hub.ts";
import { createWorld, type Who, whos } from "./testing/world.ts";

const hub = await createTestHub();
const otherHub = await createTestHub({ cookie: randomBytes(32), cursor: randomBytes(32) });
const world = await createWorld(hub, otherHub);
const kept = await keepContent(hub.owner);
afterAll(() => Promise.all([hub.release(), otherHub.release()]));

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
    await ask(whos.filter((who) => !changes(who)));
    expect(await kept.changed()).toEqual([]);
    for (const who of whos.filter(changes)) await ask([who]);
    expect(Object.fromEntries(answers)).toEqual(row.answers);

    /** Whoever changes something finds the hub as it was, so that no answer depends on one before. */
    async function ask(people: Who[]): Promise<void> {
      await kept.restore();
      const { newcomer } = hub.restart();
      for (const who of people) {
        const answer = await newcomer(world.cookies[who]).ask(
          operation,
          row?.input(world, who) ?? {},
        );
        const problem = answer.ok ? undefined : Problem.parse(await answer.json());
        answers.set(who, problem?.code ?? "yes");
      }
    }
  },
);

test("the matrix is whole", () => {
  const cells = operations.length * whos.length;
  process.stdout.write(
    `T15: ${operations.length} operations × ${whos.length} people = ${cells} cells\n`,
  );
  expect(cells).toBeGreaterThan(500);
});
