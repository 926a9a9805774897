import { readFile } from "node:fs/promises";
import { GroupKind } from "@telar/contracts/groups";
import { LanguageCode } from "@telar/contracts/languages";
import { SpaceKind } from "@telar/contracts/spaces";
import * as z from "zod";

const Slug = z.string();
const Languages = z.array(LanguageCode);

/** What of the invented Encuentro a hub can hold so far. */
export const Scenario = z.object({
  hubs: z.array(z.object({ slug: Slug, name: z.string(), languages: Languages })),
  groups: z.array(
    z.object({
      hub: Slug,
      slug: Slug,
      name: z.string(),
      kind: GroupKind,
      region: z.string(),
      languages: Languages,
    }),
  ),
  observer: z.object({ hub: Slug, slug: Slug, name: z.string(), kind: GroupKind }),
  coalition: z.object({
    slug: Slug,
    name: z.string(),
    conveners: z.array(Slug),
    members: z.array(Slug),
    hosted_by: Slug,
  }),
  participants: z.array(
    z.object({ alias: z.string(), group: Slug, minor: z.boolean(), languages: Languages }),
  ),
  spaces: z.array(
    z.object({
      owner: Slug,
      title: z.string(),
      kind: SpaceKind,
      content_note_required: z.boolean().default(false),
      messages: z.array(z.string()),
    }),
  ),
  statement: z.object({ mandates: z.record(Slug, z.string()) }),
});
export type Scenario = z.infer<typeof Scenario>;

export async function readScenario(): Promise<Scenario> {
  const text = await readFile(new URL("./scenario.json", import.meta.url), "utf8");
  return Scenario.parse(JSON.parse(text));
}
