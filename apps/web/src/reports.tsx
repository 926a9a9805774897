import { getMessage } from "@telar/contracts/messages";
import {
  listOwnReports,
  type OwnReport,
  ReportReason,
  readAnswers,
  reportMessage,
  reportParticipant,
} from "@telar/contracts/reports";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Check,
  Choices,
  Form,
  formOf,
  Submit,
  Textarea,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { PageLinks, readAfter } from "./page-links.tsx";
import { reportWords as words } from "./reports.words.ts";
import {
  messagePath,
  participantId,
  participantPath,
  pathOfSpace,
  pathOfThisMessage,
  spaceId,
  whichMessage,
  within,
} from "./space-inside.ts";
import { findPerson } from "./space-person.tsx";
import type { Translate } from "./words.ts";

const ownPath = "/reportes/mios";

export function serveReports(web: Web): void {
  const aboutMessage = `${messagePath}/reportar` as const;
  web.get(aboutMessage, (c) => within(c, () => messageForm(c)));
  web.post(aboutMessage, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(reportMessage, { ...typed.input(reportMessage), ...whichMessage(c) });
        return `${ownPath}?enviado`;
      },
      again: (attempt) => within(c, () => messageForm(c, attempt)),
    }),
  );
  const aboutPerson = `${participantPath("personas")}/reportar` as const;
  web.get(aboutPerson, (c) => within(c, () => personForm(c)));
  web.post(aboutPerson, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { space: spaceId(c), id: participantId(c) };
        await c.var.call(reportParticipant, { ...typed.input(reportParticipant), ...who });
        return `${ownPath}?enviado`;
      },
      again: (attempt) => within(c, () => personForm(c, attempt)),
    }),
  );
  web.get(ownPath, (c) => ownPage(c));
  web.post(ownPath, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(readAnswers, {});
        return ownPath;
      },
      again: ({ refusal }) => {
        throw refusal;
      },
    }),
  );
}

async function messageForm(c: PageContext, attempt?: Attempt) {
  const { author } = await c.var.call(getMessage, whichMessage(c));
  const heading = c.var.t(words.messageHeading, { alias: <bdi>{author.alias}</bdi> });
  const back = pathOfThisMessage(c);
  return reportForm(c, { heading, back, action: `${back}/reportar`, keeps: true, attempt });
}

async function personForm(c: PageContext, attempt?: Attempt) {
  const { alias } = await findPerson(c);
  const heading = c.var.t(words.personHeading, { alias: <bdi>{alias}</bdi> });
  const back = pathOfSpace(c, `/personas/${participantId(c)}`);
  return reportForm(c, { heading, back, action: `${back}/reportar`, keeps: false, attempt });
}

interface FormParts {
  heading: ReturnType<Translate>;
  back: string;
  action: string;
  /** The message is kept with it. */
  keeps: boolean;
  attempt: Attempt | undefined;
}

const reasonOptions = (t: Translate) =>
  ReportReason.options.map((value) => ({ value, label: t(words[value]) }));

export function reportForm(c: PageContext, parts: FormParts) {
  const { heading, back, action, keeps, attempt } = parts;
  const { t } = c.var;
  const labels = {
    reason: words.reason,
    words: words.words,
    showName: words.showName,
    outside: words.outside,
  };
  const form = formOf(t, labels, { attempt });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{heading}</h1>
      <p>{t(words.lead)}</p>
      <p class="aside">{t(words.danger)}</p>
      <Form of={form} action={action}>
        <Choices of={form} name="reason" options={reasonOptions(t)} />
        <Textarea of={form} name="words" hint={t(words.wordsHint)} maxlength={2000} optional />
        <Check of={form} name="showName" />
        <Check of={form} name="outside" />
        {keeps && <p class="hint">{t(words.keeps)}</p>}
        <p class="steps">
          <Submit>{t(words.send)}</Submit>
          <a class="button quiet" href={back}>
            {t(words.back)}
          </a>
        </p>
      </Form>
    </>,
  );
}

async function ownPage(c: PageContext) {
  demandAccount(c);
  const { t } = c.var;
  const { entries: own, next } = await c.var.call(listOwnReports, { after: readAfter(c) });
  const unread = own.some(({ answer, seen }) => answer !== undefined && !seen);
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.ownHeading)}</h1>
      {c.req.query("enviado") !== undefined && (
        <p class="notice done" role="status">
          {t(words.sent)}
        </p>
      )}
      {own.length === 0 ? (
        <EmptyState step={{ href: "/espacios", words: t(words.toSpaces) }}>
          {t(words.ownNone)}
        </EmptyState>
      ) : (
        <>
          <p>{t(words.ownLead)}</p>
          <ul class="cards">
            {own.map((report) => (
              <Own t={t} report={report} />
            ))}
          </ul>
        </>
      )}
      <PageLinks c={c} path={ownPath} next={next} />
      {unread && (
        <form method="post" action={ownPath}>
          <button type="submit">{t(words.understood)}</button>
        </form>
      )}
      {own.length > 0 && (
        <p>
          <a href="/espacios">{t(words.toSpaces)}</a>
        </p>
      )}
    </>,
  );
}

function Own({ t, report }: { t: Translate; report: OwnReport }) {
  const { alias, space, message, state, readBy, answer, showName, day } = report;
  const open = state === "new" || state === "assigned";
  return (
    <li class="stack">
      <strong>
        {t(message ? words.onMessage : words.onPerson, {
          alias: <bdi>{alias}</bdi>,
          space: <bdi>{space}</bdi>,
        })}
      </strong>
      <small>
        {t(words[report.reason])} · {t.day(day)}
      </small>
      <p>
        {t(words[`state_${state}`])}{" "}
        {open && t(readBy ? words[`readBy_${readBy}`] : words.readByNobody)}{" "}
        {open && t(showName ? words.named : words.unnamed)}
      </p>
      {answer && (
        <section class="aside">
          <h2>{t(words.answer)}</h2>
          <Paragraphs text={answer} />
        </section>
      )}
      {report.words && (
        <details>
          <summary>{t(words.yourWords)}</summary>
          <div class="stack">
            <Paragraphs text={report.words} />
          </div>
        </details>
      )}
    </li>
  );
}
