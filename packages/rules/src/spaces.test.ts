import type { FacilitatedHours, SpaceSettings } from "@telar/contracts/spaces";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  defaultsFor,
  fittingSettings,
  mayChange,
  mayFacilitate,
  mayFound,
  mayJoin,
  mayNameFacilitator,
  mayOpen,
  mayRun,
  mayStopFacilitating,
  type OpeningTimes,
  openingAt,
  spacesPerOwner,
  standingOnJoining,
} from "./spaces.ts";
import { no, yes } from "./verdict.ts";

test("peer support is careful from the start", () => {
  expect(defaultsFor("peer_support")).toEqual({
    keepsDays: 30,
    slowMinutes: 2,
    noteRequired: true,
    admission: true,
    holdsFirst: 1,
    facilitatedHours: true,
    weeklyHoursMax: 12,
    guests: false,
  } satisfies SpaceSettings);
});

test.each(["working", "announcement"] as const)(
  "a %s space keeps 90 days and holds nobody back",
  (kind) => {
    expect(defaultsFor(kind)).toMatchObject({
      keepsDays: 90,
      slowMinutes: 0,
      noteRequired: false,
      admission: false,
      holdsFirst: 0,
      facilitatedHours: false,
      guests: false,
    });
  },
);

test("only peer support never takes guests", () => {
  const open = { ...defaultsFor("working"), guests: true };
  expect(fittingSettings("working", open)).toEqual(yes);
  expect(fittingSettings("peer_support", open)).toEqual(no("not_allowed"));
  expect(fittingSettings("peer_support", defaultsFor("peer_support"))).toEqual(yes);
});

test("coordinators found spaces, up to a limit, and not for an institution", () => {
  const coordinator = { roles: ["member" as const, "coordinator" as const] };
  const network = { ...coordinator, kind: "victim_network" as const };
  expect(mayFound(network, spacesPerOwner - 1)).toEqual(yes);
  expect(mayFound(network, spacesPerOwner)).toEqual(no("limit_reached"));
  expect(mayFound({ ...network, roles: ["member", "facilitator"] }, 0)).toEqual(no("not_allowed"));
  expect(mayFound({ ...coordinator, kind: "institution" }, 0)).toEqual(no("not_allowed"));
});

test("rules are up to who coordinates, the running of a space also to who facilitates", () => {
  const [nobody, coordinator, facilitator] = [
    { mayChange: false, facilitator: false },
    { mayChange: true, facilitator: false },
    { mayChange: false, facilitator: true },
  ];
  expect([nobody, coordinator, facilitator].map((one) => mayChange(one).allowed)).toEqual([
    false,
    true,
    false,
  ]);
  expect([nobody, coordinator, facilitator].map((one) => mayRun(one).allowed)).toEqual([
    false,
    true,
    true,
  ]);
  expect([nobody, coordinator, facilitator].map((one) => mayFacilitate(one).allowed)).toEqual([
    false,
    false,
    true,
  ]);
  const named = (facilitators: number, guest = false) =>
    [nobody, coordinator, facilitator].map(
      (one) => mayNameFacilitator(one, { guest }, facilitators).allowed,
    );
  expect(named(1)).toEqual([false, false, true]);
  expect(named(0)).toEqual([false, true, false]);
  expect([...named(1, true), ...named(0, true)]).not.toContain(true);
});

test("one asks to come in where that is so, after a removal always, and never where nobody could answer", () => {
  const [open, asking] = [{ admission: false }, { admission: true }];
  const member = { removed: false, mayChange: false };
  const coordinator = { removed: false, mayChange: true };
  expect(standingOnJoining(open, member, 1)).toBe("joined");
  expect(standingOnJoining(asking, member, 1)).toBe("asked");
  expect(standingOnJoining(asking, member, 0)).toBe("asked");
  expect(standingOnJoining(asking, coordinator, 1)).toBe("asked");
  expect(standingOnJoining(asking, coordinator, 0)).toBe("joined");
  expect(standingOnJoining(open, { ...coordinator, removed: true }, 0)).toBe("asked");
});

test("institutions come in as guests only, and never into peer support", () => {
  const space = { kind: "working", state: "open", guests: false } as const;
  expect(mayJoin(space, "accompanying_ngo")).toEqual(yes);
  expect(mayJoin(space, "institution")).toEqual(no("not_allowed"));
  expect(mayJoin({ ...space, guests: true }, "institution")).toEqual(yes);
  const peers = { ...space, kind: "peer_support", guests: true } as const;
  expect(mayJoin(peers, "institution")).toEqual(no("not_allowed"));
  expect(mayJoin({ ...space, state: "preparing" }, "victim_network")).toEqual(yes);
  expect(mayJoin({ ...space, state: "closed" }, "victim_network")).toEqual(no("space_not_open"));
});

test("peer support opens, and stays open, with two who facilitate", () => {
  expect(mayOpen("peer_support", 1)).toEqual(no("two_facilitators_needed"));
  expect(mayOpen("peer_support", 2)).toEqual(yes);
  expect(mayOpen("working", 0)).toEqual(yes);
  const open = { kind: "peer_support", state: "open" } as const;
  expect(mayStopFacilitating(open, 2)).toEqual(no("two_facilitators_needed"));
  expect(mayStopFacilitating(open, 3)).toEqual(yes);
  expect(mayStopFacilitating({ ...open, state: "closed" }, 1)).toEqual(yes);
  expect(mayStopFacilitating({ kind: "working", state: "open" }, 1)).toEqual(yes);
});

const evening: OpeningTimes = {
  state: "open",
  facilitatedHours: true,
  zone: "America/Mexico_City",
  hours: [{ weekday: 1, opens: "18:00", closes: "20:00" }],
};
const at = (text: string) => new Date(text);

test("a space without hours of its own is open whenever its state is", () => {
  const always = { ...evening, facilitatedHours: false };
  expect(openingAt(always, at("2026-11-21T00:00:00Z"))).toEqual({ openNow: true });
  for (const state of ["preparing", "closed"] as const)
    expect(openingAt({ ...always, state }, at("2026-11-21T00:00:00Z"))).toEqual({ openNow: false });
});

test("a facilitated space opens and closes to the minute, in its own zone", () => {
  const opensAt = at("2026-11-24T00:00:00Z");
  expect(openingAt(evening, at("2026-11-21T12:00:00Z"))).toEqual({ openNow: false, opensAt });
  expect(openingAt(evening, at("2026-11-23T23:59:59.999Z"))).toEqual({ openNow: false, opensAt });
  expect(openingAt(evening, opensAt)).toEqual({ openNow: true });
  expect(openingAt(evening, at("2026-11-24T01:59:59.999Z"))).toEqual({ openNow: true });
  expect(openingAt(evening, at("2026-11-24T02:00:00Z"))).toEqual({
    openNow: false,
    opensAt: at("2026-12-01T00:00:00Z"),
  });
});

test("what is open until the last minute of a day goes on into the next without a gap", () => {
  const hours = [
    { weekday: 1, opens: "22:00", closes: "23:59" },
    { weekday: 2, opens: "00:00", closes: "01:00" },
  ];
  for (const time of ["05:59:00Z", "05:59:59Z", "06:00:00Z"])
    expect(openingAt({ ...evening, hours }, at(`2026-11-24T${time}`))).toEqual({ openNow: true });
});

test("facilitated hours that nobody wrote down never come", () => {
  expect(openingAt({ ...evening, hours: [] }, at("2026-11-21T12:00:00Z"))).toEqual({
    openNow: false,
  });
});

test("the hour stays the same on the wall when summer time begins and ends", () => {
  const geneva = { ...evening, zone: "Europe/Zurich" };
  const next = (now: string) => openingAt(geneva, at(now));
  expect(next("2026-03-24T12:00:00Z")).toMatchObject({ opensAt: at("2026-03-30T16:00:00Z") });
  expect(next("2026-10-20T12:00:00Z")).toMatchObject({ opensAt: at("2026-10-26T17:00:00Z") });
});

test("an hour that summer time leaves out is not there, and one that comes twice counts twice", () => {
  const night = (opens: string, closes: string): OpeningTimes => ({
    ...evening,
    zone: "Europe/Zurich",
    hours: [{ weekday: 7, opens, closes }],
  });
  const spring = at("2026-03-29T00:30:00Z");
  expect(openingAt(night("02:30", "04:00"), spring)).toMatchObject({
    opensAt: at("2026-03-29T01:00:00Z"),
  });
  expect(openingAt(night("02:10", "02:50"), spring)).toMatchObject({
    opensAt: at("2026-04-05T00:10:00Z"),
  });
  const autumn = night("02:10", "02:20");
  expect(openingAt(autumn, at("2026-10-25T00:15:00Z"))).toEqual({ openNow: true });
  expect(openingAt(autumn, at("2026-10-25T00:30:00Z"))).toMatchObject({
    opensAt: at("2026-10-25T01:10:00Z"),
  });
});

const minuteMs = 60_000;
const clock = fc.integer({ min: 0, max: 23 * 60 + 59 }).map((minute) => {
  const two = (part: number) => String(Math.floor(part)).padStart(2, "0");
  return `${two(minute / 60)}:${two(minute % 60)}`;
});
const opening: fc.Arbitrary<FacilitatedHours> = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), opens: clock, closes: clock })
  .filter(({ opens, closes }) => opens < closes);
/** Around the changes of 2026 in zones that have them at different hours, or by half an hour, or not at all. */
const moment = fc
  .tuple(
    fc.constantFrom("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25"),
    fc.integer({ min: -3 * 1440, max: 2 * 1440 }),
  )
  .map(([day, minutes]) => new Date(Date.parse(day) + minutes * minuteMs));
const zones = ["America/Mexico_City", "America/Tijuana", "Europe/Zurich", "Australia/Lord_Howe"];

/** What a clock on the wall shows, asked of another source than Temporal. */
function wallClock(zone: string) {
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const format = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (time: number) => {
    const parts = Object.fromEntries(format.formatToParts(time).map((p) => [p.type, p.value]));
    return {
      weekday: days.indexOf(parts.weekday ?? "") + 1,
      time: `${parts.hour}:${parts.minute}`,
    };
  };
}

test("a space is open exactly when a clock on its wall says so, and opens at the first such minute", () => {
  const clocks = new Map(zones.map((zone) => [zone, wallClock(zone)]));
  fc.assert(
    fc.property(
      fc.array(opening, { maxLength: 4 }),
      fc.constantFrom(...zones),
      moment,
      (hours, zone, now) => {
        const look = clocks.get(zone) ?? wallClock(zone);
        const isOpen = (time: number) => {
          const wall = look(time);
          return hours.some(
            ({ weekday, opens, closes }) =>
              weekday === wall.weekday &&
              opens <= wall.time &&
              (wall.time < closes || closes === "23:59"),
          );
        };
        const found = openingAt({ state: "open", facilitatedHours: true, hours, zone }, now);
        expect(found.openNow).toBe(isOpen(now.getTime()));
        if (found.openNow) return;
        const { opensAt } = found;
        expect(opensAt !== undefined).toBe(hours.length > 0);
        if (!opensAt) return;
        expect(isOpen(opensAt.getTime())).toBe(true);
        for (let time = opensAt.getTime() - minuteMs; time > now.getTime(); time -= minuteMs)
          if (isOpen(time))
            throw new Error(`It was open before, at ${new Date(time).toISOString()}.`);
      },
    ),
    { numRuns: 300 },
  );
});
