import { askAppeal, askBanAppeal } from "@telar/contracts/appeals";
import type { ModerationActId } from "@telar/contracts/ids";
import { getOwnAct, listOwnActs, type OwnAct, readOwnAct } from "@telar/contracts/moderation";
import { askBanAppealWithPasskey, askPasskey } from "@telar/contracts/passkeys";
import { decisionWords as words } from "./decisions.words.ts";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { PageLinks, readAfter } from "./page-links.tsx";
import { PasskeyButton, passkeyResponse } from "./passkey-button.tsx";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

const listPath = "/decisiones";
const onePath = `${listPath}/:id{[0-9a-f-]{36}}` as const;
const closedPath = "/otra-mirada";

export function serveDecisions(web: Web): void {
  web.get(listPath, (c) => listPage(c));
  web.get(onePath, (c) => onePage(c));
  web.post(onePath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(askAppeal, { ...typed.input(askAppeal), id: actId(c) });
        return pathOfAct(actId(c));
      },
      again: (attempt) => onePage(c, attempt),
    }),
  );
  web.post(`${onePath}/leida`, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(readOwnAct, { id: actId(c) });
        return pathOfAct(actId(c));
      },
      again: (attempt) => onePage(c, attempt),
    }),
  );
  web.get(closedPath, (c) => closedPage(c));
  web.post(closedPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await askAtClosedDoor(c, typed);
        return `${closedPath}?enviada`;
      },
      again: (attempt) => closedPage(c, attempt),
    }),
  );
}

/** With what the form brings: a passkey's answer, or a name and words. */
async function askAtClosedDoor({ var: { call } }: PageContext, typed: Typed): Promise<void> {
  const response = passkeyResponse(typed);
  if (!response) await call(askBanAppeal, typed.input(askBanAppeal));
  else await call(askBanAppealWithPasskey, { ...typed.input(askBanAppealWithPasskey), response });
}

const actId = (c: PageContext) => c.req.param("id") as ModerationActId;
const pathOfAct = (id: ModerationActId) => `${listPath}/${id}`;

async function listPage(c: PageContext) {
  demandAccount(c);
  const { t } = c.var;
  const { entries: acts, next } = await c.var.call(listOwnActs, { after: readAfter(c) });
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.heading)}</h1>
      {acts.length === 0 ? (
        <EmptyState>{t(words.none)}</EmptyState>
      ) : (
        <>
          <p>{t(words.lead)}</p>
          <ul class="cards">
            {acts.map((act) => (
              <li class="stack">
                <What t={t} act={act} />
                <a class="button quiet" href={pathOfAct(act.id)}>
                  {t(words.open)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <PageLinks c={c} path={listPath} next={next} />
      <p>
        <a href="/avisos">{t(words.toInbox)}</a>
      </p>
    </>,
  );
}

function What({ t, act }: { t: Translate; act: OwnAct }) {
  const until = act.until ? t.moment(act.until) : "";
  const Who = t.plain(words[`who_${act.role}`]);
  return (
    <>
      <p>
        <strong>{t(words[act.act], { Who, until })}</strong>
      </p>
      <p>{t(words.because, { reason: act.reason })}</p>
      <small>{t(words.where, { about: <bdi>{act.about}</bdi>, day: t.day(act.day) })}</small>
    </>
  );
}

async function onePage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const act = await c.var.call(getOwnAct, { id: actId(c) });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      <article class="card stack">
        <What t={t} act={act} />
      </article>
      {act.words && (
        <details>
          <summary>{t(words.yourWords)}</summary>
          <div class="stack">
            {act.words.note && <p class="note">{act.words.note}</p>}
            <Paragraphs text={act.words.body} />
          </div>
        </details>
      )}
      {act.appeal ? <Appealed t={t} appeal={act.appeal} /> : <AskAgain c={c} attempt={attempt} />}
      {!act.seen && (
        <form method="post" action={`${pathOfAct(act.id)}/leida`}>
          <button type="submit" class="quiet">
            {t(words.read)}
          </button>
        </form>
      )}
      <p>
        <a href={listPath}>{t(words.back)}</a>
      </p>
    </>,
  );
}

function Appealed({ t, appeal }: { t: Translate; appeal: NonNullable<OwnAct["appeal"]> }) {
  return (
    <section class="aside stack">
      <p>{t(words[appeal.state])}</p>
      {appeal.answer && (
        <>
          <h2>{t(words.answer)}</h2>
          <Paragraphs text={appeal.answer} />
        </>
      )}
    </section>
  );
}

function AskAgain({ c, attempt }: { c: PageContext; attempt: Attempt | undefined }) {
  const { t } = c.var;
  const form = formOf(t, { words: words.words }, { attempt });
  return (
    <>
      <p>{t(words.canAsk)}</p>
      <Form of={form} action={pathOfAct(actId(c))}>
        <Textarea of={form} name="words" hint={t(words.wordsHint)} maxlength={2000} />
        <Submit>{t(words.ask)}</Submit>
      </Form>
    </>
  );
}

/** Beside the entrance, for whoever it does not open to. */
export const ClosedDoor = ({ t }: { t: Translate }) => (
  <p class="notice">
    <a href={closedPath}>{t(words.closedLink)}</a>
  </p>
);

/** For whoever the hub is closed to: they cannot sign in, and can still be heard. */
function closedPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const labels = {
    signInName: words.signInName,
    passphrase: words.passphrase,
    words: words.words,
  };
  const form = formOf(t, labels, { attempt });
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.closedHeading)}</h1>
      {c.req.query("enviada") !== undefined ? (
        <p class="notice done" role="status">
          {t(words.sent)}
        </p>
      ) : (
        <>
          <p>{t(words.closedLead)}</p>
          <Form of={form} action={closedPath}>
            <Field of={form} name="signInName" autocomplete="username" exact />
            <Field of={form} name="passphrase" type="password" autocomplete="current-password" />
            <Textarea of={form} name="words" hint={t(words.wordsHint)} maxlength={2000} />
            <Submit>{t(words.send)}</Submit>
            <PasskeyButton t={t} offer={askPasskey} act="get">
              {t(words.sendWithPasskey)}
            </PasskeyButton>
          </Form>
        </>
      )}
      <p>
        <a href="/entrar">{t(words.toSignIn)}</a>
      </p>
    </>,
  );
}
