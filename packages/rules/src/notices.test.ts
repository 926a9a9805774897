import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  announcementFor,
  digestDue,
  fittingDigest,
  isQuiet,
  mayReach,
  minutesUntilNextTry,
  type Rest,
  secondsUntilQuiet,
  type Waiting,
} from "./notices.ts";

const rest: Rest = {
  zone: "America/Mexico_City",
  pausedUntil: null,
  quietFrom: "21:00",
  quietTo: "08:00",
};
const at = (wall: string, zone = rest.zone) =>
  new Date(Temporal.ZonedDateTime.from(`${wall}[${zone}]`).epochMilliseconds);
const reaches = (wall: string, named = false, parts: Partial<Rest> = {}) =>
  mayReach({ ...rest, ...parts }, at(wall), { named }).allowed;

test("what is written at 23:00 reaches nobody before 08:00 (P03)", () => {
  for (const hour of ["21:00", "23:00", "23:59"]) expect(reaches(`2026-11-21T${hour}`)).toBe(false);
  for (const hour of ["00:00", "05:30", "07:59"]) expect(reaches(`2026-11-22T${hour}`)).toBe(false);
  expect(reaches("2026-11-22T08:00")).toBe(true);
  expect(reaches("2026-11-21T20:59")).toBe(true);
});

test("the quiet hours are those of the person's own zone", () => {
  const evening = at("2026-11-21T21:30");
  expect(isQuiet(rest, evening)).toBe(true);
  expect(isQuiet({ ...rest, zone: "America/Tijuana" }, evening)).toBe(false);
});

test("only people whom somebody named are heard in the quiet hours, and in a pause nobody (P03, P06)", () => {
  expect(reaches("2026-11-21T23:00", true)).toBe(true);
  const pausedUntil = at("2026-11-25T08:00");
  expect(reaches("2026-11-22T12:00", true, { pausedUntil })).toBe(false);
  expect(reaches("2026-11-22T12:00", false, { pausedUntil })).toBe(false);
  expect(reaches("2026-11-25T08:00", false, { pausedUntil })).toBe(true);
});

test("quiet hours can lie within a day, and there can be none", () => {
  const siesta = { quietFrom: "14:00", quietTo: "16:00" };
  expect(reaches("2026-11-21T15:00", false, siesta)).toBe(false);
  expect(reaches("2026-11-21T23:00", false, siesta)).toBe(true);
  const none = { quietFrom: "08:00", quietTo: "08:00" };
  for (const hour of ["08:00", "07:59", "23:00"])
    expect(reaches(`2026-11-21T${hour}`, false, none)).toBe(true);
});

const zones = [
  "America/Mexico_City",
  "America/Tijuana",
  "America/New_York",
  "America/Santiago",
  "Europe/Zurich",
  "Australia/Lord_Howe",
  "America/St_Johns",
];
const clocks = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
const instants = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
const rests = fc.record({
  zone: fc.constantFrom(...zones),
  pausedUntil: fc.constant(null),
  quietFrom: clocks,
  quietTo: clocks,
});

/** Near a change of the clock, where it could go wrong. */
const nearChanges = fc
  .tuple(fc.constantFrom(...zones), instants, fc.integer({ min: -30 * 3600, max: 30 * 3600 }))
  .map(([zone, time, seconds]) => {
    const wall = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
    const change = wall.getTimeZoneTransition("next") ?? wall;
    return { zone, now: new Date(change.epochMilliseconds + seconds * 1000) };
  });

describe("across changes of the clock", () => {
  test("it is quiet exactly while the clock on the wall says so", () => {
    fc.assert(
      fc.property(rests, nearChanges, (given, { zone, now }) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
        const minute = wall.hour * 60 + wall.minute;
        const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
        const [from, to] = [minuteOf(given.quietFrom), minuteOf(given.quietTo)];
        const length = (to - from + 1440) % 1440;
        const since = (minute - from + 1440) % 1440;
        expect(isQuiet({ ...given, zone }, now)).toBe(since < length);
      }),
      { numRuns: 3000 },
    );
  });

  test("no push stays under way into the quiet hours", () => {
    fc.assert(
      fc.property(
        rests,
        nearChanges,
        fc.integer({ min: 0, max: 4 * 3600 }),
        (given, { zone, now }, later) => {
          const here = { ...given, zone };
          if (isQuiet(here, now)) return;
          const seconds = secondsUntilQuiet(here, now, 4 * 3600);
          const arrives = new Date(now.getTime() + later * 1000);
          if (later < seconds) expect(isQuiet(here, arrives)).toBe(false);
          if (seconds < 4 * 3600)
            expect(isQuiet(here, new Date(now.getTime() + (seconds + 1) * 1000))).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("a digest is given once on every day, in the hour that was asked for", () => {
    fc.assert(
      fc.property(nearChanges, fc.integer({ min: 0, max: 23 }), ({ zone, now }, digestHour) => {
        const given: string[] = [];
        let digestedOn: string | null = null;
        for (let minute = 0; minute < 72 * 60; minute += 5) {
          const time = new Date(now.getTime() + minute * 60_000);
          const day = digestDue({ zone, digestHour, digestedOn }, time);
          if (!day) continue;
          given.push(day);
          digestedOn = day;
        }
        expect(new Set(given).size).toBe(given.length);
        expect(given.length).toBeGreaterThanOrEqual(2);
        expect(given.length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 60 },
    );
  });
});

test("a digest is due within its hour, once a day", () => {
  const settings = { zone: rest.zone, digestHour: 18, digestedOn: null };
  expect(digestDue(settings, at("2026-11-21T17:59"))).toBeUndefined();
  expect(digestDue(settings, at("2026-11-21T18:00"))).toBe("2026-11-21");
  expect(digestDue(settings, at("2026-11-21T19:00"))).toBeUndefined();
  const done = { ...settings, digestedOn: "2026-11-21" };
  expect(digestDue(done, at("2026-11-21T18:30"))).toBeUndefined();
  expect(digestDue(done, at("2026-11-22T18:30"))).toBe("2026-11-22");
});

test("a digest does not fall into the quiet hours", () => {
  expect(fittingDigest({ ...rest, digestHour: 18 }).allowed).toBe(true);
  expect(fittingDigest({ ...rest, digestHour: 8 }).allowed).toBe(true);
  for (const digestHour of [21, 23, 0, 7])
    expect(fittingDigest({ ...rest, digestHour }).allowed).toBe(false);
});

const waiting = (parts: Partial<Waiting<string>>): Waiting<string> => ({
  ...rest,
  own: "off",
  ownWaits: false,
  digestHour: 18,
  digestedOn: null,
  spaces: [],
  ...parts,
});
const inSpace = (rhythm: "digest" | "at_once", named = false) => ({
  space: rhythm,
  rhythm,
  upTo: 7,
  named,
});

test("as it comes, at the digest, or not at all", () => {
  const both = waiting({ spaces: [inSpace("digest"), inSpace("at_once")] });
  expect(announcementFor(both, at("2026-11-21T12:00"))?.spaces).toEqual([
    { space: "at_once", upTo: 7 },
  ]);
  expect(announcementFor(both, at("2026-11-21T18:05"))).toMatchObject({
    spaces: [{ space: "digest" }, { space: "at_once" }],
    digest: "2026-11-21",
  });
  expect(announcementFor(both, at("2026-11-21T22:00"))).toBeUndefined();
  const noon = at("2026-11-21T12:00");
  expect(announcementFor(waiting({ own: "off", ownWaits: true }), noon)).toBeUndefined();
  expect(announcementFor(waiting({ own: "digest", ownWaits: true }), noon)).toBeUndefined();
  expect(announcementFor(waiting({ own: "at_once", ownWaits: true }), noon)?.own).toBe(true);
});

test("in the quiet hours only what somebody named wrote is told, and that it may pass", () => {
  const night = at("2026-11-21T23:00");
  const spaces = [inSpace("at_once", true), { ...inSpace("at_once"), space: "other" }];
  expect(announcementFor(waiting({ spaces, own: "at_once", ownWaits: true }), night)).toEqual({
    own: false,
    spaces: [{ space: "at_once", upTo: 7 }],
    throughQuiet: true,
  });
  expect(announcementFor(waiting({ spaces: [inSpace("digest", true)] }), night)).toBeUndefined();
});

test("tries come further and further apart", () => {
  expect([0, 1, 2, 20].map(minutesUntilNextTry)).toEqual([10, 20, 40, 1440]);
});
