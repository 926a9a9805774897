import type { Account } from "@telar/contracts/accounts";
import { EmptyState } from "./empty-state.tsx";
import { restsUntil, type Web } from "./frame.ts";
import { homeWords as words } from "./home.words.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

export function serveHome(web: Web): void {
  web.get("/", async (c) => {
    const { t, account } = c.var;
    if (restsUntil(account)) return c.redirect("/pausa", 303);
    const body = account ? <OwnPlace t={t} account={account} /> : <Welcome t={t} />;
    return showPage(c, { title: words.title }, body);
  });
}

function Welcome({ t }: { t: Translate }) {
  return (
    <>
      <h1>{t(words.welcome)}</h1>
      <p>{t(words.what)}</p>
      <p class="steps">
        <a class="button main" href="/invitacion">
          {t(words.haveInvitation)}
        </a>
        <a class="button" href="/entrar">
          {t(words.signIn)}
        </a>
      </p>
      <p>
        {t(words.noInvitation)} <a href="/directorio">{t(words.directory)}</a>
      </p>
    </>
  );
}

function OwnPlace({ t, account }: { t: Translate; account: Account }) {
  const { memberships } = account;
  return (
    <>
      <h1>{t(words.greeting)}</h1>
      <section aria-labelledby="groups">
        <h2 id="groups">{t(words.groups)}</h2>
        {memberships.length === 0 ? (
          <EmptyState step={{ href: "/invitacion", words: t(words.haveInvitation) }}>
            {t(words.none)}
          </EmptyState>
        ) : (
          <ul class="cards">
            {memberships.map(({ group, groupName, alias }) => (
              <li>
                <a href={`/grupos/${group}`}>{groupName}</a>
                <small>{t(words.asAlias, { alias })}</small>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="next">
        <h2 id="next">{t(words.next)}</h2>
        <ul>
          {memberships.length > 0 && (
            <li>
              <a href="/espacios">{t(words.stepSpaces)}</a>
            </li>
          )}
          <li>
            <a href="/seguridad">{t(words.stepPractice)}</a>
          </li>
          {memberships.length > 0 && (
            <li>
              <a href="/invitacion">{t(words.stepInvitation)}</a>
            </li>
          )}
          <li>
            <a href="/grupos">{t(words.stepFound)}</a>
          </li>
        </ul>
      </section>
    </>
  );
}
