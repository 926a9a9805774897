import {
  acceptHandOver,
  declineHandOver,
  listHandOvers,
  offerHandOver,
} from "@telar/contracts/hand-overs";
import type { Role } from "@telar/contracts/memberships";
import { actAs } from "@telar/database/acting";
import { appendEvent, countOwnThisWeek, groupStream } from "@telar/database/events";
import * as groups from "@telar/database/groups";
import * as handOvers from "@telar/database/hand-overs";
import * as memberships from "@telar/database/memberships";
import { mayAcceptHandOver, mayOfferHandOver } from "@telar/rules/hand-overs";
import { mayBeginAgain } from "@telar/rules/recoveries";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

const besideCoordinator = (role: Role) => role !== "coordinator";

export function serveHandOvers(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, offerHandOver, ({ group, to, note, staysCoordinator }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      const begun = await countOwnThisWeek(sql, session.account, "hand_over.offered");
      await groups.getGroupForChange(sql, group);
      const { id: from } = place;
      demand(mayOfferHandOver(place, await memberships.getMembership(sql, group, to)));
      demand(mayBeginAgain(begun));
      await handOvers.addHandOver(sql, { group, from, to, note, staysCoordinator });
      await appendEvent(sql, groupStream(group), {
        kind: "hand_over.offered",
        by: from,
        membership: to,
      });
      return {};
    }),
  );

  serveOperation(frame, listHandOvers, ({ group }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await memberships.getOwnMembership(sql, group, session.account);
      return handOvers.listHandOvers(sql, group, session.account);
    }),
  );

  serveOperation(frame, acceptHandOver, ({ group, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const place = await memberships.getOwnMembership(sql, group, session.account);
      await groups.getGroupForChange(sql, group);
      const offer = await handOvers.getHandOver(sql, group, id);
      demand(mayAcceptHandOver(place, offer));
      const giver = await memberships.getMembership(sql, group, offer.from);
      await memberships.changeRoles(sql, place.id, [...place.roles, "coordinator"]);
      await handOvers.removeHandOver(sql, group, id);
      if (!offer.staysCoordinator)
        await memberships.changeRoles(sql, giver.id, giver.roles.filter(besideCoordinator));
      await appendEvent(sql, groupStream(group), {
        kind: "hand_over.accepted",
        by: offer.from,
        membership: offer.to,
        stays: offer.staysCoordinator,
      });
      return {};
    }),
  );

  serveOperation(frame, declineHandOver, ({ group, id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await memberships.getOwnMembership(sql, group, session.account);
      const { to } = await handOvers.removeHandOver(sql, group, id);
      await appendEvent(sql, groupStream(group), { kind: "hand_over.declined", membership: to });
      return {};
    }),
  );
}
