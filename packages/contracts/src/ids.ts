import * as z from "zod";

/** Stays inside the hub: an account's id would tie its aliases together. */
export const AccountId = z.uuid().brand("AccountId");
export type AccountId = z.infer<typeof AccountId>;

export const SessionId = z.uuid().brand("SessionId");
export type SessionId = z.infer<typeof SessionId>;

export const PasskeyId = z.uuid().brand("PasskeyId");
export type PasskeyId = z.infer<typeof PasskeyId>;

export const InvitationId = z.uuid().brand("InvitationId");
export type InvitationId = z.infer<typeof InvitationId>;

export const GroupId = z.uuid().brand("GroupId");
export type GroupId = z.infer<typeof GroupId>;

export const MembershipId = z.uuid().brand("MembershipId");
export type MembershipId = z.infer<typeof MembershipId>;

export const FoundingId = z.uuid().brand("FoundingId");
export type FoundingId = z.infer<typeof FoundingId>;

export const HandOverId = z.uuid().brand("HandOverId");
export type HandOverId = z.infer<typeof HandOverId>;

export const GroupRecoveryId = z.uuid().brand("GroupRecoveryId");
export type GroupRecoveryId = z.infer<typeof GroupRecoveryId>;

export const CoalitionId = z.uuid().brand("CoalitionId");
export type CoalitionId = z.infer<typeof CoalitionId>;

export const StewardId = z.uuid().brand("StewardId");
export type StewardId = z.infer<typeof StewardId>;

export const SpaceId = z.uuid().brand("SpaceId");
export type SpaceId = z.infer<typeof SpaceId>;

/** A person's place in one space; it shares nothing with their membership or their places elsewhere. */
export const ParticipantId = z.uuid().brand("ParticipantId");
export type ParticipantId = z.infer<typeof ParticipantId>;

/** Made by whoever writes, so that the same message sent ten times is one message. */
export const MessageId = z.uuid().brand("MessageId");
export type MessageId = z.infer<typeof MessageId>;

/** Something that was sent along with a message, or waits to be. */
export const AttachmentId = z.uuid().brand("AttachmentId");
export type AttachmentId = z.infer<typeof AttachmentId>;

export const ReportId = z.uuid().brand("ReportId");
export type ReportId = z.infer<typeof ReportId>;

export const ModerationActId = z.uuid().brand("ModerationActId");
export type ModerationActId = z.infer<typeof ModerationActId>;

export const BanId = z.uuid().brand("BanId");
export type BanId = z.infer<typeof BanId>;

/** Another hub, as this hub calls it. */
export const PeerId = z.uuid().brand("PeerId");
export type PeerId = z.infer<typeof PeerId>;
