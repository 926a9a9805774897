import type { CrisisCard } from "@telar/contracts/crisis-cards";
import type { FacilitatedHours, Space } from "@telar/contracts/spaces";
import type { PropsWithChildren } from "hono/jsx";
import type { PageContext } from "./frame.ts";
import { begun, joined, Paragraphs } from "./group-parts.tsx";
import { spacePartWords as words } from "./space-parts.words.ts";
import type { Message, Translate } from "./words.ts";
import { cityOf } from "./zones.ts";

/** What keeps anything in the browser works on a device of one's own only (P13). */
export const ownDeviceModules = ({ var: { account } }: PageContext, ...modules: string[]) =>
  account?.device === "own" ? modules : [];

type SpaceProps = { t: Translate; space: Space };

/** Everything that somebody should know before saying yes, and can read again at any time (P17). */
export function SpaceFacts({ t, space }: SpaceProps) {
  const { facilitators, settings, rules, crisisCards } = space;
  const aliases = facilitators.map(({ alias }) => alias);
  return (
    <>
      <Told t={t} id="who" heading={words.who}>
        <p>
          {t(words.readers, { readers: space.readers ?? 0 })} {t(entry(space), entryValues(space))}{" "}
          {t(settings.guests ? words.guests : words.noGuests)}
        </p>
        <p>{t(words.server)}</p>
      </Told>
      <Told t={t} id="facilitators" heading={words.facilitators}>
        <p>{aliases.length > 0 ? joined(t, aliases) : t(words.facilitatorsNone)}</p>
      </Told>
      <Told t={t} id="stays" heading={words.stays}>
        <p>
          {t(words.staysDays, { days: settings.keepsDays })} {t(words.staysOwn)}
        </p>
      </Told>
      <Told t={t} id="promise" heading={words.promise}>
        <p>{t(words.promiseText)}</p>
      </Told>
      <Told t={t} id="how" heading={words.how}>
        <ul>
          {waysToWrite(t, space).map((way) => (
            <li>{way}</li>
          ))}
        </ul>
        {settings.facilitatedHours && <HoursOfWeek t={t} space={space} />}
      </Told>
      <Told t={t} id="rules" heading={words.rules}>
        <div class="stack">
          <Paragraphs text={rules.text} />
        </div>
      </Told>
      <CrisisCards t={t} cards={crisisCards} />
    </>
  );
}

type ToldProps = PropsWithChildren<{ t: Translate; id: string; heading: Message }>;

function Told({ t, id, heading, children }: ToldProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t(heading)}</h2>
      {children}
    </section>
  );
}

const entry = ({ settings }: Pick<Space, "settings">) =>
  settings.admission ? words.readersAdmission : words.readersOpen;
const entryValues = ({ owner }: Pick<Space, "owner">) => ({
  kind: owner.coalition ? "coalition" : "group",
});

/** The rules that settings make, a sentence each. */
export function promisesOf(t: Translate, space: Pick<Space, "kind" | "settings" | "owner">) {
  const { settings } = space;
  return [
    t.plain(entry(space), entryValues(space)),
    t.plain(settings.guests ? words.guests : words.noGuests),
    t.plain(words.staysDays, { days: settings.keepsDays }),
    ...waysToWrite(t.plain, space),
  ];
}

function waysToWrite<Said>(
  say: (message: Message, values?: Record<string, number>) => Said,
  { kind, settings }: Pick<Space, "kind" | "settings">,
): Said[] {
  const { slowMinutes, holdsFirst, noteRequired, facilitatedHours } = settings;
  const announces = kind === "announcement";
  return [
    announces ? [say(words.howAnnouncement)] : [],
    facilitatedHours ? [say(words.howHours)] : announces ? [] : [say(words.howAlways)],
    slowMinutes > 0 ? [say(words.howSlow, { minutes: slowMinutes })] : [],
    noteRequired ? [say(words.howNote)] : [],
    holdsFirst > 0 ? [say(words.howHolds, { count: holdsFirst })] : [],
    [say(words.howPresence)],
  ].flat() as Said[];
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export const weekdayWords = (weekday: number) =>
  words[`day${weekday}` as `day${(typeof weekdays)[number]}`];

export const inOrderOfWeek = (hours: readonly FacilitatedHours[]) =>
  hours.toSorted(
    (one, other) => one.weekday - other.weekday || one.opens.localeCompare(other.opens),
  );

const wholeDay = { opens: "00:00", closes: "23:59" };

export const fromTo = (t: Translate, { opens, closes }: FacilitatedHours): string =>
  opens === wholeDay.opens && closes === wholeDay.closes
    ? t.plain(words.allDay)
    : t.plain(words.from, { opens, closes });

/** A line a day, in the space's own time. */
function HoursOfWeek({ t, space: { hours, zone } }: SpaceProps) {
  if (hours.length === 0) return <p>{t(words.hoursNone)}</p>;
  const days = Map.groupBy(inOrderOfWeek(hours), ({ weekday }) => weekday);
  return (
    <>
      <ul class="hours">
        {[...days].map(([weekday, openings]) => (
          <li>
            <span>{begun(t.plain(weekdayWords(weekday)))}</span>{" "}
            {joined(
              t,
              openings.map((opening) => fromTo(t, opening)),
            )}
          </li>
        ))}
      </ul>
      <p class="hint">{t(words.hoursZone, { zone: cityOf(zone) })}</p>
    </>
  );
}

/** Help outside, as the collective keeps it (P15). */
export function CrisisCards({ t, cards }: { t: Translate; cards: readonly CrisisCard[] }) {
  if (cards.length === 0) return null;
  return (
    <section class="aside help" aria-labelledby="help">
      <h2 id="help">{t(words.help)}</h2>
      <ul class="stack">
        {cards.map((card) => (
          <li>
            <CrisisCardText t={t} card={card} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A number that is only digits can be called with a tap. */
const callable = /^\+?[\d\s()-]{3,20}$/;

export function CrisisCardText({ t, card }: { t: Translate; card: CrisisCard }) {
  const { name, contact, hours, languages, verifiedOn, stale } = card;
  return (
    <>
      <strong>{name}</strong>
      {callable.test(contact) ? (
        <a class="call" href={`tel:${contact.replace(/[^\d+]/g, "")}`}>
          {contact}
        </a>
      ) : (
        <p>{contact}</p>
      )}
      {hours && <small>{t(words.helpHours, { hours })}</small>}
      {languages && <small>{t(words.helpLanguages, { languages })}</small>}
      <small>{t(stale ? words.helpStale : words.helpVerified, { day: t.day(verifiedOn) })}</small>
    </>
  );
}
