import * as accounts from "./accounts.ts";
import * as coalitions from "./coalitions.ts";
import * as events from "./events.ts";
import * as exports from "./exports.ts";
import * as foundings from "./foundings.ts";
import * as groupRecoveries from "./group-recoveries.ts";
import * as groups from "./groups.ts";
import * as handOvers from "./hand-overs.ts";
import * as hub from "./hub.ts";
import * as invitations from "./invitations.ts";
import * as memberships from "./memberships.ts";
import type { Operation } from "./operation.ts";
import * as passkeys from "./passkeys.ts";
import * as recoveries from "./recoveries.ts";
import * as sessions from "./sessions.ts";

const features = {
  sessions,
  passkeys,
  recoveries,
  accounts,
  invitations,
  groups,
  foundings,
  memberships,
  handOvers,
  groupRecoveries,
  coalitions,
  events,
  hub,
  exports,
};

const isOperation = (part: unknown): part is Operation =>
  typeof part === "object" && part !== null && "method" in part && "path" in part;

/** Every operation of the hub by its name, with the feature it belongs to. */
export const operations: { name: string; feature: string; operation: Operation }[] = Object.entries(
  features,
).flatMap(([feature, parts]) =>
  Object.entries(parts).flatMap(([name, part]) =>
    isOperation(part) ? [{ name, feature, operation: part }] : [],
  ),
);
