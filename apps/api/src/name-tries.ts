import { HubError } from "@telar/contracts/problems";
import { actAs, type Claims } from "@telar/database/acting";
import { attempt } from "@telar/database/attempts";
import type { Database, Sql } from "@telar/database/connection";
import * as invitations from "@telar/database/invitations";
import { mayTryAnotherName } from "@telar/rules/invitations";

/**
 * Work with an open invitation, in one transaction. Names that it finds taken are counted at the invitation, and too
 * many of them close it; it is held meanwhile, so that names tried at the same moment count too.
 */
export async function withInvitation<Result>(
  database: Database,
  claims: Claims & { secret: string },
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const done = await actAs(database, claims, async (sql) => {
    await invitations.holdInvitation(sql, claims.secret);
    try {
      return { result: await attempt(sql, work) };
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== "name_taken") throw error;
      return { refusal: await countRefusal(sql, claims.secret, error) };
    }
  });
  if ("refusal" in done) throw done.refusal;
  return done.result;
}

async function countRefusal(sql: Sql, secret: string, refusal: HubError): Promise<HubError> {
  const verdict = mayTryAnotherName(await invitations.countRefusedName(sql));
  if (verdict.allowed) return refusal;
  await invitations.markShownRevoked(sql, secret);
  return new HubError(verdict.because);
}
