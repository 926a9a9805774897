import * as z from "zod";
import { Alias, Passphrase, SignInName } from "./accounts.ts";
import { GroupId, InvitationId } from "./ids.ts";
import { LanguageCode } from "./languages.ts";
import { Roles } from "./memberships.ts";
import { operation } from "./operation.ts";
import { WebAuthnJson } from "./passkeys.ts";
import { Device, DeviceName } from "./sessions.ts";

/** What an invitation opens: a place in a group, the founding of a new group, or a stewardship of the hub. */
export const InvitationPurpose = z.enum(["membership", "founding", "stewardship"]);
export type InvitationPurpose = z.infer<typeof InvitationPurpose>;

/** The typed form of the 128-bit secret: 26 letters and digits in groups; case, spaces and dashes are forgiven. */
export const InvitationCode = z.string().min(1).max(100);

/** A made invitation; link and code are shown this once. */
export const NewInvitation = z.object({
  id: InvitationId,
  code: z.string(),
  /** Carries the code in its fragment, which browsers never send. */
  link: z.url(),
  expiresAt: z.iso.datetime(),
});
export type NewInvitation = z.infer<typeof NewInvitation>;

export const Invitation = z.object({
  id: InvitationId,
  purpose: InvitationPurpose,
  roles: Roles,
  /** The last four signs of the code, to tell open invitations apart. */
  ending: z.string(),
  state: z.enum(["open", "used", "expired", "revoked"]),
  expiresAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;

export const inviteToGroup = operation({
  summary: "Makes a single-use invitation into one's group.",
  method: "POST",
  path: "/api/groups/:group/invitations",
  proof: "session",
  input: z.object({ group: GroupId, roles: Roles }),
  output: NewInvitation,
});

export const listGroupInvitations = operation({
  summary: "The invitations of one's group from the last seven days.",
  method: "GET",
  path: "/api/groups/:group/invitations",
  proof: "session",
  input: z.object({ group: GroupId }),
  output: z.array(Invitation),
});

export const inviteAsSteward = operation({
  summary: "Makes an invitation to found a group or to become a steward.",
  method: "POST",
  path: "/api/hub/invitations",
  proof: "fresh_session",
  input: z.object({ purpose: z.enum(["founding", "stewardship"]) }),
  output: NewInvitation,
});

export const listHubInvitations = operation({
  summary: "The stewards' invitations of the last seven days.",
  method: "GET",
  path: "/api/hub/invitations",
  proof: "session",
  input: z.object({}),
  output: z.array(Invitation),
});

export const revokeInvitation = operation({
  summary: "Closes an open invitation.",
  method: "DELETE",
  path: "/api/invitations/:id",
  proof: "session",
  input: z.object({ id: InvitationId }),
  output: z.object({}),
});

/** POST, because the code must not stand in an address. Used, expired, revoked and unknown codes answer alike. */
export const openInvitation = operation({
  summary: "What an invitation code leads to.",
  method: "POST",
  path: "/api/invitations/opened",
  proof: "none",
  input: z.object({ code: InvitationCode }),
  output: z.object({
    purpose: InvitationPurpose,
    groupName: z.string().optional(),
    roles: Roles,
    hubName: z.string(),
  }),
});

/** For a person without an account here who would rather have a passkey than words. */
export const offerFirstPasskey = operation({
  summary: "Options with which a browser makes the passkey of a person who is about to come in.",
  method: "POST",
  path: "/api/invitations/passkey-offer",
  proof: "none",
  input: z.object({ code: InvitationCode, signInName: SignInName }),
  output: WebAuthnJson,
});

/** For a person without an account here: makes it, and signs them in on this device. */
export const joinByInvitation = operation({
  summary: "Comes in: an account, an alias, and the place that the invitation holds.",
  method: "POST",
  path: "/api/invitations/joined",
  proof: "none",
  input: z.object({
    code: InvitationCode,
    signInName: SignInName,
    /** How others will see them, not by the sign-in name; left out where the invitation founds a group. */
    alias: Alias.optional(),
    /** Either this or a passkey, or both. */
    passphrase: Passphrase.optional(),
    /** What the browser made with the options of `offerFirstPasskey`. */
    passkey: WebAuthnJson.optional(),
    language: LanguageCode.default("es"),
    device: Device,
    deviceName: DeviceName.optional(),
  }),
  output: z.object({ group: GroupId.optional() }),
});

/** For a signed-in person: one account, another alias in each group. */
export const acceptInvitation = operation({
  summary: "Takes the place that the invitation holds, with the account one has.",
  method: "POST",
  path: "/api/invitations/accepted",
  proof: "session",
  /** The alias is left out where the invitation founds a group. */
  input: z.object({ code: InvitationCode, alias: Alias.optional() }),
  output: z.object({ group: GroupId.optional() }),
});
