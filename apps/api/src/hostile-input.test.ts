import { operations } from "@telar/contracts/operations";
import { foundSpace } from "@telar/contracts/spaces";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";
import type { Person } from "./testing/person.ts";

const hub = await createTestHub();
afterAll(hub.release);

const runs = 10_000;
const slowMs = 1000;

interface Parameter {
  name: string;
  in: "path" | "query";
  schema: Schema;
}
interface Schema {
  type?: string;
  enum?: unknown[];
  format?: string;
  maxLength?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
}
interface Described {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { "application/json"?: { schema: Schema } } };
}

const document = (await (await hub.app.request("/api/openapi.json")).json()) as {
  paths: Record<string, Record<string, Described>>;
};
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test("the OpenAPI document holds every operation", () => {
  expect(described.map(({ operation }) => operation.operationId).sort()).toEqual(
    operations.map(({ name }) => name).sort(),
  );
});

test(`no generated or hostile input makes an operation fail or wait (T13)`, async () => {
  const people = await cast();
  const failed: object[] = [];
  const statuses = new Map<number, number>();
  let slowestMs = 0;
  let ran = 0;
  const property = fc.asyncProperty(request(people.ids), async ({ who, path, method, init }) => {
    ran += 1;
    if (ran % 100 === 0) await people.comeBack();
    const began = performance.now();
    const headers = {
      ...init.headers,
      cookie: people.cookieOf(who),
      origin: "http://localhost:8080",
    };
    const answer = await hub.app.request(path, { ...init, method: method.toUpperCase(), headers });
    await answer.arrayBuffer();
    const ms = performance.now() - began;
    slowestMs = Math.max(slowestMs, ms);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500 || ms > slowMs)
      failed.push({ path, method, init, status: answer.status, ms });
    return answer.status < 500 && ms <= slowMs;
  });
  await fc.assert(property, { numRuns: runs });
  const table = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  process.stdout.write(
    `T13 operations: ${ran} runs, ${failed.length} failed, slowest ${Math.round(slowestMs)} ms; ${table.join(", ")}\n`,
  );
  expect(statuses.get(200)).toBeGreaterThan(runs / 100);
}, 300_000);

/** Somebody signed out, a coordinator and a steward; whoever loses their account to the input is replaced. */
async function cast() {
  const made = await hub.group();
  const { space } = await made.coordinator.call(foundSpace, {
    group: made.group,
    kind: "working",
    title: "Palabra",
    purpose: "Escucharnos",
    rules: "Nos cuidamos.",
    alias: "Jacaranda",
  });
  const people: Record<"nobody" | "coordinator" | "steward", Person> = {
    nobody: hub.newcomer(),
    coordinator: made.coordinator,
    steward: await hub.steward(),
  };
  const cookies = new Map(
    Object.entries(people).map(([who, person]) => [who, person.cookieHeader]),
  );
  const isHere = async (cookie = "") =>
    (await hub.app.request("/api/account", { headers: { cookie } })).status === 200;
  return {
    ids: { group: made.group, space },
    cookieOf: (who: keyof typeof people) => cookies.get(who) ?? "",
    async comeBack() {
      // The steward may have set limits that let nobody in.
      await hub.owner`
        update hub set invitation_hours = default, open_invitations = default, groups = default,
          members_per_group = default`;
      if (!(await isHere(cookies.get("coordinator"))))
        cookies.set("coordinator", (await hub.group()).coordinator.cookieHeader);
      if (!(await isHere(cookies.get("steward"))))
        cookies.set("steward", (await hub.steward()).cookieHeader);
    },
  };
}

function request(ids: Record<string, string>) {
  return fc.constantFrom(...described).chain(({ path, method, operation }) => {
    const parameters = operation.parameters ?? [];
    const body = operation.requestBody?.content["application/json"]?.schema;
    return fc
      .record({
        who: fc.constantFrom("nobody" as const, "coordinator" as const, "steward" as const),
        values: fc.tuple(...parameters.map((each) => anyOf(each.schema, ids[each.name]))),
        body: body
          ? fc.oneof({ weight: 9, arbitrary: bodyOf(body) }, rawBody)
          : fc.constant(undefined),
      })
      .map(({ who, values, body: sent }) => ({
        who,
        method,
        path: fill(path, parameters, values),
        init:
          sent === undefined
            ? { headers: {} }
            : { headers: { "content-type": "application/json" }, body: sent },
      }));
  });
}

function fill(path: string, parameters: Parameter[], values: unknown[]): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const [index, { name, in: where }] of parameters.entries()) {
    const value = asText(values[index]);
    if (where === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value) || "x");
    else if (values[index] !== undefined) query.append(name, value);
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}

const asText = (value: unknown) =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();

/** Text that breaks careless code: zero bytes, half surrogates, SQL, markup, turned direction, great length. */
const hostileText = fc.oneof(
  fc.constantFrom(
    "\u0000",
    "\ud800",
    "\u202eabc",
    "'; drop table accounts; --",
    "<script>alert(1)</script>",
    "%00%ff",
    "../../etc/passwd",
    "{{7*7}}",
    "ñ".repeat(5000),
    "e\u0301".repeat(60),
    "-1",
    "9".repeat(400),
    "NaN",
    "2026-02-30",
    "__proto__",
  ),
  fc.string({ unit: "binary", maxLength: 300 }),
);
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, -1, 0, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[[[]]]]),
  fc.array(hostileText, { maxLength: 60 }),
  fc.dictionary(hostileText, hostileText, { maxKeys: 5 }),
);

const anyOf = (schema: Schema, known?: string): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: welcome(schema, known) }, { weight: 1, arbitrary: hostile });

function welcome(schema: Schema, known?: string): fc.Arbitrary<unknown> {
  if (known) return fc.oneof({ weight: 4, arbitrary: fc.constant(known) }, fc.uuid());
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.format === "uuid") return fc.uuid();
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "integer" || schema.type === "number")
    return fc.integer({ min: -3, max: 200 });
  if (schema.type === "array" && schema.items)
    return fc.array(welcome(schema.items), { maxLength: 8 });
  if (schema.type === "object") return bodyValues(schema);
  return fc.oneof(
    fc.constantFrom("es", "Encino viejo", "ahuehuete ceiba copal encino fresno guaje nogal"),
    fc.string({ maxLength: Math.min(schema.maxLength ?? 200, 200) }),
  );
}

const bodyValues = ({ properties = {} }: Schema): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, anyOf(schema)])),
    { requiredKeys: [] },
  );

const bodyOf = (schema: Schema) => bodyValues(schema).map((values) => JSON.stringify(values));
const rawBody = fc.oneof(
  hostileText,
  fc.constantFrom("[]", "null", "{", '{"__proto__":{"steward":true}}', `{"a":${"[".repeat(3000)}`),
);
