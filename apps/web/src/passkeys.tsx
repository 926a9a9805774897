import type { PasskeyId } from "@telar/contracts/ids";
import {
  addPasskey,
  listPasskeys,
  offerPasskey,
  type Passkey,
  removePasskey,
} from "@telar/contracts/passkeys";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Field, Form, formOf } from "./form.tsx";
import { type PageContext, pathWithReturn, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { PasskeyButton, passkeyResponse } from "./passkey-button.tsx";
import { passkeyWords as words } from "./passkeys.words.ts";
import type { Translate } from "./words.ts";

const path = "/cuenta/llaves";

export function servePasskeys(web: Web): void {
  web.get(path, async (c) => passkeysPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { call } = c.var;
        const id = typed.text("id") as PasskeyId | "";
        if (id) await call(removePasskey, { id });
        else
          await call(addPasskey, {
            name: typed.text("name"),
            response: passkeyResponse(typed) ?? {},
          });
        return pathWhenDone(path);
      },
      again: (attempt) => passkeysPage(c, attempt),
    }),
  );
}

async function passkeysPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t, account, call } = c.var;
  const passkeys = await call(listPasskeys, {});
  const form = formOf(t, { name: words.name }, { attempt });
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["passkeys"] },
    <>
      <h1>{t(words.heading)}</h1>
      <Done c={c} />
      <p>{t(words.lead)}</p>
      <p class="notice">{t(words.trace)}</p>
      {passkeys.length === 0 ? (
        <EmptyState>{t(words.none)}</EmptyState>
      ) : (
        <OwnPasskeys t={t} passkeys={passkeys} removable={account?.confirmed ?? false} />
      )}
      <h2>{t(words.addHeading)}</h2>
      {account?.confirmed ? (
        <Form of={form} action={path}>
          <p class="without-script">{t(words.needsScript)}</p>
          <PasskeyButton
            t={t}
            offer={offerPasskey}
            act="create"
            fields={
              <Field of={form} name="name" hint={t(words.nameHint)} maxlength={40} optional exact />
            }
          >
            {t(words.add)}
          </PasskeyButton>
        </Form>
      ) : (
        <p class="steps">
          {t(words.confirmFirst)}{" "}
          <a class="button" href={pathWithReturn("/confirmar", path)}>
            {t(words.confirm)}
          </a>
        </p>
      )}
      <p>
        <a href="/cuenta">{t(words.back)}</a>
      </p>
    </>,
  );
}

interface OwnPasskeysProps {
  t: Translate;
  passkeys: Passkey[];
  removable: boolean;
}

function OwnPasskeys({ t, passkeys, removable }: OwnPasskeysProps) {
  return (
    <form method="post" action={path}>
      <ul class="rows">
        {passkeys.map(({ id, name, usedThisWeek }) => (
          <li>
            <span>
              <strong>{name || t(words.noName)}</strong>
              <small>{t(usedThisWeek ? words.thisWeek : words.earlier)}</small>
            </span>
            {removable && (
              <button
                type="submit"
                class="stop"
                name="id"
                value={id}
                aria-label={t.plain(words.removeLabel, { name: name || t.plain(words.noName) })}
              >
                {t(words.remove)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </form>
  );
}
