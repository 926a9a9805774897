import { afterAll, expect, test } from "vitest";
import { createTestDatabase } from "./testing/database.ts";

const made = await createTestDatabase();
afterAll(made.release);

test("no statement, lock or open transaction of the api holds up everybody else", async () => {
  const [row] = await made.as("telar_api")`
    select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle`;
  expect(row).toEqual({ statement: "5s", lock: "2s", idle: "10s" });
});
