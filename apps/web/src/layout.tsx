import type { Account } from "@telar/contracts/accounts";
import { languages } from "@telar/contracts/languages";
import { problems } from "@telar/contracts/problems";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { assetPath, stylesheetPath } from "./assets.ts";
import type { Attempt } from "./form.tsx";
import { type PageContext, pathWithReturn, restsUntil } from "./frame.ts";
import { Icon, Mark } from "./icons.tsx";
import { layoutWords as words } from "./layout.words.ts";
import { Notices } from "./notices.tsx";
import type { Message } from "./words.ts";

interface PageParts {
  /** For tab and history, which others may read: neutral, never a name. */
  title: Message;
  /** A form that came back: the page answers with its status and says so in the title. */
  attempt?: Attempt | undefined;
  status?: ContentfulStatusCode;
  /** Modules of `enhance/` beside the quick exit, such as `passkeys`. */
  enhance?: readonly string[];
}

/** Answers a whole page; `body` starts with its `<h1>`. */
export async function showPage(c: PageContext, parts: PageParts, body: Child): Promise<Response> {
  const { attempt } = parts;
  const status = parts.status ?? (attempt ? problems[attempt.refusal.code] : 200);
  const page = await (<Page c={c} parts={parts} body={body} />).toString();
  return c.html(`<!doctype html>${page}`, status);
}

function Page({ c, parts, body }: { c: PageContext; parts: PageParts; body: Child }) {
  const { t, account } = c.var;
  return (
    <html lang={t.language}>
      <Head c={c} parts={parts} />
      <body {...(!account && { "data-visitor": "" })}>
        {kept(c, "bars", () => (
          <Bars c={c} />
        ))}
        <Menu c={c} />
        <main id="contenido" tabindex={-1}>
          <Notices c={c} />
          {body}
        </main>
        <Footer c={c} />
      </body>
    </html>
  );
}

const rendered = new WeakMap<object, Map<string, string>>();

/** What says the same on page after page is rendered once for each language: it is half the work of a page. */
function kept(c: PageContext, name: string, render: () => Child): Child {
  const options = c.get("options");
  const parts = rendered.get(options) ?? new Map<string, string>();
  rendered.set(options, parts);
  const key = `${c.get("t").language} ${name}`;
  const part = parts.get(key) ?? String(render());
  if (parts.size >= keptMost) parts.clear();
  parts.set(key, part);
  return raw(part);
}

const keptMost = 1000;

function Head({ c, parts }: { c: PageContext; parts: PageParts }) {
  const { t } = c.var;
  const own = t.plain(parts.title);
  const title = parts.attempt ? t.plain(words.toMend, { title: own }) : own;
  const modules = ["exit", ...(parts.enhance ?? [])];
  return kept(c, `head ${modules} ${title}`, () => (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · Telar`}</title>
      <link rel="stylesheet" href={stylesheetPath()} />
      <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
      <link rel="manifest" href="/manifest.webmanifest" />
      <meta name="color-scheme" content="light dark" />
      {modules.map((name) => (
        <script type="module" src={assetPath(`enhance/${name}.ts`)} />
      ))}
    </head>
  ));
}

function Bars({ c }: { c: PageContext }) {
  return (
    <>
      <SafetyBar c={c} />
      <header>
        <a class="home" href="/">
          <Mark />
          <span>Telar</span>
        </a>
        <button type="button" class="quiet" popovertarget="menu">
          <Icon name="menu" />
          {c.var.t(words.menu)}
        </button>
      </header>
    </>
  );
}

/** First on every page, and always in reach: the way out comes before everything else. */
function SafetyBar({ c }: { c: PageContext }) {
  const { t, options } = c.var;
  return (
    <nav class="safety" aria-label={t.plain(words.safety)}>
      <a class="exit" href="/salir-rapido" data-exit={options.exitUrl}>
        <Icon name="exit" />
        {t(words.exit)}
      </a>
      <a class="skip" href="#contenido">
        {t(words.skip)}
      </a>
      <a class="pause" href="/pausa">
        <Icon name="pause" />
        {t(words.pause)}
      </a>
    </nav>
  );
}

const forPeople: readonly (readonly [string, Message])[] = [
  ["/", words.home],
  ["/espacios", words.spaces],
  ["/grupos", words.groups],
  ["/coaliciones", words.coalitions],
  ["/directorio", words.directory],
  ["/avisos", words.notices],
  ["/cuenta", words.account],
];
const forStewards: typeof forPeople = [...forPeople, ["/central", words.hub]];
const forResting: typeof forPeople = [
  ["/", words.home],
  ["/cuenta", words.account],
];
const forVisitors: typeof forPeople = [
  ["/", words.home],
  ["/entrar", words.signIn],
  ["/directorio", words.directory],
];

function menuFor(account: Account | undefined): typeof forPeople {
  if (!account) return forVisitors;
  if (restsUntil(account)) return forResting;
  return account.steward ? forStewards : forPeople;
}

function Menu({ c }: { c: PageContext }) {
  const { t, account } = c.var;
  const { path } = c.req;
  const entries = menuFor(account);
  const here = entries.find(
    ([href]) => path === href || (href !== "/" && path.startsWith(`${href}/`)),
  );
  return kept(c, `menu ${entries.length} ${here?.[0]}`, () => (
    <nav id="menu" class="menu" popover="auto" aria-label={t.plain(words.pages)}>
      <ul>
        {entries.map((entry) => (
          <li>
            <a href={entry[0]} aria-current={entry === here ? "page" : undefined}>
              {t(entry[1])}
            </a>
          </li>
        ))}
      </ul>
      {account && (
        <form method="post" action="/salir">
          <button type="submit" class="quiet">
            {t(words.signOut)}
          </button>
        </form>
      )}
    </nav>
  ));
}

function Footer({ c }: { c: PageContext }) {
  const { t } = c.var;
  const back = c.req.method === "GET" ? c.req.path : "/";
  return (
    <footer>
      <ul>
        <li>
          <a href={pathWithReturn("/idioma", back)}>
            <Icon name="languages" />
            {t(words.language, { language: languages[t.language].autonym })}
          </a>
        </li>
        {kept(c, "footer", () => (
          <>
            <li>
              <a href="/seguridad">{t(words.safetyPage)}</a>
            </li>
            <li>
              <a href="/hub">{t(words.aboutHub)}</a>
            </li>
            <li>
              <a href="/api/docs">{t(words.api)}</a>
            </li>
          </>
        ))}
      </ul>
      {kept(c, "data note", () => (
        <p>{t(words.dataNote)}</p>
      ))}
    </footer>
  );
}
