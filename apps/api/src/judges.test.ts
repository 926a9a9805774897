import type { AccountId, GroupId } from "@telar/contracts/ids";
import { createCast } from "@telar/database/testing/cast";
import { createTestDatabase } from "@telar/database/testing/database";
import { createSpaceCast } from "@telar/database/testing/space-cast";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const cast = createCast({ owner, as });
const spaces = createSpaceCast(owner);

const roles = ["facilitator", "coordinator", "steward"] as const;
type Role = (typeof roles)[number];

/** Five people, each with any of the three roles. */
const town = fc.array(fc.subarray([...roles]), { minLength: 5, maxLength: 5 });
const people = [0, 1, 2, 3, 4] as const;

async function settle(held: Role[][]) {
  await owner`delete from stewards`;
  const group: GroupId = await cast.group();
  const space = await spaces.space(group);
  const accounts: AccountId[] = [];
  for (const [n, mine] of held.entries()) {
    const { account, id } = await cast.member(
      group,
      `Árbol ${n}`,
      mine.includes("coordinator") ? ["coordinator"] : [],
    );
    accounts.push(account);
    await spaces.place(space, {
      membership: id,
      alias: `Árbol ${n}`,
      facilitator: mine.includes("facilitator"),
    });
    if (mine.includes("steward")) await cast.steward(`Sabino ${n}`, account);
  }
  return { space, accounts };
}

/** The rule told a second time, over people instead of rows. */
function expected(held: Role[][], excluded: readonly number[], nearest: Role) {
  for (const role of roles.slice(roles.indexOf(nearest))) {
    const may = people.filter((n) => {
      const mine = held[n] ?? [];
      const apart = role !== "coordinator" || !mine.includes("facilitator");
      return mine.includes(role) && apart && !excluded.includes(n);
    });
    if (may.length > 0) return { role, may };
  }
  return { role: undefined, may: [] };
}

test("whoever is excluded never judges, and the nearest who are left always do (P14, M01)", async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      town,
      fc.subarray([...people]),
      fc.constantFrom(...roles),
      async (held, excluded, nearest) => {
        asked += 1;
        const { space, accounts } = await settle(held);
        const out = excluded.map((n) => accounts[n] as AccountId);
        const rows = await owner<{ account: AccountId; role: Role }[]>`
        select account_id as account, role from judges_of(${space}, null, ${out}::uuid[], ${nearest})`;
        const { role, may } = expected(held, excluded, nearest);
        expect(rows.map(({ account }) => accounts.indexOf(account)).sort()).toEqual(may);
        expect(new Set(rows.map((row) => row.role))).toEqual(new Set(role ? [role] : []));
        expect(rows.filter(({ account }) => out.includes(account))).toEqual([]);
      },
    ),
    { numRuns: 120 },
  );
  process.stdout.write(`P14 conflict rule: ${asked} towns, nobody judged where they may not\n`);
});

test("the api cannot ask who may judge what, nor read who reported and who acted", async () => {
  const [row] = await owner<[Record<string, boolean>]>`
    select has_function_privilege('telar_api', 'judges_of(uuid, uuid, uuid[], text)', 'execute') as judges,
      has_function_privilege('telar_api', 'judges_of(uuid, uuid, uuid[], text, bigint)', 'execute') as judges_since,
      has_function_privilege('telar_api', 'judges_of_report(uuid)', 'execute') as of_report,
      has_table_privilege('telar_api', 'reporters', 'select') as reporters,
      has_table_privilege('telar_api', 'actors', 'select') as actors`;
  expect({ ...row }).toEqual({
    judges: false,
    judgesSince: false,
    ofReport: false,
    reporters: false,
    actors: false,
  });
});
