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

const inSpace: Answers = { ...members, signatory: "not_allowed" };
const facilitators: Answers = { ...inSpace, member: "not_allowed" };
const authors: Answers = { ...inSpace, ...fill("not_allowed", "facilitator", "coordinator") };
const nothingWaits: Answers = {
  ...inSpace,
  ...fill("not_found", "member", "facilitator", "coordinator"),
};
const ofSpace = ({ space }: World) => ({ space });
const ofMessage = ({ space, message }: World) => ({ space, id: message });
const aboutMember: Answers = { ...inSpace, member: "not_allowed" };
const judges: Answers = { ...signedIn("not_found"), facilitator: "yes", coordinator: "yes" };
/** With a report about that person the stewards act as well. */
const actors: Answers = { ...judges, steward: "yes" };
const speaks: Answers = { ...inSpace, ...fill("changed_meanwhile", "facilitator", "coordinator") };
const onlyMember: Answers = { ...signedIn("not_found"), member: "yes" };
const told = { reason: "other", words: "" };
const ofPeer = ({ peer }: World) => ({ id: peer });
const words = "ábaco ".repeat(12).trim();
const ofReport = ({ report }: World) => ({ id: report });
const ofHeld = ({ space, held }: World) => ({ space, id: held });
const ofParticipant = ({ space, participant }: World) => ({ space, id: participant });
const ofAsker = ({ space, asker }: World) => ({ space, id: asker });
const settings = {
  keepsDays: 30,
  slowMinutes: 2,
  noteRequired: true,
  admission: true,
  holdsFirst: 1,
  facilitatedHours: true,
  weeklyHoursMax: 12,
  guests: false,
};
const card = { name: "Línea de la red", contact: "55 0000 0001" };

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
  askBanAppealWithPasskey: row(everyone("wrong_sign_in"), () => ({
    response: {},
    words: "Fue otra cosa",
  })),

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
  measureArchive: row(signedIn()),
  takeArchive: row(signedIn()),

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

  listSpaces: row(signedIn(), ofGroup),
  getSpace: row(members, ofSpace),
  foundSpace: row(coordinators, ({ group }) => ({
    group,
    kind: "working",
    title: "Trabajo",
    purpose: "Organizarnos",
    rules: "Nos cuidamos.",
    alias: "Álamo",
  })),
  changeSpace: row(coordinators, ({ space }) => ({
    space,
    title: "Hablar",
    purpose: "Escucharnos",
    rules: "Otras.",
    rulesVersion: 1,
    settings,
  })),
  changeHours: row(facilitators, ({ space }) => ({
    space,
    zone: "America/Mexico_City",
    hours: [{ weekday: 1, opens: "18:00", closes: "20:00" }],
  })),
  openSpace: row(facilitators, ofSpace),
  closeSpace: row(facilitators, ofSpace),

  joinSpace: row(
    { ...members, ...fill("already_done", ...plainMembers, "coordinator") },
    ({ space, group }) => ({ space, through: group, alias: "Álamo", rulesVersion: 1 }),
  ),
  acceptRules: row(members, ({ space }) => ({ space, rulesVersion: 1 })),
  leaveSpace: row(members, ofSpace),
  listParticipants: row(inSpace, ofSpace),
  listAdmissions: row(facilitators, ofSpace),
  admitParticipant: row(facilitators, ({ space, asking }) => ({ space, id: asking })),
  declineParticipant: row(facilitators, ({ space, asking }) => ({ space, id: asking })),
  addFacilitator: row(facilitators, ({ space, participant }) => ({ space, id: participant })),
  stopFacilitating: row(inSpace, ofSpace),
  removeFacilitator: row(facilitators, (world) => ({ ...ofParticipant(world), reason })),

  listCrisisCards: row(signedIn(), ofGroup),
  addCrisisCard: row(coordinators, ({ group }) => ({ group, ...card })),
  changeCrisisCard: row(coordinators, ({ crisisCard }) => ({ id: crisisCard, ...card })),
  verifyCrisisCard: row(coordinators, ({ crisisCard }) => ({ id: crisisCard })),
  removeCrisisCard: row(coordinators, ({ crisisCard }) => ({ id: crisisCard })),

  getShift: row(facilitators, ofSpace),
  beginShift: row(facilitators, ofSpace),
  endShift: row({ ...facilitators, facilitator: "not_found" }, ({ space }) => ({
    space,
    note: "Todo tranquilo.",
  })),
  listShiftNotes: row(facilitators, ofSpace),

  listMessages: row(inSpace, ofSpace),
  listPinned: row(inSpace, ofSpace),
  findMessages: row(inSpace, ({ space }) => ({ space, words: "dormir" })),
  getMessage: row(inSpace, ofMessage),
  listMessageVersions: row(inSpace, ofMessage),
  postMessage: row(inSpace, ({ space }) => ({ space, id: none, note: "Sueño", body: "Hola" })),
  uploadAttachment: {
    ...row(
      { ...inSpace, ...fill("invalid_input", "member", "facilitator", "coordinator") },
      ofSpace,
    ),
    counts: true,
  },
  openAttachment: row({ ...inSpace, signatory: "not_found" }, ({ space, attachment }) => ({
    space,
    id: attachment,
  })),
  editMessage: row(authors, (world) => ({ ...ofMessage(world), note: "Sueño", body: "Hola" })),
  deleteMessage: row(authors, ofMessage),
  pinMessage: row(facilitators, (world) => ({ ...ofMessage(world), pinned: true })),
  acknowledgeMessage: row({ ...inSpace, member: "not_allowed" }, (world) => ({
    ...ofMessage(world),
    acknowledgement: "thank_you",
  })),
  listWaiting: row(inSpace, ofSpace),
  sendDraft: row(nothingWaits, ({ space }) => ({ space, id: none })),
  discardWaiting: row(nothingWaits, ({ space }) => ({ space, id: none })),

  getCircle: row(inSpace, ofSpace),
  openCircle: row(
    { ...facilitators, ...fill("already_done", "facilitator", "coordinator") },
    ({ space }) => ({ space, question: "Qué sigue", turnMinutes: 5 }),
  ),
  joinCircle: row(inSpace, ofSpace),
  leaveCircle: row(inSpace, ofSpace),
  startCircle: row(facilitators, ofSpace),
  passTurn: row(speaks, ofSpace),
  endCircle: row(facilitators, ofSpace),

  reportMessage: row(aboutMember, (world) => ({ ...ofMessage(world), ...told })),
  reportParticipant: row(aboutMember, (world) => ({ ...ofParticipant(world), ...told })),
  listReports: row(signedIn()),
  getReport: row(judges, ofReport),
  assignReport: row(judges, (world) => ({ ...ofReport(world), mine: true })),
  noteReport: row(judges, (world) => ({ ...ofReport(world), note: "Lo vi" })),
  passReport: row(judges, ofReport),
  decideReport: row(judges, (world) => ({ ...ofReport(world), state: "decided", answer: "Listo" })),
  listOwnReports: row(signedIn()),
  readAnswers: row(signedIn()),

  hideMessage: row(actors, (world) => ({ ...ofMessage(world), reason })),
  showMessage: row(actors, ({ space, hidden }) => ({ space, id: hidden, reason })),
  getWithheldMessage: row({ ...judges, member: "yes" }, ({ space, hidden }) => ({
    space,
    id: hidden,
  })),
  moderateParticipant: row(actors, (world) => ({ ...ofParticipant(world), act: "mute", reason })),
  listHeld: row(facilitators, ofSpace),
  listHoldingSpaces: row(signedIn()),
  releaseHeld: row(facilitators, ofHeld),
  refuseHeld: row(facilitators, (world) => ({ ...ofHeld(world), reason })),
  listOwnActs: row(signedIn()),
  getOwnAct: row(onlyMember, ({ appealed }) => ({ id: appealed })),
  readOwnAct: row(signedIn(), ({ appealed }) => ({ id: appealed })),
  getOwnLoad: row(signedIn()),
  askAppeal: row(onlyMember, ({ warned }) => ({ id: warned, words: "Fue otra cosa" })),
  askBanAppeal: {
    ...row(everyone("already_done"), ({ signInNames }) => ({
      signInName: signInNames.member,
      passphrase: testPassphrase,
      words: "Fue otra cosa",
    })),
    counts: true,
  },
  listAppeals: row(signedIn()),
  decideAppeal: row(judges, ({ appealed }) => ({
    id: appealed,
    decision: "take_back",
    answer: "Es cierto",
  })),
  listBans: row(stewards),
  endBan: row({ ...signedIn("not_found"), coordinator: "yes" }, ({ ban }) => ({ id: ban, reason })),
  banFromGroup: row(coordinators, ({ group, member }) => ({ group, id: member, reason })),
  banFromHub: row({ ...signedIn("not_found"), steward: "yes" }, ({ outsideReport }) => ({
    id: outsideReport,
    reason,
  })),
  listFilters: row(facilitators, ofSpace),
  changeFilters: row(facilitators, ({ space }) => ({ space, words: ["espina"] })),
  listBlocked: row(inSpace, ofSpace),
  blockParticipant: row(aboutMember, ofParticipant),
  unblockParticipant: row(inSpace, ofParticipant),
  askOneToOne: row(inSpace, ofParticipant),
  acceptOneToOne: row({ ...onlyMember, signatory: "not_allowed" }, ofAsker),
  refuseOneToOne: row(inSpace, ofAsker),
  listOneToOnes: row(signedIn()),
  closeOneToOne: row(signedIn("not_found"), ofSpace),
  listSpaceDecisions: row(inSpace, ofSpace),

  listNotices: row(signedIn()),
  readNotices: row(signedIn()),
  removeNotice: row({ ...signedIn("not_found"), member: "yes" }, ({ notice }) => ({ id: notice })),
  listLatest: row(signedIn()),
  getNoticeSettings: row(signedIn()),
  changeNoticeSettings: row(signedIn(), ({ space }) => ({
    ...{ own: "digest", digestHour: 18, quietFrom: "21:00", quietTo: "08:00" },
    ...{ digest: [], atOnce: [space] },
  })),
  letThrough: row(
    { ...signedIn("not_found"), facilitator: "yes", coordinator: "yes" },
    ofParticipant,
  ),
  stopLettingThrough: row(signedIn(), ofParticipant),
  subscribePush: row(signedIn(), () => ({ endpoint: "https://push.example.net/1" })),
  unsubscribePush: row(signedIn()),

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
  getOwnAddress: row(stewards),
  listPeers: row(stewards),
  getPeer: row(stewards, ofPeer),
  // Nobody answers there; whoever may not ask does not learn it.
  askPeer: row({ ...stewards, steward: "invalid_input" }, () => ({
    url: "https://nadie.example",
    fingerprint: words,
    purpose: "Encuentro",
    scopes: [],
  })),
  agreeToPeer: row(stewards, (world) => ({ ...ofPeer(world), fingerprint: words, scopes: [] })),
  changePeer: row(stewards, (world) => ({ ...ofPeer(world), state: "blocked" })),
  listPeerGroups: row(signedIn()),
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
