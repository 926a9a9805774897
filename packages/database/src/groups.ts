import {
  type Capability,
  type GroupKind,
  type Profile,
  ProfileField,
  type ProfileVisibility,
  type Visibility,
} from "@telar/contracts/groups";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import type { LanguageCode } from "@telar/contracts/languages";
import { HubError } from "@telar/contracts/problems";
import type postgres from "postgres";
import type { Database, Sql } from "./connection.ts";
import type { Person } from "./memberships.ts";

type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface GroupRow {
  id: GroupId;
  name: string;
  kind: GroupKind;
  nameVisibility: Visibility;
  closed: boolean;
}

/** Without `returning`: nobody sees a group before its first membership. */
export async function addGroup(
  sql: Sql,
  group: { id: GroupId; name: string; kind: GroupKind },
): Promise<void> {
  await sql`insert into groups (id, name, kind) values (${group.id}, ${group.name}, ${group.kind})`;
}

/** `not_found` too for a group that is not open to the caller. */
export async function getGroup(sql: Sql, id: GroupId): Promise<GroupRow> {
  const [group] = await sql<GroupRow[]>`
    select id, name, kind, name_visibility, closed from groups where id = ${id}`;
  if (!group) throw new HubError("not_found");
  return group;
}

/** A group with all of it that is open to the reader. */
export interface SeenGroup extends GroupRow {
  entries: SaidOfGroup[];
  /** The reader and those who coordinate, by alias, each with how many people the group has. */
  people: (Person & { members: number })[];
}

/** `not_found` as `getGroup`, but in a statement of its own, which opens the wall for the reader by itself. */
export async function getSeenGroup(
  database: Database,
  id: GroupId,
  reader: AccountId | undefined,
): Promise<SeenGroup> {
  const [row] = await database<[{ seen: string | null }]>`
    select seen_group(${reader ?? null}, ${id})::text as seen`;
  if (!row.seen) throw new HubError("not_found");
  return JSON.parse(row.seen) as SeenGroup;
}

/** Holds the group's places still until the transaction ends; only its members can. */
export async function getGroupForChange(sql: Sql, id: GroupId): Promise<void> {
  const { count } = await sql`select from groups where id = ${id} for no key update`;
  if (count === 0) throw new HubError("not_found");
}

export interface DirectoryFilter {
  kind?: GroupKind | undefined;
  capability?: Capability | undefined;
  language?: LanguageCode | undefined;
  /** Beginnings, in any case and with or without accents. */
  region?: string | undefined;
  name?: string | undefined;
}

/** Where a list goes on: a name and an id. */
export type Place = readonly [string, string];

export interface DirectoryRow {
  id: GroupId;
  name: string;
  kind: GroupKind;
}

/**
 * The groups that chose to be seen by the caller beside their own members, by name. Every visibility is walked
 * along its own index, so that a page costs the same however many groups there are.
 */
export function listGroups(
  sql: Sql,
  filter: DirectoryFilter,
  { signedIn, after, limit }: { signedIn: boolean; after?: Place | undefined; limit: number },
): Promise<DirectoryRow[]> {
  const wanted = sql`not closed ${narrow(sql, filter)}
    ${after ? sql`and (name collate "es-x-icu", id) > (${after[0]}, ${after[1]})` : sql``}
    order by name collate "es-x-icu", id limit ${limit}`;
  const seenBy = (visibility: Visibility, more = sql``) => sql`
    (select id, name, kind from groups where name_visibility = ${visibility} ${more} and ${wanted})`;
  const forAccounts = sql`
    union all ${seenBy("peers")}
    union all ${seenBy("coalition", sql`and id in (select my_coalition_groups())`)}`;
  return sql<DirectoryRow[]>`
    select id, name, kind from (${seenBy("public")} ${signedIn ? forAccounts : sql``}) as seen
    order by name collate "es-x-icu", id limit ${limit}`;
}

/** Searches only among the profile entries that the wall shows to the caller. */
function narrow(sql: Sql, { kind, capability, language, region, name }: DirectoryFilter) {
  const says = (field: ProfileField, value: Fragment) => sql`
    and id in (select group_id from profile_entries where field = ${field} and ${value})`;
  return sql`
    ${kind ? sql`and kind = ${kind}` : sql``}
    ${capability ? says("capabilities", sql`value = ${capability}`) : sql``}
    ${language ? says("languages", sql`value = ${language}`) : sql``}
    ${region ? says("region", beginsWith(sql, sql`value`, region)) : sql``}
    ${name ? sql`and ${beginsWith(sql, sql`name`, name)}` : sql``}`;
}

/**
 * In the order of Spanish the letters without accents come first among their like, and U+FFFF after every
 * letter (CLDR root collation), so that a beginning is a range of the index; `ñ` stays a letter of its own.
 */
export function beginsWith(sql: Sql, column: Fragment, typed: string) {
  const plain = typed
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<!n)\u0303|[\u0300-\u0302\u0304-\u036f]/g, "")
    .normalize("NFC");
  return sql`${column} collate "es-x-icu" >= ${plain} and ${column} collate "es-x-icu" < ${`${plain}\uffff`}`;
}

interface SaidOfGroup {
  field: ProfileField;
  value: string;
  visibility: Visibility;
}

export interface ProfileEntry extends SaidOfGroup {
  group: GroupId;
}

/** The entries of these groups' profiles, or of some of their fields, that are open to the caller. */
export function listProfileEntries(
  sql: Sql,
  groups: GroupId[],
  fields: readonly ProfileField[] = ProfileField.options,
): Promise<ProfileEntry[]> {
  return sql<ProfileEntry[]>`
    select group_id as "group", field, value, visibility from profile_entries
    where group_id = any (${groups}) and field = any (${fields}) order by group_id, field, place`;
}

/** Writes the whole profile anew. */
export async function changeProfile(
  sql: Sql,
  id: GroupId,
  name: string,
  profile: Profile,
  visibility: ProfileVisibility,
): Promise<void> {
  await sql`
    update groups set name = ${name}, name_visibility = ${visibility.name} where id = ${id}`;
  await sql`delete from profile_entries where group_id = ${id}`;
  const entries = Object.entries(profile).flatMap(([field, value]) =>
    [value].flat().map((each, place) => ({
      group_id: id,
      field,
      place,
      value: each ?? "",
      visibility: visibility[field as ProfileField],
    })),
  );
  const kept = entries.filter(({ value }) => value !== "");
  if (kept.length > 0) await sql`insert into profile_entries ${sql(kept)}`;
}

/** For its last member, about to leave: nobody is left to answer for what the group says of itself. */
export async function markDissolved(sql: Sql, id: GroupId): Promise<void> {
  await sql`update groups set closed = true, name_visibility = 'members' where id = ${id}`;
  await sql`delete from profile_entries where group_id = ${id}`;
}

/** What the entries say, field by field. */
export function profileOf(entries: SaidOfGroup[]): Profile {
  const all = (wanted: ProfileField) =>
    entries.filter(({ field }) => field === wanted).map(({ value }) => value);
  const [about] = all("about");
  const [region] = all("region");
  const [contact] = all("contact");
  const lists = { languages: all("languages"), capabilities: all("capabilities") };
  return {
    ...(about && { about }),
    ...(region && { region }),
    ...(contact && { contact }),
    ...(lists as Pick<Profile, "languages" | "capabilities">),
  };
}

/** Who sees each field; what was never written is for members, until somebody opens it. */
export function visibilityOf(name: Visibility, entries: SaidOfGroup[]): ProfileVisibility {
  const of = (wanted: ProfileField) =>
    entries.find(({ field }) => field === wanted)?.visibility ?? "members";
  const fields = ProfileField.options.map((field) => [field, of(field)]);
  return { name, ...Object.fromEntries(fields) } as ProfileVisibility;
}
