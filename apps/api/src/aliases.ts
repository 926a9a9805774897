import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import * as accounts from "@telar/database/accounts";
import type { Sql } from "@telar/database/connection";

/** Others see the alias: with the name somebody signs in with, they could shut that person out. */
export async function demandAlias(
  sql: Sql,
  { account, alias }: { account: AccountId; alias: string | undefined },
): Promise<string> {
  if (!alias) throw new HubError("invalid_input", undefined, { fields: { alias: "missing" } });
  const { signInName } = await accounts.getAccount(sql, account);
  if (folded(alias) === folded(signInName))
    throw new HubError("invalid_input", undefined, { fields: { alias: "same_as_sign_in_name" } });
  return alias;
}

/** Without accents: who sees "Guayacán" tries "guayacan" next. */
const folded = (name: string) =>
  accounts.comparedName(name).normalize("NFD").replace(/\p{M}/gu, "");
