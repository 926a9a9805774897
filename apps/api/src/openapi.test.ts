import { Validator } from "@seriousme/openapi-schema-validator";
import { operations } from "@telar/contracts/operations";
import { afterAll, expect, test } from "vitest";
import { createTestHub } from "./testing/hub.ts";

const hub = await createTestHub();
afterAll(hub.release);

const answer = await hub.app.request("/api/openapi.json");
const document = (await answer.json()) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
};
interface Described {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: { "application/json": { schema: { properties: object } } } };
  security?: object[];
}
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const find = (name: string) => described.find(({ operation }) => operation.operationId === name);

test("the document is valid OpenAPI 3.1, with every reference resolved", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
  expect(() => validator.resolveRefs()).not.toThrow();
});

test("every operation of the contracts stands in the document once", () => {
  expect(described.map(({ operation }) => operation.operationId).sort()).toEqual(
    operations.map(({ name }) => name).sort(),
  );
});

test("every operation of the contracts is mounted", () => {
  const mounted = new Set(hub.app.routes.map(({ method, path }) => `${method} ${path}`));
  const missing = operations.filter(
    ({ operation: { method, path } }) => !mounted.has(`${method} ${path}`),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test("no two operations have the same method and path", () => {
  const places = operations.map(({ operation: { method, path } }) => `${method} ${path}`);
  expect(new Set(places).size).toBe(places.length);
});

test("every parameter in a path is declared, and nothing beside them", () => {
  for (const { path, operation } of described) {
    const declared = (operation.parameters ?? []).filter((each) => each.in === "path");
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(declared.map(({ name }) => name).sort()).toEqual(named.sort());
    expect(declared.every(({ required }) => required)).toBe(true);
  }
});

test("fields of a write stand in its body, fields of a reading in its query", () => {
  const closing = find("closeGroup")?.operation;
  expect(
    Object.keys(closing?.requestBody?.content["application/json"].schema.properties ?? {}),
  ).toEqual(["closed", "reason"]);
  expect(find("listGroups")?.operation).not.toHaveProperty("requestBody");
  expect(find("listGroups")?.operation.parameters?.map(({ name }) => name)).toContain("region");
});

test("the limits of a text are those that count after tidying", () => {
  const body = find("closeGroup")?.operation.requestBody?.content["application/json"].schema;
  expect(body?.properties).toMatchObject({ reason: { minLength: 3, maxLength: 300 } });
});

test("only operations that ask for no session lack one in the document", () => {
  const open = described.filter(({ operation }) => operation.security === undefined);
  expect(open.map(({ operation }) => operation.operationId).sort()).toEqual(
    operations
      .filter(({ operation }) => operation.proof === "none")
      .map(({ name }) => name)
      .sort(),
  );
});
