import { type LanguageCode, languages, pageLanguages } from "@telar/contracts/languages";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { IntlMessageFormat } from "intl-messageformat";

/** One text in every language that has it, as ICU MessageFormat. */
export type Message = Readonly<Partial<Record<LanguageCode, string>>>;

type Written = (typeof pageLanguages)[number];
type Elsewhere<Key extends string> = {
  [Code in Exclude<LanguageCode, Written>]?: Partial<Record<Key, string>>;
};
type Tables<Key extends string> = Record<Written, Record<Key, string>> & Elsewhere<Key>;

/** The texts of one feature, by key: complete in Spanish and English, as far as there are translators elsewhere. */
export function defineWords<const Spanish extends Record<string, string>>(
  tables: { es: Spanish } & NoInfer<Tables<keyof Spanish & string>>,
): Readonly<Record<keyof Spanish & string, Message>> {
  const messages: Record<string, Record<string, string>> = {};
  for (const [language, table] of Object.entries(tables as Record<string, object>))
    for (const [key, text] of Object.entries(table)) {
      messages[key] ??= {};
      messages[key][language] = text;
    }
  return messages as Record<keyof Spanish & string, Message>;
}

type Wrap = (inside: Child[]) => Child;
type Values = Readonly<Record<string, string | number | Child | Wrap>>;

/** The reader's language: a call gives content for a page, `plain` a string for attributes and options. */
export interface Translate {
  (message: Message, values?: Values): Child;
  plain(message: Message, values?: Values): string;
  /** A date and hour, in the reader's zone. */
  moment(instant: string): string;
  /** Only the hour of it, in the reader's zone. */
  clock(instant: string): string;
  /** The day it falls on in the reader's zone, such as 2026-11-21. */
  dayOf(instant: string): string;
  /** A calendar day such as 2026-11-21. */
  day(day: string): string;
  readonly language: LanguageCode;
}

interface Choice {
  pseudoLocale?: boolean | undefined;
  zone?: string | undefined;
}

const translates = new Map<string, Translate>();

/** Kept by language and zone, so that each is made once; zones can be spelt in many ways, so not without end. */
export function translateInto(language: LanguageCode, choice: Choice = {}): Translate {
  const zone = choice.zone ?? "America/Mexico_City";
  const key = `${language} ${zone} ${choice.pseudoLocale ?? false}`;
  const known = translates.get(key);
  if (known) return known;
  const translate = makeTranslate(language, zone, choice.pseudoLocale ?? false);
  if (translates.size > 500) translates.clear();
  translates.set(key, translate);
  return translate;
}

function makeTranslate(language: LanguageCode, zone: string, pseudo: boolean): Translate {
  const chain: readonly LanguageCode[] = [language, ...languages[language].fallback];
  const stretched = pseudo ? stretch : (text: string) => text;
  const t = (message: Message, values?: Values): Child => {
    const source = sourceOf(message, chain);
    const content = format(message, source, values);
    const shown = Array.isArray(content)
      ? content.map((part) => (typeof part === "string" ? stretched(part) : part))
      : typeof content === "string"
        ? stretched(content)
        : content;
    return source === language ? shown : markedAs(source, shown);
  };
  const plain = (message: Message, values?: Values): string =>
    stretched(String(format(message, sourceOf(message, chain), values)));
  const locale = chain.find((code) => (pageLanguages as readonly string[]).includes(code)) ?? "es";
  return Object.assign(t, {
    plain,
    language,
    ...datesOf(locale === "es" ? "es-MX" : locale, zone),
  });
}

function datesOf(locale: string, zone: string) {
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  const clock = new Intl.DateTimeFormat(locale, {
    timeStyle: "short",
    hourCycle: "h23",
    timeZone: zone,
  });
  const dayOf = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone: zone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return {
    moment: (instant: string) => moment.format(new Date(instant)),
    clock: (instant: string) => clock.format(new Date(instant)),
    dayOf: (instant: string) => dayOf.format(new Date(instant)),
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  };
}

function sourceOf(message: Message, chain: readonly LanguageCode[]): LanguageCode {
  return chain.find((code) => message[code] !== undefined) ?? "es";
}

function markedAs(language: LanguageCode, content: Child): Child {
  return [raw(`<span lang="${language}">`), content, raw("</span>")];
}

type Compiled = string | IntlMessageFormat;
const compiled = new WeakMap<Message, Map<LanguageCode, Compiled>>();

function compile(message: Message, language: LanguageCode): Compiled {
  let byLanguage = compiled.get(message);
  if (!byLanguage) {
    byLanguage = new Map();
    compiled.set(message, byLanguage);
  }
  const known = byLanguage.get(language);
  if (known !== undefined) return known;
  const text = message[language] ?? "";
  const made = /[{<']/.test(text) ? new IntlMessageFormat(text, language) : text;
  byLanguage.set(language, made);
  return made;
}

function format(message: Message, language: LanguageCode, values?: Values): Child {
  const ready = compile(message, language);
  if (typeof ready === "string") return ready;
  return ready.format(values as Record<string, string>) as Child;
}

/** At least 40 % longer, with longer words, so that what clips shows. */
function stretch(text: string): string {
  const doubled = text.replace(/[aeiouáéíóú]/gi, "$&$&");
  return doubled.padEnd(Math.ceil(text.length * 1.4), "·");
}
