import { changeAccount } from "@telar/contracts/accounts";
import { LanguageCode, languages } from "@telar/contracts/languages";
import { HubError } from "@telar/contracts/problems";
import { setCookie } from "hono/cookie";
import { type Attempt, answerForm } from "./form.tsx";
import { ownPath, type PageContext, type Web } from "./frame.ts";
import { languageWords as words } from "./languages.words.ts";
import { showPage } from "./layout.tsx";
import { languageCookie } from "./reader.ts";
import { countUntranslated, portableObject } from "./translations.ts";
import type { Translate } from "./words.ts";

const aYear = 365 * 24 * 3600;

export function serveLanguages(web: Web): void {
  web.get("/idioma", (c) => languagePage(c));
  web.post("/idioma", (c) =>
    answerForm(c, {
      act: async (typed) => {
        const language = LanguageCode.safeParse(typed.text("language")).data;
        if (!language) throw new HubError("invalid_input");
        if (c.var.account) await c.var.call(changeAccount, { language });
        keepLanguage(c, language);
        return ownPath(typed.text("luego"));
      },
      again: (attempt) => languagePage(c, attempt),
    }),
  );
  web.get("/idioma/:file{.+\\.po}", (c) => {
    const language = LanguageCode.safeParse(c.req.param("file").slice(0, -".po".length)).data;
    if (!language) throw new HubError("not_found");
    return c.body(portableObject(language), 200, {
      "content-type": "text/x-gettext-translation; charset=utf-8",
      "content-disposition": `attachment; filename="${language}.po"`,
    });
  });
}

function keepLanguage(c: PageContext, language: LanguageCode): void {
  setCookie(c, languageCookie, language, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: c.var.options.publicUrl.startsWith("https:"),
    maxAge: aYear,
  });
}

function languagePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const back = ownPath(attempt?.typed.text("luego") ?? c.req.query("luego"));
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      {attempt && <p class="notice">{t(words.notAnOption)}</p>}
      <p>{t(words.fallback)}</p>
      <form method="post" action="/idioma">
        <input type="hidden" name="luego" value={back} />
        <ul class="languages">
          {LanguageCode.options.map((code) => (
            <Language t={t} code={code} />
          ))}
        </ul>
      </form>
      <details>
        <summary>{t(words.translators)}</summary>
        <p>{t(words.translatorsWords)}</p>
        <ul class="columns">
          {LanguageCode.options.map((code) => (
            <li>
              <a href={`/idioma/${code}.po`} download lang={code}>
                {languages[code].autonym}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </>,
  );
}

function Language({ t, code }: { t: Translate; code: LanguageCode }) {
  const { autonym, spanishName } = languages[code];
  const count = countUntranslated(code);
  return (
    <li>
      <button type="submit" name="language" value={code}>
        <span lang={code}>{autonym}</span>
        <small>
          {code !== "es" && <span lang="es">{spanishName} · </span>}
          {count === 0 ? t(words.complete) : t(words.missing, { count })}
          {t.language === code && <> · {t(words.chosen)}</>}
        </small>
      </button>
    </li>
  );
}
