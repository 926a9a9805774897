import { getAccount, offerPassphrase } from "@telar/contracts/accounts";
import {
  acceptAgreement,
  changeConvener,
  foundCoalition,
  inviteGroup,
} from "@telar/contracts/coalitions";
import { changeProfile, foundGroup } from "@telar/contracts/groups";
import { offerHandOver } from "@telar/contracts/hand-overs";
import { changeHub } from "@telar/contracts/hub";
import type { GroupId, MembershipId } from "@telar/contracts/ids";
import {
  acceptInvitation,
  inviteAsSteward,
  inviteToGroup,
  joinByInvitation,
} from "@telar/contracts/invitations";
import type { LanguageCode } from "@telar/contracts/languages";
import { changeRoles } from "@telar/contracts/memberships";
import { Person } from "@telar/contracts/person";
import { makeRecoverySheet } from "@telar/contracts/recoveries";
import type { CastGroup, CastHub } from "./cast.ts";
import { loadSpaces } from "./load-spaces.ts";
import {
  coordinatorOf,
  type EmptyHub,
  groupOf,
  type Key,
  known,
  type Loading,
  personOf,
} from "./loading.ts";
import { agreement, contactOf, hubAbout, sayingOf, visibilities } from "./profiles.ts";
import { takeRests } from "./rests.ts";

export function countSteps({ stewards, groups, coalition, spaces }: CastHub): number {
  const seats = groups.flatMap((group) => group.seats);
  const inSpaces = spaces.flatMap(({ people, messages }) => [...people, ...messages]);
  return stewards.length + seats.length + coalition.members.length + inSpaces.length;
}

/** Fills a hub through its api, as the people themselves would, and hands out their keys. */
export async function loadHub(hub: EmptyHub, cast: CastHub, done: () => void): Promise<Key[]> {
  const named = { people: new Map(), groups: new Map(), coalitions: new Map() };
  const loading: Loading = { hub, cast, done, keys: [], ...named };
  const steward = await seatStewards(loading);
  const { name, slug, languages } = cast;
  const about = hubAbout[slug] ?? "";
  await steward.call(changeHub, { name, about, languages, contact: contactOf(slug) });
  for (const group of cast.groups) await foundAndFill(loading, group, steward);
  for (const group of cast.groups) await seatAgain(loading, group);
  await weaveCoalition(loading);
  await loadSpaces(loading);
  await takeRests(loading);
  await offerCoordination(loading);
  await printRecoverySheet(loading);
  return loading.keys;
}

async function seatStewards(loading: Loading): Promise<Person> {
  const [first = "", ...others] = loading.cast.stewards;
  const seat = (alias: string) => ({ alias, roles: ["steward"], language: "es" as const });
  const steward = await enter(loading, loading.hub.invitationCode, seat(first));
  for (const alias of others) {
    const { code } = await steward.call(inviteAsSteward, { purpose: "stewardship" });
    await enter(loading, code, seat(alias));
  }
  return steward;
}

/** Somebody new comes in, with words that the hub offers. */
async function enter(
  { hub, cast, done, keys, people }: Loading,
  code: string,
  { alias, roles, language }: { alias: string; roles: string[]; language: LanguageCode },
  group?: string,
): Promise<Person> {
  const person = new Person((request) => fetch(request), hub.url);
  const { passphrase } = await person.call(offerPassphrase, { language });
  const own = { signInName: `${alias} entra`, passphrase };
  await person.call(joinByInvitation, { code, ...own, alias, language, device: "own" });
  keys.push({ alias, hub: cast.slug, ...(group && { group }), roles: named(roles), ...own });
  people.set(alias, person);
  done();
  return person;
}

const named = (roles: string[]) => (roles.length > 0 ? roles : ["member"]);

async function foundAndFill(loading: Loading, made: CastGroup, steward: Person): Promise<void> {
  const [founder, ...others] = made.seats;
  const { code } = await steward.call(inviteAsSteward, { purpose: "founding" });
  const coordinator = await enter(loading, code, founder, made.name);
  const { name, kind, region, languages } = made;
  const { about, capabilities } = sayingOf(made.slug);
  const said = { name, region, languages, capabilities };
  const { group } = await coordinator.call(foundGroup, { ...said, kind, alias: founder.alias });
  loading.groups.set(made.slug, group);
  const contact = contactOf(made.slug);
  const visibility = visibilities[kind];
  await coordinator.call(changeProfile, { group, ...said, about, contact, visibility });
  if (founder.roles.length > 1) {
    const id = await membershipIn(coordinator, group);
    await coordinator.call(changeRoles, { group, id, roles: founder.roles });
  }
  for (const seat of others.filter(({ also }) => !also)) {
    const { code } = await coordinator.call(inviteToGroup, { group, roles: seat.roles });
    await enter(loading, code, seat, made.name);
  }
}

/** People with a place elsewhere take one more, under another alias, with the account they have. */
async function seatAgain(loading: Loading, { slug, name, seats }: CastGroup): Promise<void> {
  const [founder, ...others] = seats;
  for (const { alias, roles, also } of others) {
    const key = loading.keys.find((each) => each.alias === also);
    if (!key) continue;
    const group = groupOf(loading, slug);
    const { code } = await personOf(loading, founder.alias).call(inviteToGroup, { group, roles });
    await personOf(loading, key.alias).call(acceptInvitation, { code, alias });
    loading.keys.push({ ...key, alias, group: name, roles: named(roles) });
    loading.done();
  }
}

async function weaveCoalition(loading: Loading): Promise<void> {
  const { slug: ownSlug, name, conveners, members } = loading.cast.coalition;
  const [first = "", ...otherConveners] = conveners;
  const convener = coordinatorOf(loading, first);
  const founding = { group: groupOf(loading, first), name, agreement };
  const { coalition } = await convener.call(foundCoalition, founding);
  loading.coalitions.set(ownSlug, coalition);
  loading.done();
  for (const member of members.filter((slug) => slug !== first)) {
    const group = groupOf(loading, member);
    await convener.call(inviteGroup, { coalition, group });
    const coordinator = coordinatorOf(loading, member);
    await coordinator.call(acceptAgreement, { coalition, group, agreementVersion: 1 });
    loading.done();
  }
  for (const slug of otherConveners) {
    const change = { coalition, group: groupOf(loading, slug), convener: true };
    await convener.call(changeConvener, change);
  }
}

async function offerCoordination(loading: Loading): Promise<void> {
  const { handOver } = loading.cast;
  if (!handOver) return;
  const group = groupOf(loading, handOver.group);
  const to = await membershipIn(personOf(loading, handOver.to), group);
  const note = "Me voy a descansar unos meses. ¿Tomas mi lugar?";
  const from = personOf(loading, handOver.from);
  await from.call(offerHandOver, { group, to, note, staysCoordinator: false });
}

async function printRecoverySheet(loading: Loading): Promise<void> {
  const { recoverySheetOf } = loading.cast;
  const key = loading.keys.find(({ alias }) => alias === recoverySheetOf);
  if (!key) return;
  const { codes } = await personOf(loading, key.alias).call(makeRecoverySheet, {});
  key.recoveryCodes = codes;
}

async function membershipIn(person: Person, group: GroupId): Promise<MembershipId> {
  const { memberships } = await person.call(getAccount, {});
  return known(memberships.find((place) => place.group === group)?.id, group);
}
