import {
  changeNoticeSettings,
  getNoticeSettings,
  letThrough,
  stopLettingThrough,
} from "@telar/contracts/notices";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as settings from "@telar/database/notice-settings";
import { hasSubscription } from "@telar/database/push-subscriptions";
import { fittingDigest, peopleLetThrough } from "@telar/rules/notices";
import type { Frame } from "./frame.ts";
import { serveOperation } from "./serve-operation.ts";

/** What somebody wants to hear of opens and closes nothing. */
const sameAccess = { changesAccess: false };

export function serveNoticeSettings(frame: Frame): void {
  const { database, push } = frame;

  serveOperation(frame, getNoticeSettings, (_, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const { account } = session;
      const [chosen, spaces, people, here] = await Promise.all([
        settings.getChosen(sql, account),
        settings.listRhythms(sql, account),
        settings.listLetThrough(sql, account),
        hasSubscription(sql, session.id),
      ]);
      const offered = push && session.device === "own" ? { publicKey: push.publicKey } : {};
      return { ...chosen, spaces, people, push: { ...offered, here } };
    }),
  );

  serveOperation(
    frame,
    changeNoticeSettings,
    ({ digest, atOnce, ...chosen }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        if (!fittingDigest(chosen).allowed)
          throw new HubError("invalid_input", undefined, {
            fields: { digestHour: "out_of_range" },
          });
        const spaces = new Map([
          ...digest.map((space) => [space, "digest"] as const),
          ...atOnce.map((space) => [space, "at_once"] as const),
        ]);
        await settings.changeChosen(sql, session.account, chosen);
        const rhythms = [...spaces].map(([space, rhythm]) => ({ space, rhythm }));
        await settings.changeRhythms(sql, session.account, rhythms);
        return {};
      }),
    sameAccess,
  );

  serveOperation(
    frame,
    letThrough,
    ({ space, id }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        const people = await settings.listLetThrough(sql, session.account);
        if (people.length >= peopleLetThrough) throw new HubError("limit_reached");
        await settings.addLetThrough(sql, session.account, space, id);
        return {};
      }),
    sameAccess,
  );

  serveOperation(
    frame,
    stopLettingThrough,
    ({ id }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        await settings.removeLetThrough(sql, session.account, id);
        return {};
      }),
    sameAccess,
  );
}
