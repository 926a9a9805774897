import {
  approveFounding,
  askToFound,
  declineFounding,
  type Founding,
  listFoundings,
} from "@telar/contracts/foundings";
import { foundGroup, GroupKind } from "@telar/contracts/groups";
import type { FoundingId } from "@telar/contracts/ids";
import { mayAskToFound } from "@telar/rules/foundings";
import { maySteward } from "@telar/rules/stewards";
import { demand } from "@telar/rules/verdict";
import { CentralPage } from "./central.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import { foundingWords as words } from "./foundings.words.ts";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

export function serveFoundings(web: Web): void {
  web.get("/grupos/nuevo", (c) => newGroupPage(c));
  web.post("/grupos/nuevo", (c) =>
    answerForm(c, {
      act: async (typed) => {
        if (typed.text("act") === "found") {
          const { group } = await c.var.call(foundGroup, typed.input(foundGroup));
          return `/grupos/${group}`;
        }
        await c.var.call(askToFound, typed.input(askToFound));
        return pathWhenDone("/grupos/nuevo");
      },
      again: (attempt) => newGroupPage(c, attempt),
    }),
  );
  serveAnswers(web);
}

async function newGroupPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const { mine, mayFoundNow } = await c.var.call(listFoundings, {});
  const granted = mine.find(({ state }) => state === "approved");
  const mayAsk = mayAskToFound({ open: mine.filter(({ state }) => state === "asked").length });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.title)}</h1>
      <Done c={c} />
      {mine.length > 0 && <OwnWishes t={t} wishes={mine} />}
      {mayFoundNow ? (
        <FoundForm t={t} granted={granted} attempt={attempt} />
      ) : mayAsk.allowed || attempt ? (
        <AskForm t={t} attempt={attempt} />
      ) : (
        <p class="notice">{t(words.enough)}</p>
      )}
    </>,
  );
}

const labels = {
  name: words.name,
  kind: words.kind,
  region: words.region,
  alias: words.alias,
};

function kinds(t: Translate) {
  return GroupKind.options.map((value) => ({
    value,
    label: t(groupWords[value]),
    hint: value === "institution" ? t(words.institutionHint) : undefined,
  }));
}

interface FormProps {
  t: Translate;
  attempt: Attempt | undefined;
}

function FoundForm({ t, granted, attempt }: FormProps & { granted: Founding | undefined }) {
  const { name, kind, region, alias } = granted ?? {};
  const values = {
    ...(name && { name }),
    ...(kind && { kind }),
    ...(region && { region }),
    ...(alias && { alias }),
  };
  const form = formOf(t, labels, { attempt, values });
  return (
    <>
      <p>{t(words.foundLead)}</p>
      <Form of={form} action="/grupos/nuevo">
        <input type="hidden" name="act" value="found" />
        <Field of={form} name="name" maxlength={120} />
        <Choices of={form} name="kind" options={kinds(t)} />
        <Field of={form} name="region" maxlength={80} hint={t(words.regionHint)} optional />
        <Field of={form} name="alias" maxlength={40} hint={t(words.aliasHint)} exact />
        <Submit>{t(words.found)}</Submit>
      </Form>
    </>
  );
}

function AskForm({ t, attempt }: FormProps) {
  const form = formOf(t, { ...labels, purpose: words.purpose }, { attempt });
  return (
    <>
      <p>{t(words.askLead)}</p>
      <Form of={form} action="/grupos/nuevo">
        <Field of={form} name="name" maxlength={120} />
        <Choices of={form} name="kind" options={kinds(t)} />
        <Field of={form} name="region" maxlength={80} hint={t(words.regionHint)} optional />
        <Textarea of={form} name="purpose" maxlength={1000} hint={t(words.purposeHint)} />
        <Field of={form} name="alias" maxlength={40} hint={t(words.aliasHint)} exact />
        <Submit>{t(words.ask)}</Submit>
      </Form>
    </>
  );
}

function OwnWishes({ t, wishes }: { t: Translate; wishes: Founding[] }) {
  return (
    <section aria-labelledby="wishes">
      <h2 id="wishes">{t(words.wishes)}</h2>
      <ul class="cards">
        {wishes.map(({ name, state, answer = "" }) => (
          <li>
            <strong>{name}</strong>
            <p>{t(words[state], { answer })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For stewards: what people ask for, and the answer. */
function serveAnswers(web: Web): void {
  web.get("/central/fundaciones", (c) => openWishesPage(c));
  web.post("/central/fundaciones", (c) =>
    answerForm(c, {
      act: async (typed) => {
        const id = typed.text("id") as FoundingId;
        if (typed.text("act") === "approve") await c.var.call(approveFounding, { id });
        else await c.var.call(declineFounding, { id, answer: typed.text("answer") });
        return pathWhenDone("/central/fundaciones");
      },
      again: (attempt) => openWishesPage(c, attempt),
    }),
  );
}

async function openWishesPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t, account } = c.var;
  demand(maySteward({ steward: account?.steward ?? false }));
  const { open } = await c.var.call(listFoundings, {});
  const answered = attempt && attempt.refusal.code !== "invalid_input";
  return showPage(
    c,
    { title: words.openTitle, attempt },
    <CentralPage c={c} heading={t(words.openTitle)}>
      {answered && <p class="notice">{t(words.answered)}</p>}
      {open.length === 0 ? (
        <EmptyState>{t(words.openNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.openLead)}</p>
          <ul class="cards">
            {open.map((wish) => (
              <OpenWish t={t} wish={wish} attempt={attempt} />
            ))}
          </ul>
        </>
      )}
    </CentralPage>,
  );
}

function OpenWish({ t, wish, attempt }: FormProps & { wish: Founding }) {
  const { id, name, kind, region, purpose, alias } = wish;
  const mine = attempt?.typed.text("id") === id ? attempt : undefined;
  const field = `answer-${id}`;
  return (
    <li class="stack">
      <h2>{name}</h2>
      <small>
        {t(groupWords[kind])}
        {region && ` · ${region}`} · {t(words.asAlias, { alias })}
      </small>
      <p>{purpose}</p>
      <form method="post" action="/central/fundaciones">
        <input type="hidden" name="id" value={id} />
        <button type="submit" name="act" value="approve">
          {t(words.approve)}
        </button>
      </form>
      <details open={mine !== undefined}>
        <summary>{t(words.decline)}</summary>
        <form method="post" action="/central/fundaciones">
          <input type="hidden" name="id" value={id} />
          <div class="field">
            <label for={field}>{t(words.declineWith)}</label>
            <p class="hint" id={`${field}-hint`}>
              {t(words.declineHint)}
            </p>
            {mine && (
              <p class="problem" id={`${field}-problem`}>
                {wordsOfRefusal(t, mine.refusal)}
              </p>
            )}
            <input
              id={field}
              name="answer"
              value={mine?.typed.text("answer")}
              maxlength={300}
              required
              aria-describedby={`${field}-hint`}
              autocomplete="off"
            />
          </div>
          <button type="submit" name="act" value="decline">
            {t(words.declineSend)}
          </button>
        </form>
      </details>
    </li>
  );
}
