import type { Notice } from "@telar/contracts/accounts";
import { stopRecovery } from "@telar/contracts/recoveries";
import { answerForm } from "./form.tsx";
import { type PageContext, pathWithReturn, restsUntil, type Web } from "./frame.ts";
import { noticeWords as words } from "./notices.words.ts";
import type { Translate } from "./words.ts";

/** What endangers the account is told on every page; the rest waits where people look around. */
export function Notices({ c }: { c: PageContext }) {
  const { t, account } = c.var;
  const { path } = c.req;
  const rests = restsUntil(account) !== undefined;
  const shown = (account?.notices ?? []).filter((notice) => {
    if (notice.kind === "recovery_asked") return true;
    if (notice.kind === "news_waits") return !rests && path === "/";
    const here =
      path === (rests ? "/pausa" : "/") ||
      (!rests && path === "/avisos") ||
      path === pageOf(notice);
    return here && (!rests || canBeTooLate(notice));
  });
  if (shown.length === 0) return null;
  return (
    <section class="notices" aria-label={t.plain(words.label)}>
      {shown.map((notice) => (
        <NoticeText t={t} notice={notice} />
      ))}
    </section>
  );
}

/** What takes effect by itself unless this person stops it. */
const canBeTooLate = (notice: Notice) =>
  notice.kind === "group_recovery_asked" && notice.recovery && notice.opensAt;

const pageOf = (notice: Notice) => ("group" in notice ? `/grupos/${notice.group}` : "/cuenta");

/** Where it is answered. */
function answerOf(notice: Extract<Notice, { group: unknown }>): string {
  switch (notice.kind) {
    case "hand_over_offered":
      return `/grupos/${notice.group}/entregar`;
    case "export_asked":
      return `/grupos/${notice.group}/copias`;
    case "group_recovery_asked":
      return `/grupos/${notice.group}/recuperacion`;
    case "coalition_asks":
      return `/coaliciones/${notice.coalition}`;
    case "crisis_card_stale":
      return notice.coalition
        ? `/coaliciones/${notice.coalition}/ayuda`
        : `/grupos/${notice.group}/ayuda`;
  }
}

function NoticeText({ t, notice }: { t: Translate; notice: Notice }) {
  switch (notice.kind) {
    case "recovery_asked":
      return (
        <form class="notice danger" method="post" action="/cuenta/recuperacion/detener">
          <p>{t(words.recoveryAsked, { moment: t.moment(notice.opensAt) })}</p>
          <button type="submit" class="stop">
            {t(words.stopRecovery)}
          </button>
        </form>
      );
    case "few_recovery_codes":
      return (
        <p class="notice">
          {t(words.fewCodes, { left: notice.left })} <a href="/cuenta/hoja">{t(words.openSheet)}</a>
        </p>
      );
    case "news_waits":
      return (
        <p class="notice">
          {t(words.newsWaits)} <a href="/avisos">{t(words.openInbox)}</a>
        </p>
      );
    case "hand_over_offered":
      return (
        <p class="notice">
          {t(words.handOverOffered, { group: notice.groupName })}{" "}
          <a href={answerOf(notice)}>{t(words.openGroup)}</a>
        </p>
      );
    case "group_recovery_asked":
      return <GroupRecoveryText t={t} notice={notice} />;
    case "coalition_asks":
      return (
        <p class="notice">
          {t(words.coalitionAsks, { group: notice.groupName })}{" "}
          <a href={answerOf(notice)}>{t(words.openCoalition)}</a>
        </p>
      );
    case "crisis_card_stale":
      return (
        <p class="notice">
          {t(words.crisisCardStale, { group: notice.groupName })}{" "}
          <a href={answerOf(notice)}>{t(words.openCrisisCards)}</a>
        </p>
      );
    case "decision":
      return (
        <p class="notice">
          {t(words.decision)} <a href={`/decisiones/${notice.act}`}>{t(words.openDecision)}</a>
        </p>
      );
    case "report_answered":
      return (
        <p class="notice">
          {t(words.reportAnswered)} <a href="/reportes/mios">{t(words.openReports)}</a>
        </p>
      );
    case "judgement_waits":
      return (
        <p class="notice">
          {t(words.judgementWaits)} <a href="/reportes">{t(words.openJudgements)}</a>
        </p>
      );
    case "export_asked":
      return (
        <p class="notice">
          {t(words.exportAsked, { group: notice.groupName })}{" "}
          <a href={answerOf(notice)}>{t(words.answerExport)}</a>
        </p>
      );
  }
}

/** Whoever coordinates stops it right here once it counts the days. */
function GroupRecoveryText({
  t,
  notice,
}: {
  t: Translate;
  notice: Extract<Notice, { kind: "group_recovery_asked" }>;
}) {
  const { groupName: group, recovery, opensAt } = notice;
  const page = answerOf(notice);
  if (!recovery || !opensAt)
    return (
      <p class="notice">
        {t(words.groupRecoveryAsked, { group })} <a href={page}>{t(words.openGroupRecovery)}</a>
      </p>
    );
  return (
    <form class="notice danger" method="post" action={`${page}/${recovery}`}>
      <p>
        {t(words.groupRecoveryWaits, { group, moment: <strong>{t.moment(opensAt)}</strong> })}{" "}
        <a href={page}>{t(words.openGroupRecovery)}</a>
      </p>
      <button type="submit" class="stop" name="answer" value="stop">
        {t(words.stopGroupRecovery)}
      </button>
    </form>
  );
}

export function serveNotices(web: Web): void {
  web.post("/cuenta/recuperacion/detener", (c) =>
    answerForm(c, {
      act: async () => {
        if (!c.var.account?.confirmed) return pathWithReturn("/confirmar", "/cuenta");
        await c.var.call(stopRecovery, {});
        return "/cuenta/hoja?detenida";
      },
      again: ({ refusal }) => {
        throw refusal;
      },
    }),
  );
}
