import { changeSpace, closeSpace, openSpace, type Space } from "@telar/contracts/spaces";
import { mayHoldCircles } from "@telar/rules/circles";
import { mayChange, mayOpen, mayRun } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { circleWords } from "./circles.words.ts";
import {
  type Attempt,
  answerForm,
  Check,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { pathOfSpace, readSpace, spaceId, spacePath } from "./space-inside.ts";
import { spaceSettingsWords as words } from "./space-settings.words.ts";
import { spaceWords } from "./spaces.words.ts";

const settings = `${spacePath}/ajustes` as const;
const opening = `${spacePath}/abrir` as const;
const closing = `${spacePath}/cerrar` as const;

export function serveSpaceSettings(web: Web): void {
  web.get(settings, (c) => settingsPage(c));
  web.post(settings, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeSpace, { ...typed.input(changeSpace), space: spaceId(c) });
        return pathOfSpace(c);
      },
      again: (attempt) => settingsPage(c, attempt),
    }),
  );
  web.get(opening, (c) => openingPage(c));
  web.post(opening, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(openSpace, { space: spaceId(c) });
        return pathOfSpace(c);
      },
      again: (attempt) => openingPage(c, attempt),
    }),
  );
  web.get(closing, (c) => closingPage(c));
  web.post(closing, (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(closeSpace, { space: spaceId(c) });
        return pathOfSpace(c);
      },
      again: (attempt) => closingPage(c, attempt),
    }),
  );
}

const labels = {
  title: words.spaceTitle,
  purpose: words.purpose,
  rules: words.rules,
  "settings.keepsDays": words.keepsDays,
  "settings.slowMinutes": words.slowMinutes,
  "settings.noteRequired": words.noteRequired,
  "settings.admission": words.admission,
  "settings.holdsFirst": words.holdsFirst,
  "settings.facilitatedHours": words.facilitatedHours,
  "settings.weeklyHoursMax": words.weeklyHoursMax,
  "settings.guests": words.guests,
};

function valuesOf({ title, purpose, rules, settings: now }: Space) {
  const fields = Object.entries(now).map(([name, value]) => [`settings.${name}`, String(value)]);
  return { title, purpose, rules: rules.text, ...Object.fromEntries(fields) };
}

async function settingsPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const space = await readSpace(c);
  demand(mayChange(space));
  const form = formOf(t, labels, { attempt, values: valuesOf(space) });
  const number = { of: form, type: "number", inputmode: "numeric" } as const;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading, { space: space.title })}</h1>
      <p>{t(words.lead)}</p>
      <Form of={form} action={pathOfSpace(c, "/ajustes")}>
        <input type="hidden" name="rulesVersion" value={space.rules.version} />
        <Field of={form} name="title" maxlength={120} />
        <Field of={form} name="purpose" maxlength={300} />
        <Textarea of={form} name="rules" rows={10} maxlength={10_000} />
        <h2>{t(words.how)}</h2>
        <p>{t(words.promised)}</p>
        <Field {...number} name="settings.keepsDays" hint={t(words.keepsDaysHint)} />
        <Field {...number} name="settings.slowMinutes" hint={t(words.slowMinutesHint)} />
        <Field {...number} name="settings.holdsFirst" hint={t(words.holdsFirstHint)} />
        <Field {...number} name="settings.weeklyHoursMax" hint={t(words.weeklyHoursMaxHint)} />
        <Check of={form} name="settings.noteRequired" />
        <Check of={form} name="settings.admission" />
        <Check of={form} name="settings.facilitatedHours" />
        {space.kind !== "peer_support" && <Check of={form} name="settings.guests" />}
        <Submit>{t(words.save)}</Submit>
      </Form>
      <Back c={c} />
    </>,
  );
}

function Back({ c }: { c: PageContext }) {
  return (
    <p>
      <a href={pathOfSpace(c)}>{c.var.t(spaceWords.back)}</a>
    </p>
  );
}

/** What opening still needs, or the button. */
async function openingPage(c: PageContext, attempt?: Attempt) {
  const space = await readSpace(c);
  demand(mayRun(standpointOf(space)));
  if (space.state === "open") return c.redirect(pathOfSpace(c), 303);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{space.title}</h1>
      <Opening c={c} space={space} refused={attempt} />
      <Back c={c} />
    </>,
  );
}

export function Opening(props: { c: PageContext; space: Space; refused?: Attempt | undefined }) {
  const { c, space, refused } = props;
  const { t } = c.var;
  const { kind, state, facilitators } = space;
  const possible = mayOpen(kind, facilitators.length).allowed;
  return (
    <section class="notice">
      {refused && <p role="alert">{wordsOfRefusal(t, refused.refusal)}</p>}
      <p>{t(possible ? words.readyToOpen : words.needsTwo)}</p>
      {possible ? (
        <form method="post" action={pathOfSpace(c, "/abrir")}>
          <Submit>{t(state === "closed" ? words.openAgain : words.open)}</Submit>
        </form>
      ) : (
        <a class="button" href={pathOfSpace(c, "/personas")}>
          {t(words.toPeople)}
        </a>
      )}
    </section>
  );
}

async function closingPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const space = await readSpace(c);
  demand(mayRun(standpointOf(space)));
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.closeHeading, { space: space.title })}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.closeWhat)}</p>
      <form method="post" action={pathOfSpace(c, "/cerrar")}>
        <p class="steps">
          <Submit kind="stop">{t(words.close)}</Submit>
          <a class="button" href={pathOfSpace(c)}>
            {t(words.keepOpen)}
          </a>
        </p>
      </form>
    </>,
  );
}

const standpointOf = ({ mayChange: changes, you }: Space) => ({
  mayChange: changes,
  facilitator: you?.facilitator ?? false,
});

const pathOfNumbers = ({ group, coalition }: Space["owner"]) =>
  group ? `/grupos/${group}/ayuda` : `/coaliciones/${coalition}/ayuda`;

/** What those who facilitate, or coordinate whom the space belongs to, can do for it. */
export function Care({ c, space }: { c: PageContext; space: Space }) {
  const { t } = c.var;
  const standpoint = standpointOf(space);
  if (!mayRun(standpoint).allowed) return null;
  const { facilitator } = standpoint;
  const ways = [
    facilitator && (["/admisiones", words.toAdmissions] as const),
    facilitator && (["/turno", words.toShift] as const),
    facilitator && mayHoldCircles(space.kind) && (["/circulo", circleWords.toOpen] as const),
    ["/horario", words.toHours] as const,
    space.mayChange && (["/ajustes", words.toSettings] as const),
    space.state === "open"
      ? (["/cerrar", words.toClose] as const)
      : (["/abrir", words.open] as const),
  ].filter((way) => way !== false);
  return (
    <section aria-labelledby="care">
      <h2 id="care">{t(words.care)}</h2>
      <ul class="ways">
        {ways.map(([path, way]) => (
          <li>
            <a href={pathOfSpace(c, path)}>{t(way)}</a>
          </li>
        ))}
        <li>
          <a href={pathOfNumbers(space.owner)}>{t(words.toHelp)}</a>
        </li>
      </ul>
    </section>
  );
}
