import { acceptRules, joinSpace, leaveSpace } from "@telar/contracts/participants";
import type { Space } from "@telar/contracts/spaces";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Submit,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { pathOfSpace, readSpace, spaceId, spacePath, within } from "./space-inside.ts";
import { spaceJoiningWords as words } from "./space-joining.words.ts";
import { promisesOf, SpaceFacts } from "./space-parts.tsx";
import { Care } from "./space-settings.tsx";
import { spaceWords } from "./spaces.words.ts";

const joining = `${spacePath}/entrar` as const;
const rules = `${spacePath}/reglas` as const;
const leaving = `${spacePath}/salir` as const;

export function serveSpaceJoining(web: Web): void {
  web.get(joining, (c) => joiningPage(c));
  web.post(joining, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(joinSpace, { ...typed.input(joinSpace), space: spaceId(c) });
        return pathOfSpace(c);
      },
      again: (attempt) => joiningPage(c, attempt),
    }),
  );
  web.get(rules, (c) => within(c, (space) => rulesPage(c, space)));
  web.post(rules, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(acceptRules, { ...typed.input(acceptRules), space: spaceId(c) });
        return pathOfSpace(c);
      },
      again: (attempt) => joiningPage(c, attempt),
    }),
  );
  web.get(leaving, (c) => leavingPage(c));
  web.post(leaving, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(leaveSpace, { space: spaceId(c) });
        return "/espacios";
      },
      again: (attempt) => leavingPage(c, attempt),
    }),
  );
}

/** What one reads before deciding, and the decision at its end. */
async function joiningPage(c: PageContext, attempt?: Attempt) {
  const space = await readSpace(c);
  const { standing, title, purpose, state } = space;
  if (standing === "joined") return c.redirect(pathOfSpace(c), 303);
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{title}</h1>
      <p class="hint">
        {t(spaceWords[space.kind])}{" "}
        {t(spaceWords.ofOwner, { owner: <bdi>{space.owner.name}</bdi> })}
        {state !== "open" && <> · {t(spaceWords[state])}</>}
      </p>
      {purpose && <p>{purpose}</p>}
      {standing === "asked_again" && <Changed c={c} space={space} />}
      {standing === "none" && <p>{t(words.lead)}</p>}
      {standing === "asked" && <Asked c={c} />}
      <SpaceFacts t={t} space={space} />
      {standing === "asked_again" && <YesAgain c={c} space={space} attempt={attempt} />}
      {standing === "none" && <Decision c={c} space={space} attempt={attempt} />}
      <Care c={c} space={space} />
      <p>
        <a href="/espacios">{t(spaceWords.backToList)}</a>
      </p>
    </>,
  );
}

interface JoiningProps {
  c: PageContext;
  space: Space;
  attempt?: Attempt | undefined;
}

function Decision({ c, space, attempt }: JoiningProps) {
  const { t } = c.var;
  const { through, kind, state, settings } = space;
  const [only] = through;
  if (state === "closed") return <p class="aside">{t(words.closed)}</p>;
  if (!only) return <EmptyState>{t(words.nobody)}</EmptyState>;
  const alias = kind === "peer_support" || through.length > 1 ? "" : only.alias;
  const labels = { through: words.through, alias: words.alias };
  const values = { alias, through: only.group };
  const aliasesUsed = attempt?.refusal.code === "limit_reached";
  const form = formOf(t, labels, { values, attempt: aliasesUsed ? undefined : attempt });
  return (
    <section aria-labelledby="deciding">
      <h2 id="deciding">{t(words.deciding)}</h2>
      {aliasesUsed && (
        <p class="notice" role="alert">
          {t(words.aliasesUsed)}
        </p>
      )}
      <Form of={form} action={pathOfSpace(c, "/entrar")}>
        <input type="hidden" name="rulesVersion" value={space.rules.version} />
        {through.length === 1 ? (
          <input type="hidden" name="through" value={only.group} />
        ) : (
          <Choices
            of={form}
            name="through"
            hint={t(words.throughHint)}
            options={through.map(({ group, name }) => ({ value: group, label: name }))}
          />
        )}
        <Field of={form} name="alias" hint={t(words.aliasHint)} maxlength={40} exact />
        {settings.admission && <p class="hint">{t(words.askHint)}</p>}
        <p class="steps">
          <Submit>{t(settings.admission ? words.ask : words.yes)}</Submit>
          <a class="button" href="/espacios">
            {t(words.no)}
          </a>
        </p>
      </Form>
    </section>
  );
}

function Asked({ c }: { c: PageContext }) {
  const { t } = c.var;
  return (
    <>
      <p class="notice">{t(words.asked)}</p>
      <form method="post" action={pathOfSpace(c, "/salir")}>
        <Submit kind="plain">{t(words.takeBack)}</Submit>
      </form>
    </>
  );
}

/** What is new since they said yes, before the whole of it. */
function Changed({ c, space }: JoiningProps) {
  const { t } = c.var;
  const { rulesBefore } = space;
  const known = rulesBefore && promisesOf(t, { ...space, settings: rulesBefore.settings });
  const others = promisesOf(t, space).filter((promise) => !known?.includes(promise));
  return (
    <div class="notice stack">
      <p>{t(words.changed)}</p>
      {known && others.length > 0 && (
        <>
          <p>{t(words.others)}</p>
          <ul>
            {others.map((promise) => (
              <li>{promise}</li>
            ))}
          </ul>
        </>
      )}
      {rulesBefore && rulesBefore.text !== space.rules.text && (
        <details>
          <summary>{t(words.before)}</summary>
          <div class="stack">
            <Paragraphs text={rulesBefore.text} />
          </div>
        </details>
      )}
    </div>
  );
}

function YesAgain({ c, space, attempt }: JoiningProps) {
  const { t } = c.var;
  return (
    <section aria-labelledby="deciding">
      <h2 id="deciding">{t(words.deciding)}</h2>
      <Form of={formOf(t, {}, { attempt })} action={pathOfSpace(c, "/reglas")}>
        <input type="hidden" name="rulesVersion" value={space.rules.version} />
        <Submit>{t(words.yesAgain)}</Submit>
      </Form>
      <form method="post" action={pathOfSpace(c, "/salir")}>
        <Submit kind="stop">{t(words.leave)}</Submit>
      </form>
    </section>
  );
}

function rulesPage(c: PageContext, space: Space) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.rulesHeading, { space: space.title })}</h1>
      <p class="hint">
        {t(words.youAre, { alias: space.you?.alias })}{" "}
        {t(words.rulesVersion, { version: String(space.rules.version) })}
      </p>
      <SpaceFacts t={t} space={space} />
      <p class="steps">
        <a class="button" href={pathOfSpace(c)}>
          {t(spaceWords.back)}
        </a>
        <a class="button quiet" href={pathOfSpace(c, "/salir")}>
          {t(words.leave)}
        </a>
      </p>
    </>,
  );
}

/** One step and no question; also for whoever did not say yes to new rules. */
async function leavingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const space = await readSpace(c);
  const last = attempt?.refusal.code === "two_facilitators_needed";
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.leaveHeading, { space: space.title })}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {last ? t(words.lastFacilitator) : wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.leaveWhat)}</p>
      <form method="post" action={pathOfSpace(c, "/salir")}>
        <p class="steps">
          <Submit kind="stop">{t(words.leaveNow)}</Submit>
          <a class="button" href={pathOfSpace(c)}>
            {t(words.stay)}
          </a>
        </p>
      </form>
    </>,
  );
}
