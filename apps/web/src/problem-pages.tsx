import { HubError, type ProblemCode, problems } from "@telar/contracts/problems";
import type { Child } from "hono/jsx";
import { wordsOfRefusal } from "./form.tsx";
import { ownPath, type PageContext, pathWithReturn, type Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { problemPageWords as words } from "./problem-pages.words.ts";
import type { Typed } from "./typed.ts";
import type { Message } from "./words.ts";

interface Text {
  heading: Message;
  next?: Message;
  step?: { to: "/entrar" | "/confirmar"; words: Message };
}

const texts: Partial<Record<ProblemCode, Text>> = {
  not_found: { heading: words.notFound, next: words.notFoundNext },
  not_signed_in: {
    heading: words.notSignedIn,
    next: words.notSignedInNext,
    step: { to: "/entrar", words: words.enter },
  },
  not_allowed: { heading: words.notAllowed, next: words.notAllowedNext },
  confirmation_needed: {
    heading: words.confirm,
    next: words.confirmNext,
    step: { to: "/confirmar", words: words.confirmStep },
  },
  foreign_origin: { heading: words.foreign, next: words.foreignNext },
  too_many_tries: { heading: words.tooMany },
  too_large: { heading: words.tooLarge, next: words.tooLargeNext },
  unexpected: { heading: words.failed, next: words.failedNext },
  unavailable: { heading: words.unavailable, next: words.unavailableNext },
};

export function serveProblemPages(web: Web): void {
  web.notFound((c) => answerRefusal(c, new HubError("not_found")));
  web.onError((error, c) => {
    if (error instanceof HubError) return answerRefusal(c, error);
    c.var.options?.report?.(error);
    return answerRefusal(c, new HubError("unexpected"));
  });
}

/** A refusal that no form could show: to where it can be mended, or in words on a page of its own. */
function answerRefusal(c: PageContext, refusal: HubError): Response | Promise<Response> {
  const text = texts[refusal.code];
  const kept = keptText(c.var.typed);
  if (text?.step && kept === "")
    return c.redirect(pathWithReturn(text.step.to, pathOfPage(c)), 303);
  if (refusal.retryAfterSeconds !== undefined)
    c.header("retry-after", String(refusal.retryAfterSeconds));
  return showPage(
    c,
    { title: words.title, status: problems[refusal.code] },
    <ProblemPage c={c} refusal={refusal} kept={kept} />,
  );
}

const pathOfPage = (c: PageContext) => {
  const { pathname, search } = new URL(c.req.url);
  return ownPath(pathname + search);
};

function ProblemPage({ c, refusal, kept }: { c: PageContext; refusal: HubError; kept: string }) {
  const { t } = c.var;
  const { heading, next, step } = texts[refusal.code] ?? { heading: words.other };
  const back = pathOfPage(c);
  return (
    <>
      <h1>{t(heading)}</h1>
      <p>{next ? t(next) : wordsOfRefusal(t, refusal)}</p>
      {kept && <Kept c={c}>{kept}</Kept>}
      <p class="steps">
        {step && (
          <a class="button main" href={pathWithReturn(step.to, back)}>
            {t(step.words)}
          </a>
        )}
        {problems[refusal.code] >= 500 && !kept && (
          <a class="button main" href={back}>
            {t(words.again)}
          </a>
        )}
        <a class="button" href="/">
          {t(words.home)}
        </a>
      </p>
    </>
  );
}

function Kept({ c, children }: { c: PageContext; children: Child }) {
  const { t } = c.var;
  return (
    <div class="field">
      <p>{t(words.kept)}</p>
      <textarea readonly rows={6} aria-label={t.plain(words.keptLabel)}>
        {children}
      </textarea>
    </div>
  );
}

/** What a person wrote themselves; choices and secrets are not worth keeping. */
function keptText(typed: Typed | undefined): string {
  return (typed?.entries ?? [])
    .filter(([name, text]) => !/pass|code|secret/i.test(name) && /\s/.test(text.trim()))
    .map(([, text]) => text)
    .join("\n\n");
}
