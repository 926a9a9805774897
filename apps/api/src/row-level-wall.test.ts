import type { AccountId } from "@telar/contracts/ids";
import { operations } from "@telar/contracts/operations";
import { actAs, type Claims } from "@telar/database/acting";
import type { Database } from "@telar/database/connection";
import { keepContent } from "@telar/database/testing/kept-content";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { matrix } from "./testing/authorization-matrix.ts";
import { createTestHub } from "./testing/hub.ts";
import { createWorld, type Who } from "./testing/world.ts";

// Every rule says yes: what is left is the row-level wall.
vi.mock("@telar/rules/verdict", () => {
  const yes = { allowed: true };
  return { yes, no: () => yes, demand: () => {} };
});

const hub = await createTestHub();
const otherHub = await createTestHub();
const world = await createWorld(hub, otherHub);
const kept = await keepContent(hub.owner);
afterAll(() => Promise.all([hub.release(), otherHub.release()]));

/** Ids and words that stand nowhere but in the group that all of them try to look into. */
let foreign: string[] = [];
beforeAll(async () => {
  const ids = await hub.owner<{ id: string }[]>`
      select id from memberships where group_id = ${world.group}
      union select account_id from memberships where group_id = ${world.group}
      union select id from participants where space_id = ${world.space}`;
  const words = ["Mezquite", "Fresno", "Nogal", "Encino", "Tejido", "Nos cuidamos", "Respaldo"];
  const said = [
    "Jacaranda",
    "Tepozán",
    "Cuajiote",
    "Sauce llorón",
    "Hablar sin prisa",
    "aquí queda",
    "55 0000",
    "Cansancio",
    "Hoy no dormí",
    "Preocupa lo que dice",
    "Palabra escondida",
    "palabra espinosa",
    "Con más calma",
    "No nombra a nadie",
    "Huizache",
    "preguntar nombres",
    "Qué nos sostiene",
  ];
  const { group, coalition, recovery, space, crisisCard, message } = world;
  const { report, outsideReport, hidden, held, appealed, warned, ban, attachment } = world;
  const judged = [report, outsideReport, hidden, held, appealed, warned, ban, attachment];
  const things = [group, coalition, recovery, space, crisisCard, message, ...judged];
  foreign = [...ids.map(({ id }) => id), ...things, ...words, ...said];
});

const strangers: Who[] = ["nobody", "ended session", "other group", "guest institution"];

test("with every rule saying yes no answer shows anything of a foreign group (T14)", async () => {
  const shown: string[] = [];
  for (const { name, operation } of operations) {
    const { newcomer } = hub.restart();
    for (const who of strangers) {
      const input = matrix[name]?.input(world, who) ?? {};
      const answer = await newcomer(world.cookies[who]).ask(operation, input);
      const pieces = piecesIn(await answer.text()).filter((piece) => !mayKnow(name, piece));
      if (pieces.length > 0) shown.push(`${name} as ${who}: ${pieces.join(", ")}`);
    }
    await kept.restore();
  }
  const asked = operations.length * strangers.length;
  process.stdout.write(`T14 answers: ${asked} asked, ${shown.length} show something foreign\n`);
  expect(shown).toEqual([]);
}, 60_000);

test("no table shows a row of a foreign group, whoever asks for all of it (T14)", async () => {
  const tables = await hub.owner<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity`;
  const account = await accountOf("Pirul");
  const api = hub.as("telar_api");
  const seen: string[] = [];
  for (const { name } of tables)
    for (const claims of [{}, { account }]) seen.push(...(await foreignRows(api, name, claims)));
  process.stdout.write(`T14 rows: ${tables.length} tables read, ${seen.length} foreign rows\n`);
  expect(seen).toEqual([]);
});

test("the same search finds the rows for whoever may see them", async () => {
  const account = await accountOf("Mezquite");
  expect(await foreignRows(hub.as("telar_api"), "memberships", { account })).not.toEqual([]);
});

const piecesIn = (text: string) => foreign.filter((piece) => text.includes(piece));

/** The open code is a right of its own: it says which group it leads to. */
function mayKnow(operation: string, piece: string): boolean {
  const entering = ["openInvitation", "joinByInvitation", "acceptInvitation"].includes(operation);
  return entering && (piece === "Tejido" || piece === world.group);
}

async function foreignRows(api: Database, table: string, claims: Claims): Promise<string[]> {
  const [privilege] = await api`select has_table_privilege(${table}, 'select') as given`;
  if (!privilege?.given) return [];
  const rows = await actAs(
    api,
    claims,
    (sql) => sql`select to_jsonb(t)::text as text from ${sql(table)} t`,
  );
  return rows.map(({ text }) => `${table}: ${text}`).filter((text) => piecesIn(text).length > 0);
}

async function accountOf(alias: string): Promise<AccountId> {
  const [row] = await hub.owner`select account_id as id from memberships where alias = ${alias}`;
  return row?.id;
}
