import type { SpaceId } from "@telar/contracts/ids";
import {
  changeNoticeSettings,
  getNoticeSettings,
  type NoticeSettings,
  Rhythm,
} from "@telar/contracts/notices";
import { Done, pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, Choices, Field, Form, formOf, Select, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { noticeSettingWords as words } from "./notice-settings.words.ts";
import { PushSection, servePush } from "./push.tsx";
import { serveQuietPasses } from "./quiet-passes.tsx";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";
import { cityOf } from "./zones.ts";

const settingsPath = "/cuenta/avisos";

export function serveNoticeSettings(web: Web): void {
  web.get(settingsPath, (c) => settingsPage(c));
  web.post(settingsPath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeNoticeSettings, chosen(typed));
        return pathWhenDone(settingsPath);
      },
      again: (attempt) => settingsPage(c, attempt),
    }),
  );
  servePush(web, settingsPath);
  serveQuietPasses(web, settingsPath);
}

const fieldOf = (space: SpaceId) => `espacio.${space}`;

/** Each space has a field of its own. */
function chosen(typed: Typed) {
  const spaces = (rhythm: Rhythm) =>
    typed.entries
      .filter(([name, value]) => name.startsWith("espacio.") && value === rhythm)
      .map(([name]) => name.slice("espacio.".length) as SpaceId);
  const input = typed.input(changeNoticeSettings);
  return { ...input, digest: spaces("digest"), atOnce: spaces("at_once") };
}

async function settingsPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t, call } = c.var;
  const settings = await call(getNoticeSettings, {});
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["push"] },
    <>
      <h1>{t(words.heading)}</h1>
      <Done c={c} />
      <p>{t(words.lead)}</p>
      <SettingsForm c={c} settings={settings} attempt={attempt} />
      <PushSection c={c} push={settings.push} />
      <p>
        <a href="/avisos">{t(words.back)}</a>
      </p>
    </>,
  );
}

const labels = {
  own: words.own,
  digestHour: words.digestHour,
  quietFrom: words.quietFrom,
  quietTo: words.quietTo,
};

interface SettingsProps {
  c: PageContext;
  settings: NoticeSettings;
  attempt: Attempt | undefined;
}

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

function SettingsForm({ c, settings, attempt }: SettingsProps) {
  const { t, account } = c.var;
  const { own, digestHour, quietFrom, quietTo, spaces } = settings;
  const values = { own, digestHour: String(digestHour), quietFrom, quietTo };
  const form = formOf(t, labels, { attempt, values });
  const zone = cityOf(account?.zone ?? "");
  return (
    <Form of={form} action={settingsPath}>
      <Choices of={form} name="own" hint={t(words.ownHint)} options={rhythmChoices(t)} />
      <section aria-labelledby="espacios">
        <h2 id="espacios">{t(words.spaces)}</h2>
        {spaces.length === 0 && <p class="hint">{t(words.spacesNone)}</p>}
        {spaces.map((space) => (
          <SpaceRhythm t={t} space={space} attempt={attempt} />
        ))}
      </section>
      <Select of={form} name="digestHour" hint={t(words.digestHourHint)} options={hours} />
      <section aria-labelledby="silencio">
        <h2 id="silencio">{t(words.quiet)}</h2>
        <p>{t(words.quietHint, { zone })}</p>
        <Field of={form} name="quietFrom" type="time" />
        <Field of={form} name="quietTo" type="time" />
      </section>
      <Submit>{t(words.save)}</Submit>
    </Form>
  );
}

function rhythmChoices(t: Translate) {
  return [
    { value: "off", label: t(words.off), hint: t(words.offHint) },
    { value: "digest", label: t(words.digest), hint: t(words.digestHint) },
    { value: "at_once", label: t(words.at_once), hint: t(words.atOnceHint) },
  ];
}

function SpaceRhythm(props: {
  t: Translate;
  space: NoticeSettings["spaces"][number];
  attempt: Attempt | undefined;
}) {
  const { t, space, attempt } = props;
  const { space: id, title } = space;
  const name = fieldOf(id);
  const current = attempt?.typed.text(name) || space.rhythm;
  return (
    <div class="field">
      <label for={name}>
        <bdi>{title}</bdi>
      </label>
      <select id={name} name={name} autocomplete="off">
        {Rhythm.options.map((rhythm) => (
          <option value={rhythm} selected={rhythm === current}>
            {t.plain(words[rhythm])}
          </option>
        ))}
      </select>
      {space.rhythm === "at_once" && (
        <p>
          <a href={`${settingsPath}/personas/${id}`}>{t(words.peopleIn, { space: title })}</a>
        </p>
      )}
    </div>
  );
}
