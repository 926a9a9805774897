import type { Notice } from "@telar/contracts/accounts";
import type { AccountId } from "@telar/contracts/ids";
import type { Sql } from "@telar/database/connection";
import { listStaleCards } from "@telar/database/crisis-cards";
import { listGroupsAskedFor } from "@telar/database/exports";
import { listModerationNotices } from "@telar/database/moderation-notices";
import * as notices from "@telar/database/notices";
import { hasFewCodes } from "@telar/rules/recoveries";

function describe(notice: notices.GroupNotice): Notice {
  if (notice.kind !== "group_recovery_asked") return notice;
  const { recovery, opensAt, ...asked } = notice;
  return {
    ...asked,
    ...(recovery && { recovery }),
    ...(opensAt && { opensAt: opensAt.toISOString() }),
  };
}

/** What the hub has to tell a person, what endangers their account first. */
export async function listNotices(sql: Sql, account: AccountId): Promise<Notice[]> {
  const [{ opensAt, codesLeft, newsWait }, inGroups, exported, stale, moderated] =
    await Promise.all([
      notices.getAccountNotice(sql, account),
      notices.listGroupNotices(sql, account),
      listGroupsAskedFor(sql, account),
      listStaleCards(sql, account),
      listModerationNotices(sql, account),
    ]);
  return [
    ...(opensAt ? [{ kind: "recovery_asked" as const, opensAt: opensAt.toISOString() }] : []),
    ...moderated,
    ...(newsWait ? [{ kind: "news_waits" as const }] : []),
    ...inGroups.map(describe),
    ...exported.map((asked) => ({ kind: "export_asked" as const, ...asked })),
    ...stale.map(({ coalition, ...cards }) => ({
      kind: "crisis_card_stale" as const,
      ...cards,
      ...(coalition && { coalition }),
    })),
    ...(hasFewCodes(codesLeft) ? [{ kind: "few_recovery_codes" as const, left: codesLeft }] : []),
  ];
}
