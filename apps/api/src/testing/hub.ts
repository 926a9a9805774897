import { randomBytes } from "node:crypto";
import { foundGroup } from "@telar/contracts/groups";
import type { GroupId } from "@telar/contracts/ids";
import { acceptInvitation, inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import type { Role } from "@telar/contracts/memberships";
import { createTestDatabase, type TestDatabase } from "@telar/database/testing/database";
import { FetchProblem } from "@telar/federation/guarded-fetch";
import { pino } from "pino";
import { createApi } from "../app.ts";
import { addFirstInvitation } from "../first-invitation.ts";
import type { ApiOptions } from "../frame.ts";
import type { PushKeys } from "../push.ts";
import { Person } from "./person.ts";
import { makePushKeys } from "./push-keys.ts";
import { testFiles } from "./uploads.ts";

export interface TestHub {
  app: ReturnType<typeof createApi>;
  /** Stands before the row-level wall. */
  owner: TestDatabase["owner"];
  as: TestDatabase["as"];
  url: string;
  push: PushKeys;
  /** Every line that the hub logged. */
  logged: string[];
  /** Somebody without an account, or the browser that carries these cookies. */
  newcomer(cookies?: string): Person;
  /** The hub's first steward, or another one. */
  steward(): Promise<Person>;
  /** A group founded by its first coordinator. */
  group(name?: string): Promise<{ group: GroupId; coordinator: Person }>;
  /** Somebody new in that group. */
  member(group: { group: GroupId; coordinator: Person }, roles?: Role[]): Promise<Person>;
  /** The same hub in a new process, which remembers nothing but what its database keeps. */
  restart(): TestHub;
  release(): Promise<void>;
}

export const testPassphrase = "ahuehuete ceiba copal encino fresno guaje nogal";

const cheap = { memoryCost: 16, timeCost: 1 };
const sharedSecrets = { cookie: randomBytes(32), cursor: randomBytes(32) };

/** A whole api on a database of its own; passphrases are hashed cheaply. */
export async function createTestHub(
  secrets = sharedSecrets,
  passphraseCost = cheap,
  peering: Peering = {},
): Promise<TestHub> {
  const test = await createTestDatabase();
  const database = test.as("telar_api");
  return openTestHub(test, { database, secrets, passphraseCost, ...peering });
}

type Peering = Partial<Pick<ApiOptions, "identity" | "hubFetch" | "publicUrl" | "fingerprint">>;

function openTestHub(
  test: TestDatabase,
  options: Pick<ApiOptions, "database" | "secrets" | "passphraseCost"> & Peering,
): TestHub {
  const { publicUrl = "http://localhost:8080" } = options;
  const logged: string[] = [];
  const push = makePushKeys();
  const app = createApi({
    lookups: options.database,
    publicUrl,
    fingerprint: "palabra ".repeat(12).trim(),
    identity: { document: () => ({}), keys: async () => "", signingKey: () => Promise.reject() },
    hubFetch: () => Promise.reject(new FetchProblem("unreachable")),
    withinOwnNetwork: true,
    metricsFrom: "anywhere",
    log: pino({ level: "debug" }, { write: (entry: string) => void logged.push(entry) }),
    files: testFiles,
    push,
    ...options,
  });
  const newcomer = (cookies?: string) =>
    new Person((request) => app.request(request), publicUrl, cookies);
  const join = async (code: string, alias = newAlias()) => {
    const person = newcomer();
    const passphrase = testPassphrase;
    await person.call(joinByInvitation, {
      code,
      signInName: `entra ${alias}`,
      alias,
      passphrase,
      device: "own",
    });
    return person;
  };
  const steward = async () => join((await addFirstInvitation(test.owner, publicUrl)).code);
  return {
    app,
    owner: test.owner,
    url: test.url,
    push,
    as: test.as,
    logged,
    newcomer,
    steward,
    async group(name = `Grupo ${newAlias()}`) {
      const coordinator = await join(
        (await addFirstInvitation(test.owner, publicUrl, "founding")).code,
      );
      const { group } = await coordinator.call(foundGroup, {
        name,
        kind: "victim_network",
        languages: ["es"],
        capabilities: [],
        alias: newAlias(),
      });
      return { group, coordinator };
    },
    async member({ group, coordinator }, roles = []) {
      const { code } = await coordinator.call(inviteToGroup, { group, roles });
      return join(code);
    },
    restart: () => openTestHub(test, options),
    release: test.release,
  };
}

/** Takes one more place with the account that the person has. */
export async function joinToo(
  person: Person,
  { group, coordinator }: { group: GroupId; coordinator: Person },
  alias = newAlias(),
): Promise<void> {
  const { code } = await coordinator.call(inviteToGroup, { group, roles: [] });
  await person.call(acceptInvitation, { code, alias });
}

const trees = [
  "Ahuehuete",
  "Ceiba",
  "Copal",
  "Encino",
  "Fresno",
  "Guaje",
  "Nogal",
  "Ocote",
  "Pirul",
];
let planted = 0;

/** A tree nobody in this run is called by yet. */
export function newAlias(): string {
  planted += 1;
  return `${trees[planted % trees.length]} ${planted}`;
}
