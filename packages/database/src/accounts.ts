import type { AccountId } from "@telar/contracts/ids";
import type { LanguageCode } from "@telar/contracts/languages";
import { HubError } from "@telar/contracts/problems";
import type { Sql } from "./connection.ts";
import { brokenConstraint } from "./errors.ts";

export interface AccountRow {
  id: AccountId;
  signInName: string;
  passphraseHash: string | null;
  language: LanguageCode;
  zone: string;
  dataSaver: boolean;
  pausedUntil: Date | null;
  safetySeen: boolean;
}

/**
 * The form in which sign-in names are stored and compared: capitals and width do not matter. Lower case may come apart
 * into letter and mark, so that it is composed again.
 */
export function comparedName(signInName: string): string {
  return signInName.normalize("NFKC").toLowerCase().normalize("NFKC");
}

/** Fails with `name_taken` when somebody signs in with that name already. */
export async function addAccount(
  sql: Sql,
  account: {
    id: AccountId;
    signInName: string;
    /** Null: signs in with a passkey. */
    passphraseHash: string | null;
    language: LanguageCode;
  },
): Promise<void> {
  try {
    await sql`
      insert into accounts (id, sign_in_name, passphrase_hash, language)
      values (${account.id}, ${comparedName(account.signInName)}, ${account.passphraseHash},
        ${account.language})`;
  } catch (error) {
    const constraint = brokenConstraint(error);
    if (constraint === "accounts_pkey") throw new HubError("already_done");
    if (constraint !== "sign_in_name_is_free") throw error;
    throw new HubError("name_taken", undefined, { fields: { signInName: "taken" } });
  }
}

/** The account behind a sign-in name that was claimed with `actAs`. */
export async function findAccountByName(
  sql: Sql,
  signInName: string,
): Promise<{ id: AccountId; passphraseHash: string | null } | undefined> {
  const [account] = await sql<{ id: AccountId; passphraseHash: string | null }[]>`
    select id, passphrase_hash from accounts where sign_in_name = ${comparedName(signInName)}`;
  return account;
}

export async function getAccount(sql: Sql, id: AccountId): Promise<AccountRow> {
  const [account] = await sql<AccountRow[]>`
    select id, sign_in_name, passphrase_hash, language, zone, data_saver, paused_until, safety_seen
    from accounts where id = ${id}`;
  if (!account) throw new HubError("not_signed_in");
  return account;
}

/** Holds the account until the transaction ends, so that what depends on all of it changes one step at a time. */
export async function getAccountForChange(sql: Sql, id: AccountId): Promise<AccountRow> {
  await sql`select from accounts where id = ${id} for update`;
  return getAccount(sql, id);
}

export type AccountChange = Partial<
  Pick<
    AccountRow,
    "passphraseHash" | "language" | "zone" | "dataSaver" | "pausedUntil" | "safetySeen"
  >
>;

/** What is left out stays. */
export async function changeAccount(sql: Sql, id: AccountId, change: AccountChange): Promise<void> {
  const { passphraseHash, language, zone, dataSaver, pausedUntil, safetySeen } = change;
  await sql`
    update accounts set
      passphrase_hash = coalesce(${passphraseHash ?? null}, passphrase_hash),
      language = coalesce(${language ?? null}, language),
      zone = coalesce(${zone ?? null}, zone),
      data_saver = coalesce(${dataSaver ?? null}, data_saver),
      safety_seen = coalesce(${safetySeen ?? null}, safety_seen),
      paused_until = ${pausedUntil === undefined ? sql`paused_until` : pausedUntil}
    where id = ${id}`;
}

/** Sessions, passkeys and codes go with it; what was written in groups keeps its alias and loses its account. */
export async function removeAccount(sql: Sql, id: AccountId): Promise<void> {
  await sql`delete from accounts where id = ${id}`;
}
