import type { GroupKind, Profile, ProfileField, ProfileVisibility } from "@telar/contracts/groups";
import { languages } from "@telar/contracts/languages";
import type { Role } from "@telar/contracts/memberships";
import type { Child } from "hono/jsx";
import { groupWords as words } from "./groups.words.ts";
import type { Translate } from "./words.ts";

const lists = new Map<string, Intl.ListFormat>();

/** "a, b y c", as the reader's language joins them. */
export function joined({ language }: Translate, parts: readonly string[]): string {
  const locales = [language, ...languages[language].fallback];
  const list = lists.get(language) ?? new Intl.ListFormat(locales, { type: "conjunction" });
  lists.set(language, list);
  return list.format(parts);
}

/** For a word that begins a line. */
export const begun = (word: string) => word.charAt(0).toLocaleUpperCase("es") + word.slice(1);

/** What somebody does in a group; whoever has no task of their own takes part. */
export function rolesInWords(t: Translate, roles: readonly Role[]): string {
  const tasks = roles.filter((role) => role !== "member");
  return joined(
    t,
    (tasks.length > 0 ? tasks : (["member"] as const)).map((role) => t.plain(words[role])),
  );
}

export const kindOptions = (t: Translate, kinds: readonly GroupKind[]) =>
  kinds.map((value) => ({ value, label: t.plain(words[value]) }));

/** A group's profile as far as it is open, and to its members also who sees what. */
export function ProfileFacts(props: {
  t: Translate;
  profile: Profile;
  visibility?: ProfileVisibility;
}) {
  const { t, profile, visibility } = props;
  const { about, region, languages: spoken = [], capabilities = [], contact } = profile;
  const facts: [ProfileField, Child][] = [
    ["about", about && <Paragraphs text={about} />],
    ["region", region],
    ["languages", spoken.length > 0 && <Autonyms codes={spoken} />],
    [
      "capabilities",
      capabilities.length > 0 &&
        begun(
          joined(
            t,
            capabilities.map((one) => t.plain(words[one])),
          ),
        ),
    ],
    ["contact", contact],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, fact]) => fact)
        .map(([field, fact]) => (
          <>
            <dt>{t(words[field])}</dt>
            <dd>
              {fact}
              {visibility && (
                <small>{t(words.seenBy, { who: t.plain(words[visibility[field]]) })}</small>
              )}
            </dd>
          </>
        ))}
    </dl>
  );
}

/** What people wrote in several lines. */
export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n+/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </>
  );
}

export function Autonyms({ codes }: { codes: NonNullable<Profile["languages"]> }) {
  return (
    <span>
      {codes.map((code, place) => (
        <>
          {place > 0 && " · "}
          <span lang={code}>{languages[code].autonym}</span>
        </>
      ))}
    </span>
  );
}
