import type { AccountId, GroupId, MembershipId } from "@telar/contracts/ids";
import type { Role } from "@telar/contracts/memberships";
import { actAs, type Claims } from "../acting.ts";
import type { Sql } from "../connection.ts";
import type { TestDatabase } from "./database.ts";

export interface Somebody {
  account: AccountId;
  id: MembershipId;
  /** Runs in a transaction of theirs, behind the wall. */
  do<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
}

/** People and groups put straight into the tables, before the wall. */
export function createCast({ owner, as }: Pick<TestDatabase, "owner" | "as">) {
  const database = as("telar_api");
  const doAs =
    (claims: Claims) =>
    <Result>(work: (sql: Sql) => Promise<Result>) =>
      actAs(database, claims, work);

  async function addAccount(): Promise<AccountId> {
    const id = crypto.randomUUID() as AccountId;
    await owner`insert into accounts (id, sign_in_name) values (${id}, ${id})`;
    return id;
  }

  return {
    async group(name = "Tejido", kind = "victim_network", nameVisibility = "members") {
      const id = crypto.randomUUID() as GroupId;
      await owner`
        insert into groups (id, name, kind, name_visibility) values (${id}, ${name}, ${kind}, ${nameVisibility})`;
      return id;
    },
    /** Somebody new in the group, or somebody who is elsewhere already. */
    async member(
      group: GroupId,
      alias: string,
      roles: Role[] = [],
      known?: AccountId,
    ): Promise<Somebody> {
      const account = known ?? (await addAccount());
      const id = crypto.randomUUID() as MembershipId;
      await owner`
        insert into memberships (id, group_id, account_id, alias, roles)
        values (${id}, ${group}, ${account}, ${alias}, ${["member", ...roles]})`;
      return { account, id, do: doAs({ account }) };
    },
    async steward(alias: string, known?: AccountId) {
      const account = known ?? (await addAccount());
      const [{ id }] = await owner<[{ id: string }]>`
        insert into stewards (account_id, alias) values (${account}, ${alias}) returning id`;
      return { account, id, do: doAs({ account }) };
    },
    async stranger() {
      const account = await addAccount();
      return { account, do: doAs({ account }) };
    },
  };
}
