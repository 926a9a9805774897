import { randomUUID } from "node:crypto";
import type { AccountId, GroupId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import { actAs } from "./acting.ts";
import * as invitations from "./invitations.ts";
import { createTestDatabase } from "./testing/database.ts";

const { owner, as, release } = await createTestDatabase();
const database = as("telar_api");
afterAll(release);

async function newCoordinator(): Promise<{ group: GroupId; account: AccountId }> {
  const group = randomUUID() as GroupId;
  const account = randomUUID() as AccountId;
  await owner`insert into accounts (id, sign_in_name) values (${account}, ${account})`;
  await owner`insert into groups (id, name, kind) values (${group}, 'Tejido', 'victim_network')`;
  await owner`
    insert into memberships (group_id, account_id, alias, roles)
    values (${group}, ${account}, 'Ceiba', '{member,coordinator}')`;
  return { group, account };
}

async function invite({ group, account }: { group: GroupId; account: AccountId }) {
  const tokenHash = randomUUID();
  const made = { purpose: "membership", group, roles: [], tokenHash, ending: "WXYZ" } as const;
  const { id } = await actAs(database, { account }, (sql) =>
    invitations.addInvitation(sql, { ...made, roles: ["signatory"] }),
  );
  return { id, tokenHash };
}

const open = (tokenHash: string) =>
  actAs(database, { secret: tokenHash }, (sql) => invitations.getOpenInvitation(sql, tokenHash));
const notOpen = { code: "invitation_not_open" };

test("an invitation stays open as long as the hub says", async () => {
  await owner`update hub set invitation_hours = 5`;
  const { account, group } = await newCoordinator();
  const { expiresAt } = await actAs(database, { account }, (sql) =>
    invitations.addInvitation(sql, {
      purpose: "membership",
      group,
      roles: [],
      tokenHash: randomUUID(),
      ending: "WXYZ",
    }),
  );
  expect(Math.round((expiresAt.getTime() - Date.now()) / 3_600_000)).toBe(5);
});

test("a group's invitations are counted, listed and found by its coordinators only", async () => {
  const coordinator = await newCoordinator();
  const { id } = await invite(coordinator);
  const { group } = coordinator;
  const read = (account: AccountId) =>
    actAs(database, { account }, async (sql) => ({
      open: await invitations.countOpenInvitations(sql, group),
      listed: (await invitations.listInvitations(sql, group)).map((each) => each.id),
      found: await invitations.getInvitation(sql, id).catch(({ code }) => code),
    }));
  expect(await read(coordinator.account)).toMatchObject({
    open: 1,
    listed: [id],
    found: { id, group, roles: ["signatory"], ending: "WXYZ", state: "open" },
  });
  expect(await read((await newCoordinator()).account)).toEqual({
    open: 0,
    listed: [],
    found: "not_found",
  });
});

test("the shown secret opens an invitation until it is used", async () => {
  const { tokenHash } = await invite(await newCoordinator());
  expect(await open(tokenHash)).toMatchObject({ groupName: "Tejido", hubName: "Telar" });
  const use = () =>
    actAs(database, { secret: tokenHash }, (sql) => invitations.markUsed(sql, tokenHash));
  await use();
  await expect(use()).rejects.toMatchObject(notOpen);
  await expect(open(tokenHash)).rejects.toMatchObject(notOpen);
});

test("a revoked invitation, an expired one and one into a closed group are not open", async () => {
  const coordinator = await newCoordinator();
  const [revoked, expired, closed] = [
    await invite(coordinator),
    await invite(coordinator),
    await invite(await newCoordinator()),
  ];
  await actAs(database, { account: coordinator.account }, (sql) =>
    invitations.markRevoked(sql, revoked.id),
  );
  await owner`update invitations set expires_at = now() where id = ${expired.id}`;
  await owner`
    update groups set closed = true where id = (select group_id from invitations where id = ${closed.id})`;
  for (const { tokenHash } of [revoked, expired, closed])
    await expect(open(tokenHash)).rejects.toMatchObject(notOpen);
});

test("the invitations that belong to no group are closed together", async () => {
  const tokenHash = randomUUID();
  await invitations.addInvitation(owner, {
    purpose: "stewardship",
    roles: [],
    tokenHash,
    ending: "WXYZ",
  });
  const { tokenHash: kept } = await invite(await newCoordinator());
  await invitations.markAllRevoked(owner);
  await expect(open(tokenHash)).rejects.toMatchObject(notOpen);
  expect(await open(kept)).toMatchObject({ purpose: "membership" });
});

test("refused names are counted at the invitation that was shown, while it is open", async () => {
  const made = await invite(await newCoordinator());
  const other = await invite(await newCoordinator());
  const count = () =>
    actAs(database, { secret: made.tokenHash }, async (sql) => {
      await invitations.holdInvitation(sql, made.tokenHash);
      return invitations.countRefusedName(sql);
    });
  expect([await count(), await count()]).toEqual([1, 2]);
  const [row] = await owner`select refused from invitations where id = ${other.id}`;
  expect(row?.refused).toBe(0);
  await actAs(database, { secret: made.tokenHash }, (sql) =>
    invitations.markShownRevoked(sql, made.tokenHash),
  );
  await expect(count()).rejects.toMatchObject(notOpen);
  await expect(open(made.tokenHash)).rejects.toMatchObject(notOpen);
});
