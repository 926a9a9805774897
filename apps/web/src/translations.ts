import { type LanguageCode, languages } from "@telar/contracts/languages";
import type { Message } from "./words.ts";

type Words = Record<string, Record<string, Message>>;
const modules = import.meta.glob<Words>("./**/*.words.ts", { eager: true });

interface Text {
  /** `sessions.signIn`: the feature, then the key. */
  name: string;
  message: Message;
}

/** Every text of the pages, in the order of features and keys. */
export const texts: readonly Text[] = Object.entries(modules).flatMap(([file, words]) => {
  const feature = file.replace(/^.*\/|\.words\.ts$/g, "");
  return Object.values(words)
    .flatMap((table) => Object.entries(table))
    .map(([key, message]) => ({ name: `${feature}.${key}`, message }));
});

export const countUntranslated = (language: LanguageCode): number =>
  texts.filter(({ message }) => message[language] === undefined).length;

/** A gettext file for translators: Spanish as the source, English as a comment. */
export function portableObject(language: LanguageCode): string {
  const { autonym } = languages[language];
  const head = [
    `# Telar · ${autonym}`,
    'msgid ""',
    'msgstr ""',
    '"Content-Type: text/plain; charset=UTF-8\\n"',
    `"Language: ${language}\\n"`,
  ].join("\n");
  const entries = texts.map(({ name, message }) =>
    [
      `#. ${message.en ?? ""}`,
      "#, icu-message-format",
      `msgctxt ${JSON.stringify(name)}`,
      `msgid ${JSON.stringify(message.es ?? "")}`,
      `msgstr ${JSON.stringify(message[language] ?? "")}`,
    ].join("\n"),
  );
  return `${[head, ...entries].join("\n\n")}\n`;
}
