import { askPasskey, signInWithPasskey } from "@telar/contracts/passkeys";
import { confirmSession, Device, signIn, signOut } from "@telar/contracts/sessions";
import { ClosedDoor } from "./decisions.tsx";
import { DeviceFields, deviceLabels, deviceValues } from "./device-fields.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit } from "./form.tsx";
import { ownPath, type PageContext, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { PasskeyButton, passkeyResponse } from "./passkey-button.tsx";
import { sessionWords as words } from "./sessions.words.ts";
import type { Typed } from "./typed.ts";

export function serveSessions(web: Web): void {
  web.get("/entrar", (c) => signInPage(c));
  web.post("/entrar", (c) =>
    answerForm(c, {
      act: async (typed) => {
        await enter(c, typed);
        return ownPath(typed.text("luego"));
      },
      again: (attempt) => signInPage(c, attempt),
    }),
  );
  web.get("/salir", (c) => leavePage(c));
  web.post("/salir", async (c) => {
    await c.var.call(signOut, {});
    return c.redirect("/salir", 303);
  });
  web.get("/confirmar", async (c) => confirmPage(c));
  web.post("/confirmar", (c) =>
    answerForm(c, {
      act: async (typed) => {
        await confirm(c, typed);
        return ownPath(typed.text("luego"));
      },
      again: (attempt) => confirmPage(c, attempt),
    }),
  );
}

/** Signs in with what the form brings: a passkey's answer, or a name and words. */
export async function enter(c: PageContext, typed: Typed): Promise<void> {
  const response = passkeyResponse(typed);
  if (!response) await c.var.call(signIn, typed.input(signIn));
  else await c.var.call(signInWithPasskey, { ...typed.input(signInWithPasskey), response });
}

async function confirm(c: PageContext, typed: Typed): Promise<void> {
  const { account, call } = c.var;
  const response = passkeyResponse(typed);
  if (!response) await call(confirmSession, typed.input(confirmSession));
  else await call(signInWithPasskey, { response, device: account?.device ?? Device.enum.shared });
}

export const signInLabels = {
  signInName: words.signInName,
  passphrase: words.passphrase,
  ...deviceLabels,
};

/** The fields of a sign-in, with the passkey where the browser has them. */
export function SignInFields({ of }: { of: ReturnType<typeof formOf<keyof typeof signInLabels>> }) {
  const { t } = of;
  return (
    <>
      <Field of={of} name="signInName" autocomplete="username" maxlength={40} exact />
      <Field
        of={of}
        name="passphrase"
        type="password"
        autocomplete="current-password"
        hint={t(words.passphraseHint)}
      />
      <DeviceFields of={of} />
    </>
  );
}

function signInPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const form = formOf(t, signInLabels, { attempt, values: deviceValues });
  const back = attempt?.typed.text("luego") ?? c.req.query("luego") ?? "/";
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.heading)}</h1>
      {attempt?.refusal.code === "banned" && <ClosedDoor t={t} />}
      <Form of={form} action="/entrar">
        <input type="hidden" name="luego" value={back} />
        <SignInFields of={form} />
        <Submit>{t(words.enter)}</Submit>
        <PasskeyButton t={t} offer={askPasskey} act="get">
          {t(words.withPasskey)}
        </PasskeyButton>
      </Form>
      <ul class="ways">
        <li>
          <a href="/recuperar">{t(words.lost)}</a>
        </li>
        <li>
          <a href="/invitacion">{t(words.invitation)}</a>
        </li>
      </ul>
    </>,
  );
}

function leavePage(c: PageContext) {
  const { t, account } = c.var;
  return showPage(
    c,
    { title: words.leaveTitle },
    account ? (
      <>
        <h1>{t(words.leaveHeading)}</h1>
        <p>{t(words.leaveWhat)}</p>
        <form method="post" action="/salir">
          <p class="steps">
            <Submit>{t(words.leave)}</Submit>
            <a class="button" href="/">
              {t(words.stay)}
            </a>
          </p>
        </form>
      </>
    ) : (
      <>
        <h1>{t(words.left)}</h1>
        <p>{t(words.leftWhat)}</p>
        <p class="steps">
          <a class="button" href="/entrar">
            {t(words.enterAgain)}
          </a>
        </p>
      </>
    ),
  );
}

function confirmPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t, account } = c.var;
  const form = formOf(t, { passphrase: words.passphrase }, { attempt });
  const back = attempt?.typed.text("luego") ?? c.req.query("luego") ?? "/";
  return showPage(
    c,
    { title: words.confirmTitle, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.confirmHeading)}</h1>
      <p>{t(words.confirmWhat)}</p>
      <Form of={form} action="/confirmar">
        <input type="hidden" name="luego" value={back} />
        <OwnName name={account?.signInName} />
        {account?.hasPassphrase ? (
          <>
            <Field
              of={form}
              name="passphrase"
              type="password"
              autocomplete="current-password"
              hint={t(words.passphraseHint)}
            />
            <Submit>{t(words.confirm)}</Submit>
          </>
        ) : (
          <p class="without-script">{t(words.confirmOnlyPasskey)}</p>
        )}
        <PasskeyButton t={t} offer={askPasskey} act="get">
          {t(words.confirmWithPasskey)}
        </PasskeyButton>
      </Form>
    </>,
  );
}

/** Tells a password manager whose words are asked for. */
export function OwnName({ name }: { name: string | undefined }) {
  return <input type="text" autocomplete="username" value={name} readonly hidden />;
}
