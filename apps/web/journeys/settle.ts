import { changeAccount, offerPassphrase } from "@telar/contracts/accounts";
import { foundCoalition, inviteGroup } from "@telar/contracts/coalitions";
import { askGroupExport, type GroupExportId } from "@telar/contracts/exports";
import { changeProfile, foundGroup } from "@telar/contracts/groups";
import { listStewards } from "@telar/contracts/hub";
import type { CoalitionId, GroupId, MembershipId, StewardId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  inviteAsSteward,
  inviteToGroup,
  joinByInvitation,
} from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import { Person } from "@telar/contracts/person";
import { type SettledJudgements, settleJudgements } from "./settle-judgements.ts";
import { type SettledPeers, settlePeers } from "./settle-peers.ts";
import { type SettledSpaces, settleSpaces } from "./settle-spaces.ts";

export interface Settler {
  signInName: string;
  passphrase: string;
  cookies: string;
}

export interface Settled extends SettledSpaces, SettledJudgements {
  steward: Settler;
  coordinator: Settler;
  member: Settler;
  /** With two coordinators and the member. */
  group: GroupId;
  /** The member's place in the group. */
  place: MembershipId;
  /** The coordinator's other group, which the coalition invites and a steward wants a copy of. */
  invited: GroupId;
  coalition: CoalitionId;
  copy: GroupExportId;
  stewardship: StewardId;
  /** Only on loopback. */
  peers: SettledPeers | undefined;
}

/** A steward, two groups and a coalition, with something open wherever somebody has to answer. */
export async function settle(
  { url, code }: { url: string; code: string },
  ask: (request: Request) => Promise<Response> = fetch,
): Promise<Settled> {
  const join = (alias: string, invitation: string) =>
    enter(new Person(ask, url), alias, invitation);
  const steward = await join("Sabino", code);
  const foundingCode = () =>
    steward.person.call(inviteAsSteward, { purpose: "founding" }).then((made) => made.code);
  const coordinator = await join("Ceiba", await foundingCode());
  const group = await foundFamilies(coordinator.person);
  const invite = (roles: "coordinator"[]) =>
    coordinator.person.call(inviteToGroup, { group, roles }).then((made) => made.code);
  const ahuehuete = await join("Ahuehuete", await invite(["coordinator"]));
  const member = await join("Jacaranda", await invite([]));
  const { entries } = await member.person.call(listMemberships, { group });
  await coordinator.person.call(acceptInvitation, {
    code: await foundingCode(),
    alias: "Mezquite",
  });
  const invited = await foundCompanions(coordinator.person);
  const { coalition } = await coordinator.person.call(foundCoalition, {
    group,
    name: "Encuentro Nacional",
    agreement: "Nos escuchamos, nos cuidamos y decidimos en común.",
  });
  await coordinator.person.call(inviteGroup, { coalition, group: invited });
  const copy = await steward.person.call(askGroupExport, {
    group: invited,
    reason: "El grupo pidió un respaldo",
  });
  const two = { group, coordinator: coordinator.person, member: member.person };
  const spaces = await settleSpaces(two, { url, ask });
  const judgements = await settleJudgements({ ...two, ...spaces, other: ahuehuete.person });
  const peers = await settlePeers(steward.person, url);
  const [stewardship] = await steward.person.call(listStewards, {});
  return {
    steward: steward.settler(),
    coordinator: coordinator.settler(),
    member: member.settler(),
    group,
    place: entries.find(({ you }) => you)?.id as MembershipId,
    invited,
    coalition,
    copy: copy.id,
    stewardship: stewardship?.id as StewardId,
    peers,
    ...spaces,
    ...judgements,
  };
}

const familiesSay = {
  name: "Red de Familias del Norte",
  region: "Chihuahua",
  languages: ["es" as const],
  capabilities: ["search" as const],
};

const companionsSay = {
  name: "Acompañamiento del Sureste",
  region: "Chiapas",
  languages: ["es" as const, "tzo" as const],
  capabilities: ["psychosocial" as const],
};

async function foundFamilies(person: Person): Promise<GroupId> {
  const { group } = await person.call(foundGroup, {
    ...familiesSay,
    kind: "victim_network",
    alias: "Ceiba",
  });
  await person.call(changeProfile, {
    ...familiesSay,
    group,
    about: "Buscamos juntas y nos cuidamos.",
    contact: "Por medio de la central",
    visibility: {
      name: "public",
      about: "public",
      region: "public",
      languages: "peers",
      capabilities: "public",
      contact: "members",
    },
  });
  return group;
}

async function foundCompanions(person: Person): Promise<GroupId> {
  const { group } = await person.call(foundGroup, {
    ...companionsSay,
    kind: "accompanying_ngo",
    alias: "Mezquite",
  });
  await person.call(changeProfile, {
    ...companionsSay,
    group,
    visibility: {
      name: "peers",
      about: "members",
      region: "peers",
      languages: "peers",
      capabilities: "peers",
      contact: "members",
    },
  });
  return group;
}

/** Somebody comes in on a device of their own; what others see is not what they sign in with. */
export async function enter(person: Person, alias: string, code: string) {
  const signInName = `entra ${alias}`;
  const { passphrase } = await person.call(offerPassphrase, {});
  await person.call(joinByInvitation, { code, signInName, alias, passphrase, device: "own" });
  await person.call(changeAccount, { safetySeen: true });
  const settler = (): Settler => ({ signInName, passphrase, cookies: person.cookieHeader });
  return { person, settler };
}
