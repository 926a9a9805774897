import { randomUUID } from "node:crypto";
import type { MessageId, ParticipantId, ReportId, SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import {
  assignReport,
  decideReport,
  getReport,
  listOwnReports,
  listReports,
  noteReport,
  passReport,
  type ReportReason,
  readAnswers,
  reportMessage,
  reportParticipant,
} from "@telar/contracts/reports";
import { actAs } from "@telar/database/acting";
import type { Sql } from "@telar/database/connection";
import type { PageAfter } from "@telar/database/paging";
import * as reports from "@telar/database/reports";
import { mayDecide, mayPass, mayReport } from "@telar/rules/moderation";
import { demand } from "@telar/rules/verdict";
import type { Frame } from "./frame.ts";
import type { LiveSession } from "./live-session.ts";
import { placeToRead } from "./messages.ts";
import { answerPage, placeOfRow } from "./paging.ts";
import { serveOperation } from "./serve-operation.ts";

/** Nobody may read or write more or less after these. */
const harmless = { changesAccess: false };

export function serveReports(frame: Frame): void {
  serveTelling(frame);
  serveJudging(frame);
  serveDeciding(frame);
}

interface Told {
  space: SpaceId;
  reason: ReportReason;
  words: string;
  showName: boolean;
  outside: boolean;
}

function serveTelling(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(
    frame,
    reportMessage,
    ({ id, ...told }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        await placeToRead(sql, told.space, session.account);
        const target = await reports.getAuthor(sql, told.space, id);
        return tell(sql, session, { ...told, target, message: id });
      }),
    harmless,
  );

  serveOperation(
    frame,
    reportParticipant,
    ({ id: target, ...told }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        await placeToRead(sql, told.space, session.account);
        return tell(sql, session, { ...told, target });
      }),
    harmless,
  );

  serveOperation(frame, listOwnReports, ({ after }, { session }) =>
    actAs(database, session.claims, (sql) =>
      answerPage(
        { list: "own reports", key: secrets.cursor, after },
        (page: PageAfter<[string]>) => reports.listOwnReports(sql, page),
        placeOfRow,
      ),
    ),
  );

  serveOperation(
    frame,
    readAnswers,
    (_, { session }) =>
      actAs(database, session.claims, async (sql) => {
        await reports.markAnswersRead(sql);
        return {};
      }),
    { changesAccess: true },
  );
}

/** Nothing is told in the space: a line, or its time, could reach whom the report is about. */
async function tell(
  sql: Sql,
  { account }: LiveSession,
  told: Told & { target: ParticipantId; message?: MessageId },
): Promise<{ report: ReportId }> {
  const own = await reports.isOneself(sql, told.space, told.target, account);
  const { open, told: already } = await reports.countOpen(sql, account, told.target, told.message);
  demand(mayReport({ about: own ? "oneself" : "somebody", open }));
  if (already) throw new HubError("already_done");
  const report = randomUUID() as ReportId;
  await reports.addReport(sql, { id: report, ...told });
  return { report };
}

function serveJudging(frame: Frame): void {
  const { database, secrets } = frame;

  serveOperation(frame, listReports, ({ space, after }, { session }) =>
    actAs(database, session.claims, (sql) =>
      answerPage(
        { list: `reports:${space ?? ""}`, key: secrets.cursor, after },
        (page: PageAfter<reports.ReportPlace>) =>
          reports.listReports(sql, session.account, space, page),
        placeOfRow,
      ),
    ),
  );

  serveOperation(frame, getReport, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const report = await reports.getReport(sql, session.account, id);
      const attachments = await reports.listReportedAttachments(sql, report);
      return { ...report, attachments, notes: await reports.listNotes(sql, session.account, id) };
    }),
  );

  serveOperation(
    frame,
    assignReport,
    ({ id, mine }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        const report = await reports.getReportForChange(sql, session.account, id);
        demand(mayDecide(report));
        if (!mine && !report.assignee?.you) throw new HubError("changed_meanwhile");
        await reports.changeAssignee(sql, session.account, report, mine);
        return {};
      }),
    harmless,
  );

  serveOperation(
    frame,
    noteReport,
    ({ id, note }, { session }) =>
      actAs(database, session.claims, async (sql) => {
        const report = await reports.getReport(sql, session.account, id);
        await reports.addNote(sql, session.account, report, note);
        return {};
      }),
    harmless,
  );
}

function serveDeciding(frame: Frame): void {
  const { database } = frame;

  serveOperation(frame, passReport, ({ id }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      const report = await reports.getReportForChange(sql, session.account, id);
      demand(mayDecide(report));
      demand(mayPass(report.role));
      await reports.markPassed(sql, id);
      return {};
    }),
  );

  serveOperation(frame, decideReport, ({ id, state, answer }, { session }) =>
    actAs(database, session.claims, async (sql) => {
      demand(mayDecide(await reports.getReportForChange(sql, session.account, id)));
      await reports.markDecided(sql, session.account, id, { state, answer });
      return {};
    }),
  );
}
