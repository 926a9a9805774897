import { pageLanguages } from "@telar/contracts/languages";
import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { texts } from "./translations.ts";
import { defineWords, translateInto } from "./words.ts";

const words = defineWords({
  es: {
    plain: "Buenos días",
    news: "{count, plural, =0 {Nada nuevo} one {Un mensaje} other {# mensajes}}",
    linked: "Lee <link>la guía</link> con calma",
    named: "Hola, {name}",
  },
  en: {
    plain: "Good morning",
    news: "{count, plural, =0 {Nothing new} one {One message} other {# messages}}",
    linked: "Read <link>the guide</link> calmly",
    named: "Hello, {name}",
  },
  tzo: { named: "Mi xkuxul avo'nton, {name}" },
});

const shown = (content: unknown) => (<p>{content as string}</p>).toString();

test("a text that the language has stands bare", () => {
  expect(translateInto("en")(words.plain)).toBe("Good morning");
  expect(shown(translateInto("tzo")(words.named, { name: "Ceiba" }))).toBe(
    "<p>Mi xkuxul avo&#39;nton, Ceiba</p>",
  );
});

test("a missing text falls back along the chain and is marked with its language", () => {
  expect(shown(translateInto("tzo")(words.plain))).toBe(
    '<p><span lang="es">Buenos días</span></p>',
  );
  expect(shown(translateInto("fr")(words.plain))).toBe(
    '<p><span lang="en">Good morning</span></p>',
  );
  expect(translateInto("tzo").plain(words.plain)).toBe("Buenos días");
});

test("plurals follow the language of the text, also where that is a fallback", () => {
  const counts = [0, 1, 5].map((count) => translateInto("es")(words.news, { count }));
  expect(counts).toEqual(["Nada nuevo", "Un mensaje", "5 mensajes"]);
  expect(translateInto("nah").plain(words.news, { count: 1 })).toBe("Un mensaje");
});

test("what people wrote is escaped, and links stand inside texts", () => {
  expect(shown(translateInto("es")(words.named, { name: "<b>" }))).toBe("<p>Hola, &lt;b&gt;</p>");
  const link = (inside: unknown) => <a href="/seguridad">{inside as string}</a>;
  expect(shown(translateInto("es")(words.linked, { link }))).toBe(
    '<p>Lee <a href="/seguridad">la guía</a> con calma</p>',
  );
});

test("the pseudo-locale makes every text at least 40 % longer", () => {
  const t = translateInto("es", { pseudoLocale: true });
  for (const { message } of texts) {
    const text = message.es ?? "";
    if (/[{<]/.test(text)) continue;
    expect(t.plain(message).length).toBeGreaterThanOrEqual(text.length * 1.4);
  }
});

test("dates are read in the person's zone, and by Spanish where a language has none of its own", () => {
  const instant = "2026-11-21T04:30:00Z";
  expect(translateInto("es", { zone: "America/Mexico_City" }).moment(instant)).toBe(
    "viernes, 20 de noviembre, 22:30",
  );
  expect(translateInto("en", { zone: "Europe/Zurich" }).moment(instant)).toContain("05:30");
  expect(translateInto("tzo").day("2026-11-21")).toBe("21 de noviembre de 2026");
});

test("every text of the pages is well formed and asks for the same values in each language", () => {
  const valuesOf = (text: string) =>
    JSON.stringify(new IntlMessageFormat(text).getAst())
      .match(/"type":[1-8],"value":"\w+"/g)
      ?.map((found) => found.slice(9).toLowerCase());
  for (const { name, message } of texts)
    for (const language of pageLanguages)
      expect([name, language, new Set(valuesOf(message[language] ?? ""))]).toEqual([
        name,
        language,
        new Set(valuesOf(message.es ?? "")),
      ]);
});

test("no text says what look.md asks never to say", () => {
  const never = {
    es: /\b(usuari[oa]s?|víctimas?|error(es)?|inválid[oa]s?|denegad[oa]s?|usted)\b|[!¡]/i,
    en: /\b(users?|victims?|errors?|invalid|denied)\b|!/i,
  };
  for (const { name, message } of texts)
    for (const language of pageLanguages)
      expect([name, message[language]]).not.toEqual([name, expect.stringMatching(never[language])]);
});
