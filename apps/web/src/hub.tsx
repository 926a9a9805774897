import {
  changeHub,
  changeLimits,
  getHub,
  getLimits,
  type Hub,
  HubLimits,
  listStewards,
  type Steward,
} from "@telar/contracts/hub";
import { type LanguageCode, languages } from "@telar/contracts/languages";
import { CentralPage } from "./central.tsx";
import { pathWhenDone } from "./done.tsx";
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
import type { PageContext, Web } from "./frame.ts";
import { Autonyms, Paragraphs } from "./group-parts.tsx";
import { hubWords as words } from "./hub.words.ts";
import { showPage } from "./layout.tsx";
import { Qr } from "./qr.tsx";
import type { Translate } from "./words.ts";

export function serveHub(web: Web): void {
  web.get("/hub", (c) => hubPage(c));
  web.get("/central/perfil", (c) => profilePage(c));
  web.post("/central/perfil", (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeHub, typed.input(changeHub));
        return pathWhenDone("/central/perfil");
      },
      again: (attempt) => profilePage(c, attempt),
    }),
  );
  web.get("/central/limites", (c) => limitsPage(c));
  web.post("/central/limites", (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(changeLimits, typed.input(changeLimits));
        return pathWhenDone("/central/limites");
      },
      again: (attempt) => limitsPage(c, attempt),
    }),
  );
}

async function hubPage(c: PageContext) {
  const { call, account, t, options } = c.var;
  const [hub, stewards] = await Promise.all([
    call(getHub, {}),
    account ? call(listStewards, {}) : undefined,
  ]);
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{hub.name}</h1>
      {hub.about ? <Paragraphs text={hub.about} /> : <p class="hint">{t(words.aboutNone)}</p>}
      <Reach t={t} hub={hub} />
      <section aria-labelledby="stewards">
        <h2 id="stewards">{t(words.stewards)}</h2>
        {stewards ? <Stewards t={t} stewards={stewards} /> : <SignIn t={t} />}
      </section>
      <section aria-labelledby="fingerprint">
        <h2 id="fingerprint">{t(words.fingerprint)}</h2>
        <p>{t(words.fingerprintWhy)}</p>
        <ol class="words" lang="es">
          {hub.fingerprint.split(" ").map((word) => (
            <li>{word}</li>
          ))}
        </ol>
        <Qr text={`${options.publicUrl}\n${hub.fingerprint}`} label={t.plain(words.qr)} />
      </section>
    </>,
  );
}

function Reach({ t, hub }: { t: Translate; hub: Hub }) {
  return (
    <dl class="facts">
      {hub.languages.length > 0 && (
        <>
          <dt>{t(words.languages)}</dt>
          <dd>
            <Autonyms codes={hub.languages} />
          </dd>
        </>
      )}
      {hub.contact && (
        <>
          <dt>{t(words.contact)}</dt>
          <dd>{hub.contact}</dd>
        </>
      )}
    </dl>
  );
}

function Stewards({ t, stewards }: { t: Translate; stewards: readonly Steward[] }) {
  return (
    <>
      <p>{t(words.stewardsWhy)}</p>
      <ul>
        {stewards.map(({ alias, you }) => (
          <li>
            {alias} {you && <small>({t(words.you)})</small>}
          </li>
        ))}
      </ul>
      <p>
        <a href="/bitacora">{t(words.log)}</a>
      </p>
    </>
  );
}

function SignIn({ t }: { t: Translate }) {
  return (
    <p>
      {t(words.signIn)} <a href="/entrar?luego=/hub">{t(words.enter)}</a>
    </p>
  );
}

const profileLabels = {
  name: words.name,
  about: words.about,
  languages: words.languages,
  contact: words.contact,
};

async function profilePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { fingerprint: _, ...values } = await c.var.call(getHub, {});
  const form = formOf(t, profileLabels, { attempt, values });
  return showPage(
    c,
    { title: words.profileTitle, attempt },
    <CentralPage c={c} heading={t(words.profileHeading)}>
      <p>{t(words.profileLead)}</p>
      <Form of={form} action="/central/perfil">
        <Field of={form} name="name" hint={t(words.nameHint)} maxlength={80} />
        <Textarea of={form} name="about" hint={t(words.aboutHint)} maxlength={2000} optional />
        <Choices
          of={form}
          name="languages"
          hint={t(words.languagesHint)}
          options={Object.entries(languages).map(([value, { autonym }]) => ({
            value,
            label: autonym,
            lang: value as LanguageCode,
          }))}
          many
          optional
        />
        <Field of={form} name="contact" hint={t(words.contactHint)} maxlength={200} optional />
        <Submit>{t(words.save)}</Submit>
      </Form>
    </CentralPage>,
  );
}

const limits = HubLimits.keyof().options;

async function limitsPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const now = await c.var.call(getLimits, {});
  const values = Object.fromEntries(limits.map((limit) => [limit, String(now[limit])]));
  const form = formOf(
    t,
    {
      invitationHours: words.invitationHours,
      openInvitations: words.openInvitations,
      membersPerGroup: words.membersPerGroup,
      groups: words.groups,
    },
    { attempt, values },
  );
  return showPage(
    c,
    { title: words.limitsTitle, attempt },
    <CentralPage c={c} heading={t(words.limitsHeading)}>
      <p>{t(words.limitsLead)}</p>
      <Form of={form} action="/central/limites">
        {limits.map((limit) => (
          <Field of={form} name={limit} inputmode="numeric" hint={t(words[`${limit}Hint`])} />
        ))}
        <Submit>{t(words.save)}</Submit>
      </Form>
    </CentralPage>,
  );
}
