import { randomUUID } from "node:crypto";
import type { AccountId, GroupId, MembershipId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  type InvitationPurpose,
  inviteAsSteward,
  inviteToGroup,
  joinByInvitation,
  listGroupInvitations,
  listHubInvitations,
  offerFirstPasskey,
  openInvitation,
  revokeInvitation,
} from "@telar/contracts/invitations";
import type { Role } from "@telar/contracts/memberships";
import { HubError } from "@telar/contracts/problems";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import { appendEvent, groupStream, hubStream } from "@telar/database/events";
import * as foundings from "@telar/database/foundings";
import * as groups from "@telar/database/groups";
import * as hub from "@telar/database/hub";
import * as invitations from "@telar/database/invitations";
import * as memberships from "@telar/database/memberships";
import * as passkeys from "@telar/database/passkeys";
import * as stewards from "@telar/database/stewards";
import { mayInvite, mayInviteAsSteward } from "@telar/rules/invitations";
import { mayCoordinate } from "@telar/rules/memberships";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import type * as z from "zod";
import { demandAlias } from "./aliases.ts";
import { newInvitationSecret } from "./first-invitation.ts";
import type { Frame } from "./frame.ts";
import { withInvitation } from "./name-tries.ts";
import { readNewPasskey } from "./passkeys.ts";
import { hashOf, readCode } from "./secret.ts";
import { serveOperation } from "./serve-operation.ts";
import { addSession, endSession } from "./sessions.ts";
import { newChallenge, offerRegistration } from "./webauthn.ts";

export function serveInvitations(frame: Frame): void {
  serveMaking(frame);
  serveEntering(frame);
}

function serveMaking(frame: Frame): void {
  const { database, publicUrl } = frame;

  serveOperation(frame, inviteToGroup, ({ group, roles }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await groups.getGroupForChange(sql, group);
      const place = await memberships.getOwnMembership(sql, group, session.account);
      const openInvitations = await invitations.countOpenInvitations(sql, group);
      const limit = (await hub.getLimits(sql)).openInvitations;
      if (roles.includes("coordinator") && !session.fresh)
        throw new HubError("confirmation_needed");
      demand(mayInvite(place, { kind: place.kind, roles, openInvitations, limit }));
      return addInvitation(sql, publicUrl, { purpose: "membership", group, roles });
    }),
  );

  serveOperation(frame, listGroupInvitations, ({ group }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayCoordinate(await memberships.getOwnMembership(sql, group, session.account)));
      return (await invitations.listInvitations(sql, group)).map(describe);
    }),
  );

  serveOperation(frame, inviteAsSteward, ({ purpose }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      await hub.holdHub(sql);
      const openInvitations = await invitations.countOpenInvitations(sql, null);
      const limit = (await hub.getLimits(sql)).openInvitations;
      demand(mayInviteAsSteward(session, { openInvitations, limit }));
      return addInvitation(sql, publicUrl, { purpose, roles: [] });
    }),
  );

  serveOperation(frame, listHubInvitations, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(maySteward(session));
      return (await invitations.listInvitations(sql, null)).map(describe);
    }),
  );

  serveOperation(frame, revokeInvitation, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { group } = await invitations.getInvitation(sql, id);
      if (group)
        demand(mayCoordinate(await memberships.getOwnMembership(sql, group, session.account)));
      else demand(maySteward(session));
      await invitations.markRevoked(sql, id);
      return {};
    }),
  );
}

function serveEntering(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, openInvitation, ({ code }) => {
    const secret = hashOf(readCode(code));
    return actAs(database, { secret }, async (sql) => {
      const { purpose, roles, groupName, hubName } = await invitations.getOpenInvitation(
        sql,
        secret,
      );
      return { purpose, roles, hubName, ...(groupName && { groupName }) };
    });
  });

  serveOperation(frame, offerFirstPasskey, ({ code, signInName }) => {
    const secret = hashOf(readCode(code));
    const account = randomUUID() as AccountId;
    return offerTo(frame, { secret, account, signInName });
  });

  serveOperation(frame, joinByInvitation, async (input, { session, c }) => {
    const { code, signInName, language, device, deviceName } = input;
    const secret = hashOf(readCode(code));
    await actAs(database, { secret }, (sql) => invitations.getOpenInvitation(sql, secret));
    const { account, passphraseHash, credential } = await readWaysIn(frame, input);
    const entered = await withInvitation(database, { account, secret }, async (sql) => {
      await accounts.addAccount(sql, { id: account, signInName, passphraseHash, language });
      if (credential)
        await passkeys.addPasskey(sql, { ...credential, account, name: deviceName ?? "" });
      const place = await takePlace(sql, { account, secret, alias: input.alias });
      await addSession(sql, frame, c, { account, device, deviceName });
      return place;
    });
    if (session) await endSession(frame, session);
    return entered;
  });

  serveOperation(frame, acceptInvitation, ({ code, alias }, { session }) => {
    const { account } = session;
    const secret = hashOf(readCode(code));
    return withInvitation(database, { account, secret }, (sql) =>
      takePlace(sql, { account, secret, alias }),
    );
  });
}

/** Says that a name is taken before a passkey is made for it: the browser would keep one that opens nothing. */
async function offerTo(
  { database, publicUrl }: Frame,
  person: { secret: string; account: AccountId; signInName: string },
) {
  const { secret, account } = person;
  const claims = { secret, signInName: accounts.comparedName(person.signInName) };
  await withInvitation(database, claims, async (sql) => {
    await invitations.getOpenInvitation(sql, secret);
    if (await accounts.findAccountByName(sql, person.signInName))
      throw new HubError("name_taken", undefined, { fields: { signInName: "taken" } });
  });
  const challenge = newChallenge();
  await actAs(database, { secret: challenge.hash }, (sql) =>
    passkeys.addChallenge(sql, challenge.hash, account),
  );
  const { signInName } = person;
  return { ...(await offerRegistration(publicUrl, challenge, { account, signInName, known: [] })) };
}

/** How a new person will sign in: with words, with a passkey, or with both. */
async function readWaysIn(
  frame: Frame,
  { passphrase, passkey }: z.output<(typeof joinByInvitation)["input"]>,
) {
  if (!passphrase && !passkey)
    throw new HubError("invalid_input", undefined, { fields: { passphrase: "missing" } });
  using place = frame.passphrases.place("known");
  const made = passkey && (await readNewPasskey(frame, passkey));
  return {
    account: made?.owner ?? (randomUUID() as AccountId),
    credential: made?.credential,
    passphraseHash: passphrase ? await place.hash(passphrase) : null,
  };
}

/** Gives what the invitation holds, which the wall allows while it is open, and then uses it up; in the caller's transaction. */
async function takePlace(
  sql: Sql,
  entering: { account: AccountId; secret: string; alias: string | undefined },
): Promise<{ group?: GroupId }> {
  const { account, secret } = entering;
  const { purpose, group, roles } = await invitations.getOpenInvitation(sql, secret);
  if (purpose === "founding") {
    await foundings.addGrant(sql, account);
    await invitations.markUsed(sql, secret);
    return {};
  }
  const alias = await demandAlias(sql, entering);
  const membership = group && (await enterGroup(sql, { group, account, alias, roles }));
  if (purpose === "stewardship") await stewards.addSteward(sql, account, alias);
  await invitations.markUsed(sql, secret);
  if (purpose === "stewardship")
    await appendEvent(sql, hubStream, { kind: "steward.began", steward: alias });
  if (!group || !membership) return {};
  await appendEvent(sql, groupStream(group), { kind: "membership.began", membership });
  return { group };
}

async function enterGroup(
  sql: Sql,
  made: { group: GroupId; account: AccountId; alias: string; roles: Role[] },
): Promise<MembershipId> {
  await memberships.holdNewcomers(sql, made.group);
  const membership = await memberships.addMembership(sql, made);
  const { membersPerGroup } = await hub.getLimits(sql);
  const { members } = await memberships.countMembers(sql, made.group);
  if (members > membersPerGroup) throw new HubError("limit_reached");
  return membership;
}

async function addInvitation(
  sql: Sql,
  publicUrl: string,
  made: { purpose: InvitationPurpose; group?: GroupId; roles: Role[] },
) {
  const secret = newInvitationSecret(publicUrl);
  const { id, expiresAt } = await invitations.addInvitation(sql, { ...made, ...secret });
  const { code, link } = secret;
  return { id, code, link, expiresAt: expiresAt.toISOString() };
}

function describe({ expiresAt, ...invitation }: invitations.InvitationRow) {
  return { ...invitation, expiresAt: expiresAt.toISOString() };
}
