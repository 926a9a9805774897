import type { Account } from "@telar/contracts/accounts";
import {
  type InboxNotice,
  listLatest,
  listNotices,
  type News,
  type NoticeId,
  readNotices,
  removeNotice,
} from "@telar/contracts/notices";
import { EmptyState } from "./empty-state.tsx";
import { answerForm } from "./form.tsx";
import { type PageContext, restsUntil, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { inboxWords as words } from "./inbox.words.ts";
import { showPage } from "./layout.tsx";
import { placeRead } from "./read-places.ts";
import type { Message, Translate } from "./words.ts";

const inboxPath = "/avisos";

export function serveInbox(web: Web): void {
  web.get(inboxPath, (c) => inboxPage(c));
  web.post(inboxPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const ids = typed.list("id") as NoticeId[];
        if (ids.length === 0) await c.var.call(readNotices, {});
        for (const id of ids) await c.var.call(removeNotice, { id });
        return inboxPath;
      },
      again: ({ refusal }) => {
        // Gone already, from another tab or by its age.
        if (refusal.code === "not_found") return c.redirect(inboxPath, 303);
        throw refusal;
      },
    }),
  );
}

async function inboxPage(c: PageContext) {
  demandAccount(c);
  const { t, account, call } = c.var;
  if (restsUntil(account)) return c.redirect("/pausa", 303);
  const notices = (await call(listNotices, {})).filter(({ news }) => !standsOnTop(account, news));
  const [fresh, earlier] = [false, true].map((seen) =>
    notices.filter((notice) => notice.seen === seen),
  ) as [InboxNotice[], InboxNotice[]];
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {notices.length === 0 && <EmptyState>{t(words.none)}</EmptyState>}
      <Part t={t} id="nuevos" heading={words.fresh} notices={fresh} />
      {fresh.length > 0 && (
        <form method="post" action={inboxPath}>
          <button type="submit" class="main">
            {t(words.seen)}
          </button>
        </form>
      )}
      <Part t={t} id="antes" heading={words.earlier} notices={earlier} />
      <p>
        <a href="/cuenta/avisos">{t(words.choose)}</a>
      </p>
    </>,
  );
}

/** What waits for its reader is told above the list until it is done. */
function standsOnTop(account: Account | undefined, news: News): boolean {
  return (account?.notices ?? []).some((notice) => {
    switch (notice.kind) {
      case "decision":
        return "decision" in news && news.decision === notice.act && news.kind !== "appeal_waits";
      case "report_answered":
        return news.kind === "report_answered";
      case "judgement_waits":
        return news.kind === "appeal_waits" || news.kind === "report_waits";
      default:
        return false;
    }
  });
}

type InSpace = Extract<News, { space: unknown }>;
const isInSpace = (news: News): news is InSpace => "space" in news;

interface PartProps {
  t: Translate;
  id: string;
  heading: Message;
  notices: InboxNotice[];
}

/** What is new in several spaces is one thing to look at. */
function Part({ t, id, heading, notices }: PartProps) {
  if (notices.length === 0) return null;
  const spaces = notices.filter(({ news }) => news.kind === "new_messages");
  const others = notices.filter(({ news }) => news.kind !== "new_messages");
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      <ul class="cards">
        {spaces.length > 0 && <SpacesWithNews t={t} notices={spaces} />}
        {others.map((notice) => (
          <OneNotice t={t} notice={notice} />
        ))}
      </ul>
    </section>
  );
}

function SpacesWithNews({ t, notices }: Pick<PartProps, "t" | "notices">) {
  const found = notices.flatMap(({ news }) => (isInSpace(news) ? [news] : []));
  const about = found.map(({ title }) => t.plain(words.newsIn, { space: title })).join(", ");
  return (
    <li class="stack">
      <p>{t(words.newMessages)}</p>
      <ul>
        {found.map(({ space, title }) => (
          <li>
            <a href={`/espacios/${space}#nuevo`}>
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <Remove t={t} notices={notices} about={about} />
    </li>
  );
}

const texts: Record<Exclude<News["kind"], "new_messages">, Message> = {
  answered: words.answered,
  admitted: words.admitted,
  admission_asked: words.admissionAsked,
  rules_changed: words.rulesChanged,
  one_to_one_asked: words.oneToOneAsked,
  decided: words.decided,
  appeal_answered: words.appealAnswered,
  report_answered: words.reportAnswered,
  appeal_waits: words.appealWaits,
  report_waits: words.reportWaits,
};

/** Where it is read, answered or done. */
function pathOf(news: News): string {
  switch (news.kind) {
    case "answered":
      return `/espacios/${news.space}/mensajes/${news.message}`;
    case "admission_asked":
      return `/espacios/${news.space}/admisiones`;
    case "rules_changed":
      return `/espacios/${news.space}/entrar`;
    case "new_messages":
    case "admitted":
      return `/espacios/${news.space}`;
    case "one_to_one_asked":
      return "/conversaciones";
    case "decided":
    case "appeal_answered":
      return `/decisiones/${news.decision}`;
    case "report_answered":
      return "/reportes/mios";
    case "report_waits":
      return `/reportes/${news.report}`;
    case "appeal_waits":
      return "/apelaciones";
  }
}

function OneNotice({ t, notice }: { t: Translate; notice: InboxNotice }) {
  const { news, day } = notice;
  if (news.kind === "new_messages") return null;
  const message = texts[news.kind];
  const space = isInSpace(news) ? news.title : "";
  const about = t.plain(message, { space });
  return (
    <li class="stack">
      <p>{t(message, { space: <bdi>{space}</bdi> })}</p>
      <small>{t.day(day)}</small>
      <p class="steps">
        <a class="button" href={pathOf(news)} aria-label={t.plain(words.openLine, { about })}>
          {t(words.open)}
        </a>
      </p>
      <Remove t={t} notices={[notice]} about={about} />
    </li>
  );
}

function Remove({ t, notices, about }: Pick<PartProps, "t" | "notices"> & { about: string }) {
  return (
    <form method="post" action={inboxPath}>
      {notices.map(({ id }) => (
        <input type="hidden" name="id" value={id} />
      ))}
      <button type="submit" class="quiet" aria-label={t.plain(words.removeLine, { about })}>
        {t(words.remove)}
      </button>
    </form>
  );
}

/** For whoever comes back from a pause: where there is something, by what this browser keeps; never how much. */
export async function newsSinceLastVisit(c: PageContext) {
  const { t, call, account } = c.var;
  if (!account) return null;
  const [latest, notices] = await Promise.all([call(listLatest, {}), call(listNotices, {})]);
  const spaces = latest.filter((space) => {
    const read = placeRead(c, space.you);
    return read !== undefined && read < space.latest;
  });
  const waits = notices.some(({ seen }) => !seen);
  if (spaces.length === 0 && !waits) return null;
  return (
    <section aria-labelledby="mientras">
      <h2 id="mientras">{t(words.returned)}</h2>
      {spaces.length > 0 && (
        <>
          <p>{t(words.returnedNews)}</p>
          <ul>
            {spaces.map(({ space, title }) => (
              <li>
                <a href={`/espacios/${space}#nuevo`}>
                  <bdi>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {waits && (
        <p>
          {t(words.returnedNotices)} <a href={inboxPath}>{t(words.returnedOpen)}</a>
        </p>
      )}
    </section>
  );
}
