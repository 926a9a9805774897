import type { ArchiveLine } from "@telar/contracts/archives";
import { languages } from "@telar/contracts/languages";
import { raw } from "hono/html";
import { archiveWords as words } from "./archives.words.ts";
import { rolesInWords } from "./group-parts.tsx";
import { messageWords } from "./messages.words.ts";
import { spaceWords } from "./spaces.words.ts";
import type { Translate } from "./words.ts";

type Line<Kind extends ArchiveLine["line"]> = Extract<ArchiveLine, { line: Kind }>;
type Entry = Line<"message" | "waiting" | "acknowledgement">;

/** For reading and for paper, in the file itself. */
export const archiveStyles = raw(`
body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;color:#1f1b16;background:#fbf8f3}
main{max-width:42rem;margin:0 auto;padding:1rem}
article{border-top:1px solid #8a7f6e;padding:.75rem 0}
article p{margin:.25rem 0}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
small,.quiet{color:#5b5348}
@media (prefers-color-scheme:dark){body{color:#ede8df;background:#14161a}small,.quiet{color:#b8b0a2}article{border-color:#767c88}}
@media print{@page{margin:2cm}body{color:#000;background:none;font-size:11pt}main{max-width:none;padding:0}
article{break-inside:avoid}h2{break-after:avoid}small,.quiet{color:#333}}
`);

interface PersonProps {
  t: Translate;
  person: Line<"person">;
}

export function ArchivePerson({ t, person }: PersonProps) {
  const { day, language, zone, dataSaver, notices, memberships } = person;
  const { own, quietFrom, quietTo } = notices;
  return (
    <>
      <h1>{t(words.fileHeading)}</h1>
      <p>{t(words.madeOn, { day: t.day(day) })}</p>
      <p class="quiet">{t(words.fileCare)}</p>
      <h2>{t(words.settings)}</h2>
      <ul>
        <li>{t(words.language, { language: languages[language].autonym })}</li>
        <li>{t(words.zone, { zone })}</li>
        <li>{t(dataSaver ? words.savesData : words.spendsData)}</li>
        <li>{t(words[own])}</li>
        <li>{t(words.quiet, { from: quietFrom, to: quietTo })}</li>
      </ul>
      <h2>{t(words.groups)}</h2>
      {memberships.length === 0 && <p>{t(words.noGroups)}</p>}
      <ul>
        {memberships.map((place) => (
          <li>
            {t(words.membership, {
              group: <bdi>{place.group ?? t.plain(words.leftGroup)}</bdi>,
              alias: <bdi>{place.alias}</bdi>,
            })}{" "}
            <small>
              {rolesInWords(t, place.roles)} ·{" "}
              {place.until
                ? t(words.fromTo, { from: t.day(place.since), to: t.day(place.until) })
                : t(words.since, { day: t.day(place.since) })}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

export function ArchivePlace({ t, place }: { t: Translate; place: Line<"place"> }) {
  const { space, kind, alias, since, standing, facilitator } = place;
  return (
    <>
      <h2>
        <bdi>{space}</bdi>
      </h2>
      <p>
        {t(standing ? words.youAre : words.youWere, { alias: <bdi>{alias}</bdi> })}{" "}
        {facilitator && t(messageWords.facilitating)}{" "}
        <small>
          {t(kind === "one_to_one" ? words.one_to_one : spaceWords[kind])} ·{" "}
          {t(words.since, { day: t.day(since) })}
        </small>
      </p>
    </>
  );
}

export function ArchiveEntry({ t, entry }: { t: Translate; entry: Entry }) {
  if (entry.line === "acknowledgement") return <Acknowledged t={t} entry={entry} />;
  const { id, note, body, attachments } = entry;
  return (
    <article id={id}>
      <p>
        <small>
          {entry.line === "message" ? <Moment t={t} at={entry.at} /> : t(words[entry.why])}
          {entry.line === "message" && entry.state === "hidden" && <> · {t(words.hidden)}</>}
        </small>
      </p>
      {entry.line === "message" && entry.replyTo && (
        <p class="quiet">{t(words.inAnswer, { whom: whom(t, entry.replyTo) })}</p>
      )}
      {note && (
        <p>
          {t(messageWords.about)} <bdi>{note}</bdi>
        </p>
      )}
      <p class="text" dir="auto">
        {body}
      </p>
      {attachments && (
        <ul>
          {attachments.map(({ kind, format, name, bytes }) => (
            <li>
              {t(words[kind])} {name && <bdi>{`${name}.${format}`}</bdi>}{" "}
              <small>{t(words.weighs, { kb: kilobytes(bytes) })}</small>
            </li>
          ))}
        </ul>
      )}
      {entry.line === "message" && entry.before && <Before t={t} versions={entry.before} />}
    </article>
  );
}

export const kilobytes = (bytes: number) => Math.max(1, Math.round(bytes / 1024));

const Moment = ({ t, at }: { t: Translate; at: string }) => (
  <time datetime={at}>{`${t.day(t.dayOf(at))}, ${t.clock(at)}`}</time>
);

/** Their alias and what it was about; somebody, where one may not read that any more. */
function whom(
  t: Translate,
  { alias, note }: { alias?: string | undefined; note?: string | undefined },
) {
  if (!alias) return t.plain(words.somebody);
  return <bdi>{note ? `${alias} (${note})` : alias}</bdi>;
}

function Acknowledged({ t, entry }: { t: Translate; entry: Line<"acknowledgement"> }) {
  const { kind, to, at } = entry;
  return (
    <article>
      <p>
        {t(words.acknowledged, { words: t.plain(messageWords[kind]), whom: whom(t, to) })}{" "}
        {at && (
          <small>
            <Moment t={t} at={at} />
          </small>
        )}
      </p>
    </article>
  );
}

function Before({ t, versions }: { t: Translate; versions: { note: string; body: string }[] }) {
  return (
    <>
      <p class="quiet">{t(words.before)}</p>
      {versions.map(({ note, body }) => (
        <p class="text quiet" dir="auto">
          {note && `${note}: `}
          {body}
        </p>
      ))}
    </>
  );
}
