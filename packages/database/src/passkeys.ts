import type { AccountId, PasskeyId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

/** For making a passkey of that account, which need not exist yet; the challenge is claimed as the secret. */
export async function addChallenge(
  sql: Sql,
  challengeHash: string,
  account: AccountId,
): Promise<void> {
  await sql`
    insert into passkey_challenges (challenge_hash, account_id) values (${challengeHash}, ${account})`;
}

/** Uses a challenge up: of two answers to it one is heard. Undefined for one that was used, is past or was never made. */
export async function takeChallenge(
  sql: Sql,
  challengeHash: string,
): Promise<{ account: AccountId } | undefined> {
  const [challenge] = await sql<{ account: AccountId; open: boolean }[]>`
    delete from passkey_challenges where challenge_hash = ${challengeHash} and account_id is not null
    returning account_id as account, ends_at > now() as open`;
  return challenge?.open ? { account: challenge.account } : undefined;
}

/** Of two right answers to one sign-in challenge the second fails with `wrong_sign_in`; claimed as the secret. */
export async function markAnswered(sql: Sql, challengeHash: string): Promise<void> {
  const { count } = await sql`
    insert into passkey_challenges (challenge_hash) values (${challengeHash}) on conflict do nothing`;
  if (count === 0) throw new HubError("wrong_sign_in");
}

export interface PasskeyRow {
  id: PasskeyId;
  account: AccountId;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

/** Fails with `already_done` for a passkey that is known. */
export async function addPasskey(
  sql: Sql,
  made: {
    account: AccountId;
    credentialId: string;
    credentialHash: string;
    publicKey: Uint8Array;
    counter: number;
    transports: string[];
    name: string;
  },
): Promise<PasskeyId> {
  const { account, credentialId, credentialHash, publicKey, counter, transports, name } = made;
  try {
    const [passkey] = await sql<[{ id: PasskeyId }]>`
      insert into passkeys (account_id, credential_id, credential_hash, public_key, counter, transports, name)
      values (${account}, ${credentialId}, ${credentialHash}, ${publicKey}, ${counter}, ${transports}, ${name})
      returning id`;
    return passkey.id;
  } catch (error) {
    throw brokenConstraint(error) === "passkeys_credential_id_key"
      ? new HubError("already_done")
      : error;
  }
}

/** The passkey whose credential is claimed as the secret. */
export async function findPasskey(
  sql: Sql,
  credentialHash: string,
): Promise<PasskeyRow | undefined> {
  const [passkey] = await sql<PasskeyRow[]>`
    select id, account_id as account, credential_id, public_key, counter
    from passkeys where credential_hash = ${credentialHash}`;
  return passkey;
}

export function listPasskeys(
  sql: Sql,
  account: AccountId,
): Promise<
  {
    id: PasskeyId;
    name: string;
    credentialId: string;
    transports: string[];
    usedThisWeek: boolean;
  }[]
> {
  return sql`
    select id, name, credential_id, transports,
      used_week = date_trunc('week', current_date)::date as used_this_week
    from passkeys where account_id = ${account} order by used_week desc, id limit 100`;
}

/** A copied passkey is noticed by a counter that does not grow, so it never goes back. */
export async function markUsed(sql: Sql, id: PasskeyId, counter: number): Promise<void> {
  await sql`
    update passkeys set used_week = date_trunc('week', current_date), counter = greatest(counter, ${counter})
    where id = ${id}`;
}

export async function removePasskey(sql: Sql, account: AccountId, id: PasskeyId): Promise<void> {
  const { count } = await sql`delete from passkeys where id = ${id} and account_id = ${account}`;
  if (count === 0) throw new HubError("not_found");
}

export async function removePasskeys(sql: Sql, account: AccountId): Promise<void> {
  await sql`delete from passkeys where account_id = ${account}`;
}
