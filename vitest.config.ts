import { defineConfig } from "vitest/config";

const database = "packages/database/src/testing/global-setup.ts";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "code",
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}", "infra/**/*.test.ts"],
          globalSetup: [database],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
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
