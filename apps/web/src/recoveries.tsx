import { getRecoverySheet, makeRecoverySheet, recoverAccount } from "@telar/contracts/recoveries";
import { answerPage } from "./answer-page.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, wordsOfRefusal } from "./form.tsx";
import { ownPath, type PageContext, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import {
  asksForOthers,
  PassphraseOffer,
  passphraseLabels,
  wordsToOffer,
} from "./passphrase-offer.tsx";
import { recoveryWords as words } from "./recoveries.words.ts";
import type { Typed } from "./typed.ts";

export function serveRecoveries(web: Web): void {
  web.get("/recuperar", (c) => recoverPage(c));
  web.post("/recuperar", (c) =>
    answerForm(c, {
      act: async (typed) => {
        if (asksForOthers(typed)) return recoverPage(c, { typed });
        const answer = await c.var.call(recoverAccount, typed.input(recoverAccount));
        return answer.state === "done" ? donePage(c) : waitingPage(c, answer.opensAt);
      },
      again: (attempt) => recoverPage(c, attempt),
    }),
  );
  web.get("/cuenta/hoja", async (c) => sheetPage(c));
  web.post("/cuenta/hoja", (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { codes } = await c.var.call(makeRecoverySheet, {});
        return codesPage(c, codes, ownPath(typed.text("luego")));
      },
      again: (attempt) => sheetPage(c, attempt),
    }),
  );
}

const labels = { signInName: words.signInName, code: words.code, ...passphraseLabels };

async function recoverPage(
  c: PageContext,
  sent: { typed?: Typed; refusal?: Attempt["refusal"] } = {},
) {
  const { t } = c.var;
  const { typed, refusal } = sent;
  const attempt = typed && refusal && { typed, refusal };
  const values = { signInName: typed?.text("signInName") ?? "", code: typed?.text("code") ?? "" };
  const form = formOf(t, labels, { attempt, values });
  const offered = await wordsToOffer(c, typed);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      <Form of={form} action="/recuperar">
        <Field of={form} name="signInName" autocomplete="username" maxlength={40} exact />
        <Field of={form} name="code" hint={t(words.codeHint)} maxlength={100} exact />
        <PassphraseOffer of={form} offered={offered} />
        <Submit>{t(words.set)}</Submit>
      </Form>
      <p class="hint">{t(words.noSheet)}</p>
    </>,
  );
}

function donePage(c: PageContext) {
  const next = { href: "/entrar", words: words.enter, main: true };
  const answer = { title: words.title, heading: words.done, next };
  return answerPage(c, answer, <p>{c.var.t(words.doneWhat)}</p>);
}

function waitingPage(c: PageContext, opensAt: string) {
  const { t } = c.var;
  const next = { href: "/", words: words.home };
  return answerPage(
    c,
    { title: words.title, heading: words.waiting, next },
    <>
      <p>{t(words.waitingWhat)}</p>
      <p class="notice">
        {t(words.waitingUntil, { moment: <strong>{t.moment(opensAt)}</strong> })}
      </p>
      <p>{t(words.waitingOther)}</p>
    </>,
  );
}

/** `luego`: on the way in, where the person goes with or without a sheet. */
async function sheetPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t, call } = c.var;
  const { left } = await call(getRecoverySheet, {});
  const luego = attempt?.typed.text("luego") ?? c.req.query("luego");
  const next = luego ? ownPath(luego) : undefined;
  return showPage(
    c,
    { title: words.sheetTitle, attempt },
    <>
      <h1>{t(words.sheetHeading)}</h1>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {c.req.query("detenida") !== undefined && (
        <p class="notice" role="status">
          <strong>{t(words.stopped)}</strong> {t(words.stoppedNext)}
        </p>
      )}
      <p>{t(words.sheetWhat)}</p>
      <p>{t(words.sheetKeep)}</p>
      {(left > 0 || !next) && <p>{t(words.sheetLeft, { left })}</p>}
      {left > 0 && <p class="notice">{t(words.sheetReplaces)}</p>}
      <form method="post" action="/cuenta/hoja">
        <input type="hidden" name="luego" value={next ?? "/cuenta"} />
        <p class="steps">
          <Submit>{t(left > 0 ? words.makeNew : words.make)}</Submit>
          <a class="button quiet" href={next ?? "/cuenta"}>
            {t(next ? words.later : words.back)}
          </a>
        </p>
      </form>
    </>,
  );
}

/** The answer to the form itself: the codes stand in no address and are shown this once. */
function codesPage(c: PageContext, codes: readonly string[], next: string) {
  const { t, account, options } = c.var;
  const { host, pathname } = new URL("/recuperar", options.publicUrl);
  const address = <strong>{host + pathname}</strong>;
  return showPage(
    c,
    { title: words.sheetTitle, enhance: ["print"] },
    <>
      <h1>{t(words.codesHeading)}</h1>
      <p>{t(words.codesOnce)}</p>
      {account?.device === "shared" && <p class="notice">{t(words.codesShared)}</p>}
      <article class="paper">
        <h2>{t(words.paperHeading)}</h2>
        <p>{t(words.paperHow, { address })}</p>
        <ol class="codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </article>
      <p class="steps">
        <a class="button main" href={next}>
          {t(words.kept)}
        </a>
        <button type="button" data-print hidden>
          {t(words.print)}
        </button>
      </p>
    </>,
  );
}
