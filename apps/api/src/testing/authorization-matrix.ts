import type { ProblemCode } from "@telar/contracts/problems";
import { testPassphrase } from "./hub.ts";
import { type Who, type World, whos } from "./world.ts";

type Answer = "yes" | ProblemCode;
type Answers = Record<Who, Answer>;

export interface Row {
  answers: Answers;
  input(world: World, who: Who): Record<string, unknown>;
  /** Even a refusal counts something, so that each person needs a hub of their own. */
  counts?: boolean;
}

const fill = (answer: Answer, ...people: Who[]): Partial<Answers> =>
  Object.fromEntries(people.map((who) => [who, answer]));

const strangers = fill("not_signed_in", "nobody", "ended session", "other hub");
const outsiders = ["other group", "guest institution", "steward"] as const;
const plainMembers = ["member", "facilitator", "signatory"] as const;

const everyone = (answer: Answer = "yes"): Answers => fill(answer, ...whos) as Answers;
const signedIn = (answer: Answer = "yes"): Answers => ({ ...everyone(answer), ...strangers });
const stewards: Answers = { ...signedIn("not_allowed"), steward: "yes" };
const members: Answers = { ...signedIn(), ...fill("not_found", ...outsiders) };
const coordinators: Answers = { ...members, ...fill("not_allowed", ...plainMembers) };

const row = (answers: Answers, input: Row["input"] = () => ({})): Row => ({ answers, input });
const ofGroup = ({ group }: World) => ({ group });
const none = "00000000-0000-4000-8000-000000000000";
const reason = "Hace falta";
const visibility = {
  name: "members",
  about: "members",
  region: "members",
  languages: "members",
  capabilities: "members",
  contact: "members",
};

/** T15: who gets what from each operation. `yes`, or the problem that the answer names. */
export const matrix: Record<string, Row> = {
  signIn: row(everyone(), ({ signInNames }) => ({
    signInName: signInNames.member,
    passphrase: testPassphrase,
    device: "own",
  })),
  signOut: row(everyone()),
  confirmSession: row(signedIn(), () => ({ passphrase: testPassphrase })),
  listSessions: row(signedIn()),
  revokeSession: row({ ...signedIn("not_found"), member: "yes" }, ({ session }) => ({
    id: session,
  })),
  revokeOtherSessions: row(signedIn()),

  offerPasskey: row(signedIn()),
  addPasskey: row(signedIn("invalid_input"), () => ({ name: "Teléfono", response: {} })),
  listPasskeys: row(signedIn()),
  removePasskey: row(signedIn("not_found"), () => ({ id: none })),
  askPasskey: row(everyone()),
  signInWithPasskey: row(everyone("wrong_sign_in"), () => ({ response: {}, device: "own" })),

  makeRecoverySheet: row(signedIn()),
  getRecoverySheet: row(signedIn()),
  recoverAccount: {
    ...row(everyone("wrong_sign_in"), ({ signInNames }) => ({
      signInName: signInNames.member,
      code: "0".repeat(16),
      passphrase: testPassphrase,
    })),
    counts: true,
  },
  stopRecovery: row(signedIn("not_found")),

  getAccount: row(signedIn()),
  changeAccount: row(signedIn(), () => ({ language: "en" })),
  offerPassphrase: row(everyone()),
  changePassphrase: row(signedIn(), () => ({ passphrase: testPassphrase })),
  startPause: row(signedIn(), () => ({ length: "today" })),
  endPause: row(signedIn()),
  closeAccount: row(signedIn()),

  inviteToGroup: row(coordinators, ({ group }) => ({ group, roles: [] })),
  listGroupInvitations: row(coordinators, ofGroup),
  inviteAsSteward: row(stewards, () => ({ purpose: "founding" })),
  listHubInvitations: row(stewards),
  revokeInvitation: row({ ...signedIn("not_found"), coordinator: "yes" }, ({ invitation }) => ({
    id: invitation,
  })),
  openInvitation: row(everyone(), ({ openCode }) => ({ code: openCode })),
  offerFirstPasskey: row(everyone(), ({ openCode }) => ({ code: openCode, signInName: "Guaje" })),
  joinByInvitation: row(everyone(), ({ openCode }) => ({
    code: openCode,
    signInName: "Guaje para entrar",
    alias: "Guaje nuevo",
    passphrase: testPassphrase,
    device: "own",
  })),
  acceptInvitation: row(
    { ...signedIn("already_done"), ...fill("yes", ...outsiders) },
    ({ openCode }) => ({ code: openCode, alias: "Guaje nuevo" }),
  ),

  listGroups: row(everyone()),
  getGroup: row(
    { ...members, ...fill("not_found", "nobody", "ended session", "other hub"), steward: "yes" },
    ofGroup,
  ),
  changeProfile: row(coordinators, ({ group }) => ({
    group,
    name: "Tejido",
    languages: [],
    capabilities: [],
    visibility,
  })),
  foundGroup: row(stewards, () => ({
    name: "Red nueva",
    kind: "victim_network",
    languages: [],
    capabilities: [],
    alias: "Copal",
  })),

  askToFound: row(signedIn(), () => ({
    name: "Red nueva",
    kind: "victim_network",
    purpose: "Juntarnos",
    alias: "Copal",
  })),
  listFoundings: row(signedIn()),
  approveFounding: row(stewards, ({ founding }) => ({ id: founding })),
  declineFounding: row(stewards, ({ founding }) => ({ id: founding, answer: "Platiquemos antes" })),

  listMemberships: row(members, ofGroup),
  getMembership: row(members, ({ group, member }) => ({ group, id: member })),
  changeRoles: row(coordinators, ({ group, member }) => ({
    group,
    id: member,
    roles: ["signatory"],
  })),
  changeAlias: row(members, ({ group }) => ({ group, alias: "Copal" })),
  leaveGroup: row(members, ofGroup),
  removeMember: row(coordinators, ({ group, member }) => ({ group, id: member, reason })),

  offerHandOver: row({ ...coordinators, coordinator: "already_done" }, ({ group, member }) => ({
    group,
    to: member,
    note: "",
    staysCoordinator: true,
  })),
  listHandOvers: row(members, ofGroup),
  acceptHandOver: row(
    { ...signedIn("not_found"), member: "yes", coordinator: "not_allowed" },
    ({ group, handOver }) => ({ group, id: handOver }),
  ),
  declineHandOver: row(
    { ...signedIn("not_found"), ...fill("yes", "member", "coordinator") },
    ({ group, handOver }) => ({ group, id: handOver }),
  ),

  askGroupRecovery: row(
    { ...members, ...fill("already_done", ...plainMembers), coordinator: "not_allowed" },
    ({ group, member }) => ({
      group,
      candidate: member,
      reason,
    }),
  ),
  listGroupRecoveries: row({ ...members, steward: "yes" }, ofGroup),
  listOpenGroupRecoveries: row(stewards),
  agreeToGroupRecovery: row(
    { ...members, facilitator: "already_done", coordinator: "not_allowed" },
    ({ group, recovery }) => ({ group, id: recovery }),
  ),
  stopGroupRecovery: row({ ...members, signatory: "not_allowed" }, ({ group, recovery }) => ({
    group,
    id: recovery,
  })),
  agreeToGroupRecoveryAsSteward: row(stewards, ({ recovery }) => ({ id: recovery })),
  refuseGroupRecovery: row(stewards, ({ recovery }) => ({ id: recovery })),

  foundCoalition: row(coordinators, ({ group }) => ({
    group,
    name: "Otra coalición",
    agreement: "Nos cuidamos y decidimos en común.",
  })),
  listCoalitions: row(signedIn()),
  getCoalition: row(members, ({ coalition }) => ({ coalition })),
  inviteGroup: row(coordinators, ({ coalition, otherGroup }) => ({ coalition, group: otherGroup })),
  acceptAgreement: row(
    { ...coordinators, coordinator: "already_done" },
    ({ coalition, group }) => ({ coalition, group, agreementVersion: 1 }),
  ),
  leaveCoalition: row(coordinators, ({ coalition, group }) => ({ coalition, group })),
  changeAgreement: row(coordinators, ({ coalition }) => ({
    coalition,
    agreement: "Nos cuidamos y decidimos en asamblea.",
    agreementVersion: 1,
  })),
  changeConvener: row(coordinators, ({ coalition, group }) => ({
    coalition,
    group,
    convener: true,
  })),

  listEvents: row(members, ({ group }) => ({ stream: `group:${group}` })),

  getHub: row(everyone()),
  changeHub: row(stewards, () => ({ name: "Raíces", about: "", languages: ["es"], contact: "" })),
  getLimits: row(signedIn()),
  changeLimits: row(stewards, () => ({
    invitationHours: 72,
    openInvitations: 50,
    groups: 100,
    membersPerGroup: 200,
  })),
  listStewards: row(signedIn()),
  removeSteward: row(stewards, ({ otherSteward }) => ({ id: otherSteward })),
  listStewardedGroups: row(stewards),
  closeGroup: row(stewards, ({ group }) => ({ group, closed: true, reason })),
  inspectGroup: row(stewards, ({ group }) => ({ group, reason })),

  askGroupExport: row(stewards, ({ group }) => ({ group, reason })),
  listGroupExports: row(signedIn()),
  agreeToGroupExport: row(
    { ...signedIn("not_found"), coordinator: "yes", steward: "not_allowed" },
    ({ groupExport }) => ({ id: groupExport }),
  ),
  refuseGroupExport: row(
    { ...signedIn("not_found"), coordinator: "yes", steward: "yes" },
    ({ groupExport }) => ({ id: groupExport }),
  ),
  takeGroupExport: row(
    { ...signedIn("not_found"), coordinator: "not_allowed", steward: "not_allowed" },
    ({ groupExport }) => ({ id: groupExport }),
  ),
};
