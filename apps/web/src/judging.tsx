import { listAppeals } from "@telar/contracts/appeals";
import { getOwnLoad, listHoldingSpaces } from "@telar/contracts/moderation";
import { listReports, type Report } from "@telar/contracts/reports";
import { EmptyState } from "./empty-state.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { judgingWords as words } from "./judging.words.ts";
import { showPage } from "./layout.tsx";
import { PageLinks, readAfter } from "./page-links.tsx";
import { reportWords } from "./reports.words.ts";
import type { Message, Translate } from "./words.ts";

export const queuePath = "/reportes";

/** Everything that waits for the judgement of one person, and their own load. */
export function serveJudging(web: Web): void {
  web.get(queuePath, (c) => queuePage(c));
}

async function queuePage(c: PageContext) {
  demandAccount(c);
  const { t, call } = c.var;
  const [{ entries: reports, next }, holding, { entries: appeals }, load] = await Promise.all([
    call(listReports, { after: readAfter(c) }),
    call(listHoldingSpaces, {}),
    call(listAppeals, {}),
    call(getOwnLoad, {}),
  ]);
  const isOpen = ({ state }: Report) => state === "new" || state === "assigned";
  const nothing = reports.length + holding.length + appeals.length === 0;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {nothing && <EmptyState>{t(words.none)}</EmptyState>}
      {holding.length > 0 && (
        <section aria-labelledby="held">
          <h2 id="held">{t(words.held)}</h2>
          <ul class="ways">
            {holding.map(({ id, title }) => (
              <li>
                <a href={`/espacios/${id}/retenidos`}>
                  <bdi>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {appeals.length > 0 && (
        <p>
          <a class="button" href="/apelaciones">
            {t(words.appeals)}
          </a>
        </p>
      )}
      <Reports t={t} id="open" heading={words.openHeading} reports={reports.filter(isOpen)} />
      <Reports
        t={t}
        id="closed"
        heading={words.closedHeading}
        reports={reports.filter((report) => !isOpen(report))}
      />
      <PageLinks c={c} path={queuePath} next={next} />
      <p class="hint">{t(words.load, load)}</p>
      <p>
        <a href="/espacios">{t(reportWords.toSpaces)}</a>
      </p>
    </>,
  );
}

interface ReportsProps {
  t: Translate;
  id: string;
  heading: Message;
  reports: readonly Report[];
}

function Reports({ t, id, heading, reports }: ReportsProps) {
  if (reports.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      <ul class="cards">
        {reports.map((report) => (
          <li>
            <a href={`${queuePath}/${report.id}`}>{t(reportWords[report.reason])}</a>
            <small>
              <About t={t} report={report} /> · {t.day(report.day)}
            </small>
            <Standing t={t} report={report} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export const About = ({ t, report: { about, space } }: { t: Translate; report: Report }) =>
  t(words.about, { alias: <bdi>{about.alias}</bdi>, space: <bdi>{space.title}</bdi> });

export function Standing({ t, report }: { t: Translate; report: Report }) {
  const { assignee, answer } = report;
  if (answer !== undefined) return <p>{t(words.answered, { answer })}</p>;
  if (!assignee) return <p>{t(words.waits)}</p>;
  return (
    <p>
      {assignee.you ? t(words.takenByYou) : t(words.taken, { name: <bdi>{assignee.name}</bdi> })}
    </p>
  );
}
