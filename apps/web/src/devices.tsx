import type { SessionId } from "@telar/contracts/ids";
import {
  listSessions,
  revokeOtherSessions,
  revokeSession,
  type Session,
} from "@telar/contracts/sessions";
import { devicesWords as words } from "./devices.words.ts";
import { Done, pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const path = "/cuenta/dispositivos";

export function serveDevices(web: Web): void {
  web.get(path, (c) => devicesPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const id = typed.text("id") as SessionId | "";
        if (id) await c.var.call(revokeSession, { id });
        else await c.var.call(revokeOtherSessions, {});
        return pathWhenDone(path);
      },
      again: (attempt) => devicesPage(c, attempt),
    }),
  );
}

async function devicesPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const sessions = await c.var.call(listSessions, {});
  const here = sessions.filter(({ current }) => current);
  const others = sessions.filter(({ current }) => !current);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      {attempt ? (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      ) : (
        <Done c={c} />
      )}
      <p>{t(words.lead)}</p>
      <form method="post" action={path}>
        <ul class="rows">
          {[...here, ...others].map((session) => (
            <Row t={t} session={session} />
          ))}
        </ul>
        {others.length > 1 && (
          <button type="submit" class="stop">
            {t(words.closeOthers)}
          </button>
        )}
      </form>
      {others.length === 0 && <p>{t(words.only)}</p>}
      <p>
        <a href="/cuenta/frase">{t(words.changeWords)}</a>
      </p>
      <p>
        <a href="/cuenta">{t(words.back)}</a>
      </p>
    </>,
  );
}

function Row({ t, session }: { t: Translate; session: Session }) {
  const { id, device, current, usedThisWeek } = session;
  const name = session.name || t.plain(words.noName);
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <small>
          {t(words.facts, {
            device: t.plain(device === "own" ? words.own : words.shared),
            use: t.plain(usedThisWeek ? words.thisWeek : words.earlier),
          })}
        </small>
      </span>
      {current ? (
        <small>{t(words.here)}</small>
      ) : (
        <button
          type="submit"
          class="stop"
          name="id"
          value={id}
          aria-label={t.plain(words.closeLabel, { name })}
        >
          {t(words.close)}
        </button>
      )}
    </li>
  );
}
