import * as accounts from "./accounts.ts";
import * as appeals from "./appeals.ts";
import * as archives from "./archives.ts";
import * as attachments from "./attachments.ts";
import * as bans from "./bans.ts";
import * as blocks from "./blocks.ts";
import * as circles from "./circles.ts";
import * as coalitions from "./coalitions.ts";
import * as crisisCards from "./crisis-cards.ts";
import * as events from "./events.ts";
import * as exports from "./exports.ts";
import * as filters from "./filters.ts";
import * as foundings from "./foundings.ts";
import * as groupRecoveries from "./group-recoveries.ts";
import * as groups from "./groups.ts";
import * as handOvers from "./hand-overs.ts";
import * as hub from "./hub.ts";
import * as invitations from "./invitations.ts";
import * as memberships from "./memberships.ts";
import * as messages from "./messages.ts";
import * as moderation from "./moderation.ts";
import * as notices from "./notices.ts";
import * as oneToOnes from "./one-to-ones.ts";
import type { Operation } from "./operation.ts";
import * as participants from "./participants.ts";
import * as passkeys from "./passkeys.ts";
import * as peerGroups from "./peer-groups.ts";
import * as peers from "./peers.ts";
import * as recoveries from "./recoveries.ts";
import * as reports from "./reports.ts";
import * as sessions from "./sessions.ts";
import * as shifts from "./shifts.ts";
import * as spaces from "./spaces.ts";

const features = {
  sessions,
  passkeys,
  recoveries,
  accounts,
  archives,
  invitations,
  groups,
  foundings,
  memberships,
  handOvers,
  groupRecoveries,
  coalitions,
  events,
  hub,
  peers,
  peerGroups,
  exports,
  spaces,
  participants,
  crisisCards,
  shifts,
  messages,
  attachments,
  circles,
  reports,
  moderation,
  appeals,
  bans,
  filters,
  blocks,
  oneToOnes,
  notices,
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
