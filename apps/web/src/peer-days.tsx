import type { Peer } from "@telar/contracts/peers";
import { joined } from "./group-parts.tsx";
import { peerPageWords as words } from "./peer-page.words.ts";
import type { Translate } from "./words.ts";

type PeerDay = Peer["days"][number];

const dayMs = 24 * 60 * 60 * 1000;
const shownDays = 14;
const slot = 20;
const ground = 76;
const most = 68;

const went = ({ sent, received }: PeerDay) => sent + received;
const failed = ({ refused, failed: tries }: PeerDay) => refused + tries;

/** The last days of the exchange, as a drawing and in words. Full: what came and went; hollow: what did not. */
export function PeerDays({ t, days }: { t: Translate; days: readonly PeerDay[] }) {
  if (days.length === 0) return <p>{t(words.noDays)}</p>;
  const slots = lastDays(days);
  const [first = "", last = ""] = [slots[0], slots.at(-1)];
  const byDay = new Map(days.map((day) => [day.day, day]));
  const highest = Math.max(...days.map((day) => went(day) + failed(day)));
  const between = { first: t.day(first), last: t.day(last) };
  return (
    <figure class="days">
      <svg viewBox={`0 0 ${shownDays * slot} 80`} role="img" aria-labelledby="days-title days-desc">
        <title id="days-title">{t.plain(words.daysTitle, between)}</title>
        <desc id="days-desc">{t.plain(words.daysDesc, totals(days))}</desc>
        <path class="ground" d={`M0 ${ground}h${shownDays * slot}`} />
        {slots.map((name, at) => {
          const day = byDay.get(name);
          return day && <Bar day={day} at={at} scale={most / highest} />;
        })}
      </svg>
      <figcaption>
        <small>{t(words.daysLegend, between)}</small>
        <details>
          <summary>{t(words.daysTable)}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t(words.day)}</th>
                <th scope="col">{t(words.happened)}</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr>
                  <th scope="row">{t.day(day.day)}</th>
                  <td>{inWords(t, day)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </figcaption>
    </figure>
  );
}

function Bar({ day, at, scale }: { day: PeerDay; at: number; scale: number }) {
  const [full, hollow] = [went(day) * scale, failed(day) * scale];
  const left = at * slot + 4;
  const width = slot - 8;
  return (
    <>
      {full > 0 && <rect class="went" x={left} y={ground - full} width={width} height={full} />}
      {hollow > 0 && (
        <rect class="failed" x={left} y={ground - full - hollow} width={width} height={hollow} />
      )}
    </>
  );
}

/** Up to today, or to the database's today where that is ahead. */
function lastDays(days: readonly PeerDay[]): string[] {
  const today = new Date().toISOString().slice(0, 10);
  const last = [today, ...days.map(({ day }) => day)].toSorted().at(-1) ?? today;
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: shownDays }, (_, at) =>
    new Date(end - (shownDays - 1 - at) * dayMs).toISOString().slice(0, 10),
  );
}

const totals = (days: readonly PeerDay[]) => ({
  went: days.reduce((sum, day) => sum + went(day), 0),
  failed: days.reduce((sum, day) => sum + failed(day), 0),
});

const kinds = ["sent", "received", "refused", "failed"] as const;

const inWords = (t: Translate, day: PeerDay) =>
  joined(
    t,
    kinds.filter((kind) => day[kind] > 0).map((kind) => t.plain(words[kind], { count: day[kind] })),
  );
