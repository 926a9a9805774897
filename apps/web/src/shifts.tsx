import {
  beginShift,
  endShift,
  getShift,
  listShiftNotes,
  type Shift,
  type ShiftNote,
} from "@telar/contracts/shifts";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import {
  type Attempt,
  answerForm,
  Form,
  formOf,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { shiftWords as words } from "./shifts.words.ts";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";
import { spaceWords } from "./spaces.words.ts";

const path = `${spacePath}/turno` as const;

export function serveShifts(web: Web): void {
  web.get(path, (c) => within(c, (space) => shiftPage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const space = spaceId(c);
        if (typed.text("does") === "begin") await c.var.call(beginShift, { space });
        else await c.var.call(endShift, { ...typed.input(endShift), space });
        return pathOfSpace(c, "/turno");
      },
      again: (attempt) => within(c, (space) => shiftPage(c, space, attempt)),
    }),
  );
}

async function shiftPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const [shift, notes] = await Promise.all([
    c.var.call(getShift, { space: spaceId(c) }),
    c.var.call(listShiftNotes, { space: spaceId(c) }),
  ]);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading, { space: space.title })}</h1>
      <p>{t(words.lead)}</p>
      <Load c={c} shift={shift} />
      {shift.running ? (
        <End c={c} attempt={attempt} />
      ) : (
        <Begin c={c} shift={shift} attempt={attempt} />
      )}
      <Notes c={c} notes={notes} />
      <p>
        <a href={pathOfSpace(c)}>{t(spaceWords.back)}</a>
      </p>
    </>,
  );
}

interface ShiftProps {
  c: PageContext;
  shift: Shift;
}

const isUsedUp = ({ minutesThisWeek, weeklyHoursMax }: Shift) =>
  minutesThisWeek >= weeklyHoursMax * 60;

function Load({ c, shift }: ShiftProps) {
  const { t } = c.var;
  const { minutesThisWeek: minutes, weeklyHoursMax: max } = shift;
  const quarters = String(Math.floor((minutes % 60) / 15));
  const rest = isUsedUp(shift) ? words.rest : minutes >= max * 48 ? words.restSoon : undefined;
  return (
    <section aria-labelledby="load">
      <h2 id="load">{t(words.load)}</h2>
      <p>{t(words.loadOf, { hours: Math.floor(minutes / 60), quarters, max })}</p>
      {rest && <p class="notice">{t(rest)}</p>}
    </section>
  );
}

function Begin({ c, shift, attempt }: ShiftProps & { attempt: Attempt | undefined }) {
  const { t } = c.var;
  if (isUsedUp(shift)) return null;
  return (
    <form method="post" action={pathOfSpace(c, "/turno")}>
      {attempt && (
        <p class="notice" role="alert">
          {attempt.refusal.code === "limit_reached"
            ? t(words.rest)
            : wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.beginWhat)}</p>
      <Submit name="does" value="begin">
        {t(words.begin)}
      </Submit>
    </form>
  );
}

/** A shift ends with a note to whoever goes on (P08). */
function End({ c, attempt }: { c: PageContext; attempt: Attempt | undefined }) {
  const { t } = c.var;
  const form = formOf(t, { note: words.note }, { attempt });
  return (
    <section aria-labelledby="end">
      <p class="notice done">{t(words.running)}</p>
      <h2 id="end">{t(words.endHeading)}</h2>
      <Form of={form} action={pathOfSpace(c, "/turno")}>
        <Textarea of={form} name="note" hint={t(words.noteHint)} maxlength={2000} />
        <Submit name="does" value="end">
          {t(words.end)}
        </Submit>
      </Form>
    </section>
  );
}

function Notes({ c, notes }: { c: PageContext; notes: readonly ShiftNote[] }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{t(words.notes)}</h2>
      {notes.length === 0 ? (
        <p>{t(words.notesNone)}</p>
      ) : (
        <ul class="cards">
          {notes.map(({ alias, writtenOn, note }) => (
            <li class="stack">
              <small>{t(words.by, { alias: <bdi>{alias}</bdi>, day: t.day(writtenOn) })}</small>
              <Paragraphs text={note} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
