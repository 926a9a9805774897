import { Capability, changeProfile, ProfileVisibility, Visibility } from "@telar/contracts/groups";
import { LanguageCode, languages } from "@telar/contracts/languages";
import { mayCoordinate } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import type { Child } from "hono/jsx";
import { pathWhenDone } from "./done.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  type FormState,
  formOf,
  Select,
  Submit,
  Textarea,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { begun, joined } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import { profileWords as words } from "./profiles.words.ts";
import type { Message, Translate } from "./words.ts";

export function serveProfiles(web: Web): void {
  const path = `${groupPath}/perfil` as const;
  web.get(path, (c) => profilePage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeProfile, { ...typed.input(changeProfile), group: groupId(c) });
        return pathWhenDone(pathOfGroup(c));
      },
      again: (attempt) => profilePage(c, attempt),
    }),
  );
}

type Told = keyof ProfileVisibility;
const fields = Object.keys(ProfileVisibility.shape) as Told[];
const seen = (field: Told) => `visibility.${field}` as const;

const labels = {
  ...(Object.fromEntries(fields.map((field) => [field, groupWords[field]])) as Record<
    Told,
    Message
  >),
  ...(Object.fromEntries(fields.map((field) => [seen(field), words[`see_${field}`]])) as Record<
    `visibility.${Told}`,
    Message
  >),
};
type ProfileForm = FormState<keyof typeof labels>;

async function profilePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { name, profile, inside } = await readGroupInside(c);
  demand(mayCoordinate(inside.you));
  const visibilities = fields.map((field) => [seen(field), inside.visibility[field]]);
  const values = { name, ...profile, ...Object.fromEntries(visibilities) };
  const form = formOf(t, labels, { attempt, values });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.title)}</h1>
      <p>{t(words.lead)}</p>
      <p class="aside">
        {t(words.nameFirst)} {t(words.hidden)}
      </p>
      <Levels t={t} />
      <Form of={form} action={pathOfGroup(c, "/perfil")}>
        <Answer of={form} field="name">
          <Field of={form} name="name" maxlength={120} />
        </Answer>
        <Answer of={form} field="about">
          <Textarea of={form} name="about" maxlength={2000} optional />
        </Answer>
        <Answer of={form} field="region">
          <Field of={form} name="region" maxlength={80} hint={t(words.regionHint)} optional />
        </Answer>
        <Answer of={form} field="languages">
          <Folded of={form} name="languages" options={spoken} />
        </Answer>
        <Answer of={form} field="capabilities">
          <Folded of={form} name="capabilities" options={offered(form)} />
        </Answer>
        <Answer of={form} field="contact">
          <Field of={form} name="contact" maxlength={200} hint={t(words.contactHint)} optional />
        </Answer>
        <p class="steps">
          <Submit>{t(words.save)}</Submit>
          <a class="button quiet" href={pathOfGroup(c)}>
            {t(groupWords.back)}
          </a>
        </p>
      </Form>
    </>,
  );
}

const spoken = LanguageCode.options.map((value) => ({
  value,
  label: languages[value].autonym,
  lang: value,
}));

const offered = ({ t }: ProfileForm) =>
  Capability.options.map((value) => ({ value, label: begun(t.plain(groupWords[value])) }));

function Levels({ t }: { t: Translate }) {
  return (
    <details>
      <summary>{t(words.levels)}</summary>
      <dl>
        {Visibility.options.map((level) => (
          <>
            <dt>{t(groupWords[level])}</dt>
            <dd>{t(words[`${level}Means`])}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}

interface FoldedProps {
  of: ProfileForm;
  name: "languages" | "capabilities";
  options: readonly { value: string; label: string; lang?: string }[];
}

/** Many choices of which few are taken: what is chosen can be read without opening them. */
function Folded({ of, name, options }: FoldedProps) {
  const { t, attempt, values } = of;
  const chosen = attempt?.typed.list(name) ?? values[name] ?? [];
  const taken = options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  const what = taken.length > 0 ? joined(t, taken) : t.plain(words.none);
  return (
    <details open={attempt?.refusal.fields?.[name] !== undefined}>
      <summary>{t(words.chosen, { label: t.plain(groupWords[name]), what })}</summary>
      <Choices of={of} name={name} options={options} many />
    </details>
  );
}

/** A thing the group says, and right beside it who sees that. */
function Answer({ of, field, children }: { of: ProfileForm; field: Told; children: Child }) {
  const levels = Visibility.options.map((value) => ({
    value,
    label: of.t.plain(groupWords[value]),
  }));
  return (
    <div class="told">
      {children}
      <Select of={of} name={seen(field)} options={levels} />
    </div>
  );
}
