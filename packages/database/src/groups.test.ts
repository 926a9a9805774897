import { randomUUID } from "node:crypto";
import type { GroupKind, ProfileField, Visibility } from "@telar/contracts/groups";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as groups from "./groups.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newAccount(): Promise<AccountId> {
  const id = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
  return id;
}

async function newGroup(
  name: string,
  visibility: Visibility = "members",
  kind: GroupKind = "victim_network",
): Promise<GroupId> {
  const id = randomUUID() as GroupId;
  await owner`
    insert into groups (id, name, kind, name_visibility) values (${id}, ${name}, ${kind}, ${visibility})`;
  return id;
}

async function newMember(group: GroupId, roles = ["member"]): Promise<AccountId> {
  const account = await newAccount();
  await owner`
    insert into memberships (group_id, account_id, alias, roles)
    values (${group}, ${account}, ${account.slice(0, 30)}, ${roles})`;
  return account;
}

const newCoordinator = (group: GroupId) => newMember(group, ["member", "coordinator"]);

const write = (group: GroupId, field: ProfileField, value: string, visibility: Visibility) =>
  owner`
    insert into profile_entries (group_id, field, value, visibility)
    values (${group}, ${field}, ${value}, ${visibility})`;

async function names(
  claims: { account?: AccountId },
  filter: groups.DirectoryFilter = {},
  after?: groups.Place,
  limit = 25,
) {
  const signedIn = claims.account !== undefined;
  const found = await actAs(database, claims, (sql) =>
    groups.listGroups(sql, filter, { signedIn, after, limit }),
  );
  return found.map(({ name }) => name);
}

test("a group is founded before anybody can see it", async () => {
  const id = randomUUID() as GroupId;
  await actAs(database, { account: await newAccount() }, async (sql) => {
    await groups.addGroup(sql, { id, name: "Tejido", kind: "expert_network" });
    await expect(groups.getGroup(sql, id)).rejects.toMatchObject({ code: "not_found" });
  });
  expect(await groups.getGroup(owner, id)).toMatchObject({ name: "Tejido", closed: false });
});

test("a group is held for change by its members and by nobody else", async () => {
  const id = await newGroup("Manantial", "public");
  const hold = (account: AccountId) =>
    actAs(database, { account }, (sql) => groups.getGroupForChange(sql, id));
  await hold(await newMember(id));
  await expect(hold(await newAccount())).rejects.toMatchObject({ code: "not_found" });
});

test("a profile is written anew by a coordinator, and each field has its own readers", async () => {
  const id = await newGroup("Vereda");
  const coordinator = await newCoordinator(id);
  const visibility = { ...groups.visibilityOf("public", []), region: "public" as const };
  const profile = {
    about: "Caminamos juntas.",
    region: "Oaxaca",
    languages: ["es", "mix"],
  } as const;
  await actAs(database, { account: coordinator }, async (sql) => {
    await groups.changeProfile(
      sql,
      id,
      "Vereda",
      { region: "Sonora", contact: "radio" },
      visibility,
    );
    await groups.changeProfile(
      sql,
      id,
      "La Vereda",
      { ...profile, languages: ["es", "mix"] },
      visibility,
    );
    const entries = await groups.listProfileEntries(sql, [id]);
    expect(groups.profileOf(entries)).toEqual({ ...profile, capabilities: [] });
    expect(groups.visibilityOf("public", entries)).toEqual(visibility);
    const [card] = await groups.listProfileEntries(sql, [id], ["region"]);
    expect(card).toMatchObject({ field: "region", value: "Oaxaca" });
  });
  await actAs(database, {}, async (sql) => {
    expect(await groups.getGroup(sql, id)).toMatchObject({ name: "La Vereda" });
    expect(groups.profileOf(await groups.listProfileEntries(sql, [id]))).toEqual({
      region: "Oaxaca",
      languages: [],
      capabilities: [],
    });
  });
});

test("a group is seen whole in one statement, as far as it is open to the reader, who stays nobody after it", async () => {
  const id = await newGroup("Ladera", "peers");
  await write(id, "region", "Jalisco", "public");
  await write(id, "contact", "radio", "members");
  const coordinator = await newCoordinator(id);
  const reader = await newMember(id);
  await newMember(id);
  await owner`insert into memberships (group_id, alias) values (${id}, 'Sin cuenta')`;
  const see = (who?: AccountId) => groups.getSeenGroup(database, id, who);
  const { people, ...seen } = await see(reader);
  expect(seen).toEqual({
    id,
    name: "Ladera",
    kind: "victim_network",
    nameVisibility: "peers",
    closed: false,
    entries: [
      { field: "contact", value: "radio", visibility: "members" },
      { field: "region", value: "Jalisco", visibility: "public" },
    ],
  });
  const expected = [
    { alias: coordinator.slice(0, 30), you: false, members: 4 },
    { alias: reader.slice(0, 30), you: true, members: 4 },
  ];
  expect(people).toHaveLength(2);
  expect(people).toEqual(
    expect.arrayContaining(expected.map((one) => expect.objectContaining(one))),
  );
  const outside = await see(await newAccount());
  expect(outside).toMatchObject({ people: [], entries: [{ field: "region" }] });
  await expect(see()).rejects.toMatchObject({ code: "not_found" });
  await expect(see(randomUUID() as AccountId)).resolves.toMatchObject({ people: [] });
  const after = await Promise.all(
    Array.from({ length: 20 }, () => database`select acting_account() as account`),
  );
  expect(after.flat()).toEqual(Array(20).fill({ account: null }));
});

test("a dissolved group says nothing of itself any more", async () => {
  const id = await newGroup("Brasa", "public");
  await write(id, "region", "Colima", "public");
  await actAs(database, { account: await newCoordinator(id) }, (sql) =>
    groups.markDissolved(sql, id),
  );
  expect(await names({})).not.toContain("Brasa");
  expect(await groups.listProfileEntries(owner, [id])).toEqual([]);
  expect(await groups.getGroup(owner, id)).toMatchObject({ closed: true });
});

test("the directory shows each reader what groups chose to show beyond themselves", async () => {
  const open = await newGroup("Z abierta", "public");
  await newGroup("Z de pares", "peers");
  const shared = await newGroup("Z de coalición", "coalition");
  const hidden = await newGroup("Z oculta");
  const closed = await newGroup("Z cerrada", "public");
  await owner`update groups set closed = true where id = ${closed}`;
  const [{ id: coalition }] = await owner<[{ id: string }]>`
    insert into coalitions (name, agreement) values ('Encuentro', 'Nos cuidamos.') returning id`;
  for (const group of [open, shared])
    await owner`
      insert into coalition_groups (coalition_id, group_id, state) values (${coalition}, ${group}, 'member')`;
  const filter = { name: "z " };
  expect(await names({}, filter)).toEqual(["Z abierta"]);
  expect(await names({ account: await newAccount() }, filter)).toEqual(["Z abierta", "Z de pares"]);
  expect(await names({ account: await newMember(open) }, filter)).toEqual([
    "Z abierta",
    "Z de coalición",
    "Z de pares",
  ]);
  expect(await names({ account: await newMember(hidden) }, filter)).not.toContain("Z oculta");
  const steward = await newAccount();
  await owner`insert into stewards (account_id, alias) values (${steward}, 'Sabino')`;
  expect(await names({ account: steward }, filter)).toEqual(["Z abierta", "Z de pares"]);
});

test("the directory is narrowed by what a group shows, and by nothing that it hides", async () => {
  const shown = await newGroup("Y clara", "public", "expert_network");
  const reserved = await newGroup("Y reservada", "public", "expert_network");
  for (const [group, visibility] of [
    [shown, "public"],
    [reserved, "members"],
  ] as const) {
    await write(group, "capabilities", "forensic", visibility);
    await write(group, "languages", "tzo", visibility);
    await write(group, "region", "Altos de Chiapas", visibility);
  }
  const filters: groups.DirectoryFilter[] = [
    { capability: "forensic" },
    { language: "tzo" },
    { region: "ÁLTOS DE" },
    { kind: "expert_network", capability: "forensic", language: "tzo", region: "altos" },
  ];
  for (const filter of filters) {
    expect(await names({}, { ...filter, name: "y" })).toEqual(["Y clara"]);
    expect(await names({ account: await newMember(reserved) }, { ...filter, name: "y" })).toEqual([
      "Y clara",
      "Y reservada",
    ]);
  }
  expect(await names({}, { name: "y", kind: "institution" })).toEqual([]);
  expect(await names({}, { name: "y", capability: "legal" })).toEqual([]);
});

test("the beginning of a name is found in any case and with or without accents, and ñ is a letter", async () => {
  for (const name of ["Árbol", "ARBOLEDA", "Arce", "Ñandú", "Nube"]) await newGroup(name, "public");
  for (const typed of ["arbol", "Árbol", "ÁRBOL"])
    expect(await names({}, { name: typed })).toEqual(["Árbol", "ARBOLEDA"]);
  expect(await names({}, { name: "ñ" })).toEqual(["Ñandú"]);
  expect(await names({}, { name: "n" })).toEqual(["Nube"]);
  expect(await names({}, { name: "%" })).toEqual([]);
});

test("pages follow each other without a gap or a repetition, also among equal names", async () => {
  for (const visibility of ["public", "peers", "public", "peers", "public"] as const)
    await newGroup("X igual", visibility);
  const reader = { account: await newAccount() };
  const seen: string[] = [];
  let after: groups.Place | undefined;
  for (let page = 0; page < 3; page += 1) {
    const found = await actAs(database, reader, (sql) =>
      groups.listGroups(sql, { name: "x" }, { signedIn: true, after, limit: 2 }),
    );
    seen.push(...found.map(({ id }) => id));
    const last = found.at(-1);
    after = last && [last.name, last.id];
  }
  expect(new Set(seen).size).toBe(5);
});

test("a page of the directory reads no more rows among thousands of groups than among few", async () => {
  await owner`
    insert into groups (name, kind, name_visibility)
    select 'W ' || md5(n::text), 'victim_network', case n % 2 when 0 then 'public' else 'peers' end
    from generate_series(1, 5000) n`;
  await owner`analyze groups`;
  const account = await newAccount();
  const plan = await actAs(database, { account }, (sql) => {
    const page = groups.listGroups(sql, {}, { signedIn: true, limit: 26 });
    return sql<{ "QUERY PLAN": unknown }[]>`explain (analyze, format json) ${page as never}`;
  });
  const text = JSON.stringify(plan);
  expect(text).toContain("groups_in_directory");
  const rows = [...text.matchAll(/"Actual Rows":([\d.]+)/g)].map(([, count]) => Number(count));
  expect(Math.max(...rows)).toBeLessThanOrEqual(26);
  expect(text).not.toMatch(/"Rows Removed by Filter":[1-9]\d\d/);
});
