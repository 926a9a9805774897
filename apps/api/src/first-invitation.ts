import type { Database, Sql } from "@telar/database/connection";
import * as invitations from "@telar/database/invitations";
import * as stewards from "@telar/database/stewards";
import { hashOf, newCode, readCode } from "./secret.ts";

/** 26 signs of five bits: 130, of which a guess must hit all. */
const codeSigns = 26;

export interface InvitationSecret {
  /** In groups of five, to read out and type. */
  code: string;
  /** Carries the code in its fragment, which browsers never send. */
  link: string;
  tokenHash: string;
  /** The last four signs, to tell open invitations apart. */
  ending: string;
}

export function newInvitationSecret(publicUrl: string): InvitationSecret {
  const code = newCode(codeSigns);
  const typed = readCode(code);
  const link = `${new URL("/invitacion", publicUrl)}#${code}`;
  return { code, link, tokenHash: hashOf(typed), ending: typed.slice(-4) };
}

/** An invitation that no person made: the hub's owner opens the door for the first steward. */
export async function addFirstInvitation(
  owner: Sql,
  publicUrl: string,
  purpose: "stewardship" | "founding" = "stewardship",
): Promise<InvitationSecret> {
  const secret = newInvitationSecret(publicUrl);
  await invitations.addInvitation(owner, { purpose, roles: [], ...secret });
  return secret;
}

/** The first steward's invitation while the hub has no steward; an earlier one is closed. */
export async function renewFirstInvitation(
  owner: Database,
  publicUrl: string,
): Promise<InvitationSecret | undefined> {
  return (await owner.begin(async (sql) => {
    if (await stewards.hasSteward(sql)) return undefined;
    await invitations.markAllRevoked(sql);
    return addFirstInvitation(sql, publicUrl);
  })) as InvitationSecret | undefined;
}
