import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres } from "../embedded.ts";
import { dropTemplate, prepareTemplate } from "./database.ts";
import { testFolder } from "./folder.ts";

/** One PostgreSQL for a whole test run: the one of TEST_POSTGRES, or an embedded one that ends with the run. */
export async function setup(): Promise<() => Promise<void>> {
  const isSetUp = Boolean(process.env.TEST_TEMPLATE);
  return isSetUp ? async () => {} : setUp();
}

async function setUp(): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES;
  const folder = await mkdtemp(join(testFolder, "telar-test-"));
  const server = given ? { url: given, close: async () => {} } : await startTemporary(folder);
  const template = `template_${crypto.randomUUID().replaceAll("-", "")}`;
  await prepareTemplate(server.url, template);
  process.env.TEST_POSTGRES = server.url;
  process.env.TEST_TEMPLATE = template;
  process.env.TEST_FOLDER = folder;
  return async () => {
    await dropTemplate(server.url, template);
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}

/** What a crash would lose here is thrown away anyway; databases are made and dropped by the hundred. */
const hasty = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

function startTemporary(folder: string): Promise<EmbeddedPostgres> {
  return startPostgres({ folder: join(folder, "postgres"), settings: hasty });
}
