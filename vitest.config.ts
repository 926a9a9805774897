import { defineConfig } from "vitest/config";

const database = "packages/database/src/testing/global-setup.ts";
const ofCode = { globalSetup: [database], testTimeout: 20_000, hookTimeout: 30_000 };

/** They put something in the place of a module or of the network, which no other file may find. */
const apart = ["apps/api/src/row-level-wall.test.ts", "apps/api/src/notice-jobs.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...ofCode,
          name: "code",
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}", "infra/**/*.test.ts"],
          exclude: apart,
          // One process for all files: each would read the same sources again.
          isolate: false,
        },
      },
      { test: { ...ofCode, name: "apart", include: apart } },
      {
        test: {
          name: "journeys",
          include: ["apps/web/journeys/**/*.test.ts"],
          globalSetup: ["apps/web/journeys/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
