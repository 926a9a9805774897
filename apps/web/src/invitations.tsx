import { getAccount } from "@telar/contracts/accounts";
import {
  acceptInvitation,
  joinByInvitation,
  offerFirstPasskey,
  openInvitation,
} from "@telar/contracts/invitations";
import { askPasskey } from "@telar/contracts/passkeys";
import type { HubError } from "@telar/contracts/problems";
import type * as z from "zod";
import { DeviceFields, deviceLabels, deviceValues } from "./device-fields.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { rolesInWords } from "./group-parts.tsx";
import { invitationWords as words } from "./invitations.words.ts";
import { showPage } from "./layout.tsx";
import { PasskeyButton, passkeyResponse } from "./passkey-button.tsx";
import {
  asksForOthers,
  PassphraseOffer,
  passphraseLabels,
  wordsToOffer,
} from "./passphrase-offer.tsx";
import { enter, SignInFields, signInLabels } from "./sessions.tsx";
import type { Typed } from "./typed.ts";

/** Every step is the answer to a sent form: the code travels in hidden fields and stands in no address. */
export function serveInvitations(web: Web): void {
  web.get("/invitacion", (c) => codePage(c));
  web.post("/invitacion", (c) => step(c, (typed) => openedPage(c, typed), codePage));
  web.post("/invitacion/nueva", (c) =>
    step(c, async (typed) => (begins(typed) ? joinPage(c, typed) : join(c, typed)), joinPage),
  );
  web.post("/invitacion/cuenta", (c) =>
    step(
      c,
      async (typed) => (begins(typed) ? enterPage(c, typed) : enterFirst(c, typed)),
      enterPage,
    ),
  );
  web.post("/invitacion/aceptar", (c) => step(c, (typed) => accept(c, typed), acceptPage));
}

type Opened = z.output<(typeof openInvitation)["output"]>;

/** Whatever step was taken: an invitation that is not open any more leads back to its code. */
function step(
  c: PageContext,
  act: (typed: Typed) => Promise<string | Response>,
  again: (c: PageContext, typed: Typed, attempt: Attempt) => Promise<Response>,
): Promise<Response> {
  return answerForm(c, {
    act,
    again: (attempt) => {
      const page = isClosed(attempt.refusal) ? codePage : again;
      return page(c, attempt.typed, attempt);
    },
  });
}

const isClosed = ({ code }: HubError) =>
  code === "invitation_not_open" || code === "invitation_closed";

const begin = "empezar";
const begins = (typed: Typed) => typed.text("act") === begin || asksForOthers(typed);

const open = (c: PageContext, typed: Typed): Promise<Opened> =>
  c.var.call(openInvitation, { code: typed.text("code") });

function codePage(c: PageContext, _?: Typed, attempt?: Attempt) {
  const { t } = c.var;
  const form = formOf(t, { code: words.code }, { attempt });
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["invitation"] },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      <Form of={form} action="/invitacion">
        <Field of={form} name="code" hint={t(words.codeHint)} maxlength={100} exact />
        <Submit>{t(words.open)}</Submit>
      </Form>
      <p class="hint">{t(words.none)}</p>
    </>,
  );
}

function Opening({ c, opened }: { c: PageContext; opened: Opened }) {
  const { t } = c.var;
  const { purpose, groupName: group = "", hubName: hub, roles } = opened;
  const more = roles.filter((role) => role !== "member");
  return (
    <>
      <h1>{t(words[purpose], { group, hub })}</h1>
      <p>{t(words[`${purpose}What`], { hub })}</p>
      {more.length > 0 && <p>{t(words.membershipRoles, { roles: rolesInWords(t, more) })}</p>}
    </>
  );
}

const Code = ({ typed }: { typed: Typed }) => (
  <input type="hidden" name="code" value={typed.text("code")} />
);

async function openedPage(c: PageContext, typed: Typed) {
  const { t, account } = c.var;
  if (account) return acceptPage(c, typed);
  const opened = await open(c, typed);
  return showPage(
    c,
    { title: words.title },
    <>
      <Opening c={c} opened={opened} />
      <form method="post" action="/invitacion/nueva">
        <Code typed={typed} />
        <p class="steps">
          <Submit name="act" value={begin}>
            {t(words.newPerson)}
          </Submit>
          <button type="submit" name="act" value={begin} formaction="/invitacion/cuenta">
            {t(words.haveAccount)}
          </button>
        </p>
      </form>
    </>,
  );
}

const joinLabels = {
  signInName: words.signInName,
  alias: words.alias,
  ...passphraseLabels,
  ...deviceLabels,
};
const joinFields = ["signInName", "alias", "device", "deviceName"] as const;

async function joinPage(c: PageContext, typed: Typed, attempt?: Attempt) {
  const { t } = c.var;
  const { purpose } = await open(c, typed);
  const kept = Object.fromEntries(joinFields.map((name) => [name, typed.text(name)]));
  const steward = purpose === "stewardship";
  const labels = steward ? { ...joinLabels, alias: words.aliasSteward } : joinLabels;
  const form = formOf(t, labels, { attempt, values: asksForOthers(typed) ? kept : deviceValues });
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.joinHeading)}</h1>
      <Form of={form} action="/invitacion/nueva">
        <Code typed={typed} />
        {purpose !== "founding" && (
          <Field
            of={form}
            name="alias"
            hint={t(steward ? words.aliasStewardHint : words.aliasHint)}
            maxlength={40}
            exact
          />
        )}
        <Field
          of={form}
          name="signInName"
          hint={t(words.signInNameHint)}
          autocomplete="username"
          maxlength={40}
          exact
        />
        <DeviceFields of={form} />
        <PassphraseOffer of={form} offered={await wordsToOffer(c, typed)} />
        <Submit>{t(words.join)}</Submit>
        <PasskeyButton t={t} offer={offerFirstPasskey} act="create" sends={["code", "signInName"]}>
          {t(words.withPasskey)}
        </PasskeyButton>
      </Form>
    </>,
  );
}

/** Where somebody goes from the sheet that they are offered first. */
const firstStep = { membership: "/", founding: "/grupos/nuevo", stewardship: "/central" } as const;

async function join(c: PageContext, typed: Typed): Promise<string> {
  const { purpose } = await open(c, typed);
  const passkey = passkeyResponse(typed);
  const { passphrase, ...input } = typed.input(joinByInvitation);
  await c.var.call(joinByInvitation, {
    ...input,
    ...(passkey ? { passkey } : { passphrase }),
    language: c.var.t.language,
  });
  return `/cuenta/hoja?${new URLSearchParams({ luego: firstStep[purpose] })}`;
}

/** Signs in; the page after it knows the person already. */
async function enterFirst(c: PageContext, typed: Typed): Promise<Response> {
  await enter(c, typed);
  c.set("account", await c.var.call(getAccount, {}));
  return acceptPage(c, typed);
}

async function enterPage(c: PageContext, typed: Typed, attempt?: Attempt) {
  const { t } = c.var;
  const form = formOf(t, signInLabels, { attempt, values: deviceValues });
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.enterHeading)}</h1>
      <p>{t(words.enterWhat)}</p>
      <Form of={form} action="/invitacion/cuenta">
        <Code typed={typed} />
        <SignInFields of={form} />
        <Submit>{t(words.enter)}</Submit>
        <PasskeyButton t={t} offer={askPasskey} act="get">
          {t(words.enter)}
        </PasskeyButton>
      </Form>
    </>,
  );
}

async function acceptPage(c: PageContext, typed: Typed, attempt?: Attempt) {
  const { t, account } = c.var;
  const opened = await open(c, typed);
  const { purpose } = opened;
  const form = formOf(
    t,
    { alias: purpose === "stewardship" ? words.aliasSteward : words.alias },
    { attempt },
  );
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <Opening c={c} opened={opened} />
      <p>{t(words.asAccount, { name: <strong>{account?.signInName}</strong> })}</p>
      <Form of={form} action="/invitacion/aceptar">
        <Code typed={typed} />
        {purpose !== "founding" && (
          <Field of={form} name="alias" hint={t(words.aliasNew)} maxlength={40} exact />
        )}
        <p class="steps">
          <Submit>{t(purpose === "founding" ? words.foundNext : words.accept)}</Submit>
          <a class="button quiet" href="/">
            {t(words.notNow)}
          </a>
        </p>
      </Form>
    </>,
  );
}

/** An alias is asked for where somebody will see it. */
async function accept(c: PageContext, typed: Typed): Promise<string> {
  const { purpose } = await open(c, typed);
  const alias = purpose === "founding" ? undefined : typed.text("alias");
  const { group } = await c.var.call(acceptInvitation, { code: typed.text("code"), alias });
  return group ? `/grupos/${group}` : firstStep[purpose];
}
