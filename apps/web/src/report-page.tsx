import { banFromHub } from "@telar/contracts/bans";
import type { ReportId } from "@telar/contracts/ids";
import {
  assignReport,
  decideReport,
  getReport,
  noteReport,
  passReport,
  type Report,
} from "@telar/contracts/reports";
import { mayDecide, mayPass } from "@telar/rules/moderation";
import type * as z from "zod";
import { ActForm, actTyped } from "./acting.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
} from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { About, queuePath, Standing } from "./judging.tsx";
import { judgingWords as words } from "./judging.words.ts";
import { showPage } from "./layout.tsx";
import { ReportedAttachments, serveReportedAttachments } from "./reported-attachments.tsx";
import { reportWords } from "./reports.words.ts";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

const onePath = `${queuePath}/:id{[0-9a-f-]{36}}` as const;
const reportId = (c: PageContext) => c.req.param("id") as ReportId;
const pathOf = (c: PageContext, more = "") => `${queuePath}/${reportId(c)}${more}`;

type FullReport = z.output<(typeof getReport)["output"]>;

/** One report before those who judge it. */
export function serveReportPage(web: Web): void {
  const answers = (path: string, act: (c: PageContext, typed: Typed) => Promise<string>) =>
    web.post(`${onePath}/${path}`, (c) =>
      answerForm(c, {
        act: (typed) => act(c, typed),
        again: (attempt) => reportPage(c, { at: path, attempt }),
      }),
    );
  web.get(onePath, (c) => reportPage(c));
  serveReportedAttachments(web, onePath);
  answers("toma", async (c, typed) => {
    await c.var.call(assignReport, { id: reportId(c), mine: typed.text("mine") === "true" });
    return pathOf(c);
  });
  answers("notas", async (c, typed) => {
    await c.var.call(noteReport, { ...typed.input(noteReport), id: reportId(c) });
    return pathOf(c);
  });
  answers("paso", async (c) => {
    await c.var.call(passReport, { id: reportId(c) });
    return pathWhenDone(queuePath);
  });
  answers("actos", async (c, typed) => {
    const { id, space, about, message } = await c.var.call(getReport, { id: reportId(c) });
    const judged = { space: space.id, person: about.id, message: message?.id, report: id };
    await actTyped(c, typed, judged);
    return pathWhenDone(pathOf(c));
  });
  answers("respuesta", async (c, typed) => {
    await c.var.call(decideReport, { ...typed.input(decideReport), id: reportId(c) });
    return pathWhenDone(queuePath);
  });
  answers("cierre", async (c, typed) => {
    demandConfirmed(c.var);
    await c.var.call(banFromHub, { ...typed.input(banFromHub), id: reportId(c) });
    return pathWhenDone(pathOf(c));
  });
}

/** Which of the page's forms came back. */
interface CameBack {
  at: string;
  attempt: Attempt;
}

async function reportPage(c: PageContext, back?: CameBack) {
  demandAccount(c);
  const { t } = c.var;
  const report = await c.var.call(getReport, { id: reportId(c) });
  const open = mayDecide(report).allowed;
  return showPage(
    c,
    { title: words.title, attempt: back?.attempt },
    <>
      <h1>{t(words.reportHeading, { alias: <bdi>{report.about.alias}</bdi> })}</h1>
      <Done c={c} />
      <What t={t} report={report} />
      <ReportedAttachments t={t} report={report} path={pathOf(c)} />
      {open && <Assigning c={c} report={report} />}
      <Notes c={c} report={report} back={back} />
      {open && <Deciding c={c} report={report} back={back} />}
      <p>
        <a href={queuePath}>{t(words.back)}</a>
      </p>
    </>,
  );
}

function What({ t, report }: { t: Translate; report: Report }) {
  const { message, reporter } = report;
  return (
    <article class="card stack">
      <p>
        <strong>{t(reportWords[report.reason])}</strong>
      </p>
      <small>
        <About t={t} report={report} /> · {t.day(report.day)}
      </small>
      <p>
        {reporter === undefined
          ? t(words.reporterHidden)
          : t(words.reporter, { alias: <bdi>{reporter}</bdi> })}
      </p>
      {message && (
        <details>
          <summary>{t(words.openMessage)}</summary>
          <div class="stack">
            {message.note && <p class="note">{message.note}</p>}
            <Paragraphs text={message.body} />
          </div>
        </details>
      )}
      <h2>{t(words.theirWords)}</h2>
      {report.words ? <Paragraphs text={report.words} /> : <p>{t(words.noWords)}</p>}
      <Standing t={t} report={report} />
    </article>
  );
}

function Assigning({ c, report: { assignee } }: { c: PageContext; report: Report }) {
  const { t } = c.var;
  const mine = assignee?.you ?? false;
  return (
    <form method="post" action={pathOf(c, "/toma")}>
      <button type="submit" name="mine" value={String(!mine)} class={mine ? "quiet" : undefined}>
        {t(mine ? words.giveBack : words.take)}
      </button>
    </form>
  );
}

type PartProps = { c: PageContext; report: FullReport; back: CameBack | undefined };

const attemptAt = (path: string, back: CameBack | undefined) =>
  back?.at === path ? back.attempt : undefined;

function Notes({ c, report, back }: PartProps) {
  const { t } = c.var;
  const form = formOf(t, { note: words.note }, { attempt: attemptAt("notas", back) });
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{t(words.notes)}</h2>
      <ul class="log">
        {report.notes.map(({ name, you, day, note }) => (
          <li>
            <Paragraphs text={note} />
            <small>
              <bdi>{name}</bdi>
              {you && ` (${t.plain(words.you)})`} · {t.day(day)}
            </small>
          </li>
        ))}
      </ul>
      <Form of={form} action={pathOf(c, "/notas")}>
        <Textarea of={form} name="note" hint={t(words.noteHint)} rows={3} maxlength={2000} />
        <Submit kind="plain">{t(words.addNote)}</Submit>
      </Form>
    </section>
  );
}

function Deciding({ c, report, back }: PartProps) {
  const { t } = c.var;
  const labels = { state: words.state, answer: words.answer };
  const form = formOf(t, labels, { attempt: attemptAt("respuesta", back) });
  const states = (["decided", "no_action"] as const).map((value) => ({
    value,
    label: t(words[value]),
  }));
  return (
    <>
      <details open={back?.at === "actos"}>
        <summary>{t(words.do)}</summary>
        <ActForm
          c={c}
          action={pathOf(c, "/actos")}
          hides={report.message !== undefined}
          attempt={attemptAt("actos", back)}
        />
      </details>
      <section aria-labelledby="decide">
        <h2 id="decide">{t(words.decideHeading)}</h2>
        <Form of={form} action={pathOf(c, "/respuesta")}>
          <Choices of={form} name="state" options={states} />
          <Textarea of={form} name="answer" hint={t(words.answerHint)} maxlength={2000} />
          <Submit>{t(words.decide)}</Submit>
        </Form>
      </section>
      {mayPass(report.role).allowed ? (
        <form method="post" action={pathOf(c, "/paso")}>
          <button type="submit" class="quiet">
            {t(words.pass)}
          </button>
          <p class="hint">{t(words.passHint)}</p>
        </form>
      ) : (
        <Closing c={c} attempt={attemptAt("cierre", back)} />
      )}
    </>
  );
}

/** For stewards: the whole hub. */
function Closing({ c, attempt }: { c: PageContext; attempt: Attempt | undefined }) {
  const { t } = c.var;
  const form = formOf(t, { reason: words.reason }, { attempt });
  return (
    <details open={attempt !== undefined}>
      <summary>{t(words.banHub)}</summary>
      <Form of={form} action={pathOf(c, "/cierre")}>
        <Field of={form} name="reason" hint={t(words.banHubHint)} maxlength={300} />
        <Submit kind="stop">{t(words.banHub)}</Submit>
      </Form>
    </details>
  );
}
