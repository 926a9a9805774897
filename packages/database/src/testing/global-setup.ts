import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../embedded.ts";
import { dropTemplate, prepareTemplate } from "./database.ts";

/** One PostgreSQL for a whole test run: the one of TEST_POSTGRES, or an embedded one that ends with the run. */
export async function setup(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES;
  const server = given ? { url: given, close: async () => {} } : await startTemporary();
  const template = `template_${crypto.randomUUID().replaceAll("-", "")}`;
  await prepareTemplate(server.url, template);
  process.env.TEST_POSTGRES = server.url;
  process.env.TEST_TEMPLATE = template;
  return async () => {
    await dropTemplate(server.url, template);
    await server.close();
  };
}

/** What a crash would lose here is thrown away anyway; databases are made and dropped by the hundred. */
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

async function startTemporary() {
  const folder = await mkdtemp(join(tmpdir(), "telar-test-"));
  const { url, close } = await startPostgres({ folder: join(folder, "postgres"), settings: hasty });
  return {
    url,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
