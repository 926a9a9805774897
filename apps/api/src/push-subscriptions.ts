import { subscribePush, unsubscribePush } from "@telar/contracts/notices";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as subscriptions from "@telar/database/push-subscriptions";
import { isPublicEndpoint } from "@telar/federation/public-addresses";
import { devicesPerAccount } from "@telar/rules/notices";
import type { Frame } from "./frame.ts";
import { sealEndpoint } from "./push.ts";
import { serveOperation } from "./serve-operation.ts";

export function servePushSubscriptions(frame: Frame): void {
  const { database, push } = frame;

  serveOperation(frame, subscribePush, ({ endpoint }, { session }) => {
    if (!push || session.device === "shared") throw new HubError("not_allowed");
    if (!isPublicEndpoint(endpoint))
      throw new HubError("invalid_input", undefined, { fields: { endpoint: "not_an_option" } });
    const { id, account, claims } = session;
    return actAs(database, claims, async (sql) => {
      const others = await subscriptions.countOtherSubscriptions(sql, account, id);
      if (others >= devicesPerAccount) throw new HubError("limit_reached");
      const sealed = sealEndpoint(push, id, endpoint);
      await subscriptions.putSubscription(sql, { account, session: id, sealed });
      return {};
    });
  });

  serveOperation(frame, unsubscribePush, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      await subscriptions.removeSubscription(sql, session.id);
      return {};
    }),
  );
}
