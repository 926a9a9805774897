import { expect, test } from "vitest";
import { exampleEnv, readConfig } from "./config.ts";
import { Refusal } from "./refusals.ts";

const reasons = (variables: Record<string, string>) => {
  try {
    readConfig(variables);
    return [];
  } catch (problem) {
    if (problem instanceof Refusal) return problem.reasons;
    throw problem;
  }
};

test("without any setting the hub suits a laptop, and what is set to nothing is not set", () => {
  const usual = {
    PORT: 8080,
    HOST: "127.0.0.1",
    PUBLIC_URL: "http://localhost:8080",
    TELAR_DATA: ".telar",
    EXIT_URL: "https://www.wikipedia.org/",
    LOG_LEVEL: "warn",
    METRICS_FROM: "loopback",
  };
  expect(readConfig({})).toEqual(usual);
  expect(readConfig({ PORT: "", PUBLIC_URL: "", DATABASE_URL: "" })).toEqual(usual);
});

test.each([
  ["https://telar.example", "https://telar.example"],
  ["https://telar.example:8443/", "https://telar.example:8443"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://[::1]:3000", "http://[::1]:3000"],
  ["http://telarxyz.onion", "http://telarxyz.onion"],
])("people may reach the hub at %s", (given, origin) => {
  expect(readConfig({ PUBLIC_URL: given }).PUBLIC_URL).toBe(origin);
});

test.each([
  ["PUBLIC_URL", "http://telar.example"],
  ["PUBLIC_URL", "http://localhost.telar.example"],
  ["PUBLIC_URL", "http://onion.example"],
  ["PUBLIC_URL", "https://telar.example/hub"],
  ["PUBLIC_URL", "https://telar.example?a"],
  ["PUBLIC_URL", "https://ceiba@telar.example"],
  ["PUBLIC_URL", "telar.example"],
  ["PORT", "0"],
  ["PORT", "65536"],
  ["PORT", "80.5"],
  ["HOST", "a b"],
  ["DATABASE_URL", "mysql://localhost/telar"],
  ["DATABASE_URL", "postgres://localhost"],
  ["DATABASE_URL", "postgres://telar@db.example/telar"],
  ["DATABASE_URL", "postgres://telar@db.example/telar?sslmode=prefer"],
  ["EXIT_URL", "http://example.org"],
  ["EXIT_URL", "javascript:alert(1)"],
  ["LOG_LEVEL", "loud"],
  ["METRICS_FROM", "me"],
])("%s=%s is refused by name in both languages", (name, value) => {
  expect(reasons({ [name]: value })).toEqual([
    {
      es: expect.stringContaining(`${name} debe ser `),
      en: expect.stringContaining(`${name} must be `),
    },
  ]);
});

test("every wrong value has its reason, and none is repeated", () => {
  const found = reasons({ PORT: "x", EXIT_URL: "secreto", DATABASE_URL: "secreto" });
  expect(found).toHaveLength(3);
  expect(JSON.stringify(found)).not.toContain("secreto");
});

test(".env.example says every setting, its meaning and what it is left alone", async () => {
  const mend = "write it anew with: npx vitest run --project code apps/hub/src/config.test.ts -u";
  await expect(exampleEnv(), mend).toMatchFileSnapshot("../../../.env.example");
});

test("a PostgreSQL on another machine is reached over TLS", () => {
  const url = "postgres://telar@db.example/telar?sslmode=require";
  expect(readConfig({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
});
