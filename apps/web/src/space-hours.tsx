import { HubError } from "@telar/contracts/problems";
import { changeHours, type FacilitatedHours, type Space } from "@telar/contracts/spaces";
import { mayRun } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Select,
  Submit,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { begun } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { spaceHoursWords as words } from "./space-hours.words.ts";
import { pathOfSpace, readSpace, spaceId, spacePath } from "./space-inside.ts";
import { fromTo, inOrderOfWeek, weekdayWords } from "./space-parts.tsx";
import { spaceWords } from "./spaces.words.ts";
import type { Typed } from "./typed.ts";
import { zoneOptions } from "./zones.ts";

const path = `${spacePath}/horario` as const;

export function serveSpaceHours(web: Web): void {
  web.get(path, (c) => hoursPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { hours, zone } = await readSpace(c);
        await c.var.call(changeHours, { space: spaceId(c), ...changed(typed, hours, zone) });
        return pathOfSpace(c, "/horario");
      },
      again: (attempt) => hoursPage(c, attempt),
    }),
  );
}

/** One opening as a form names it. */
const keyOf = ({ weekday, opens }: FacilitatedHours) => `${weekday} ${opens}`;

/** The week as it is, without what is removed or with what is added. */
function changed(typed: Typed, hours: readonly FacilitatedHours[], zone: string) {
  const removed = typed.text("remove");
  if (removed) return { zone, hours: hours.filter((opening) => keyOf(opening) !== removed) };
  const [opens, closes] = [typed.text("opens"), typed.text("closes")];
  const weekdays = typed.list("weekdays").map(Number);
  if (weekdays.length === 0)
    throw new HubError("invalid_input", undefined, { fields: { weekdays: "missing" } });
  for (const name of ["opens", "closes"])
    if (typed.text(name) === "")
      throw new HubError("invalid_input", undefined, { fields: { [name]: "missing" } });
  if (opens >= closes)
    throw new HubError("invalid_input", undefined, { fields: { closes: "out_of_range" } });
  const added = weekdays.map((weekday) => ({ weekday, opens, closes }));
  const kept = hours.filter((one) => !added.some((other) => keyOf(one) === keyOf(other)));
  return { zone: typed.text("zone") || zone, hours: [...kept, ...added] };
}

const labels = {
  weekdays: words.weekdays,
  opens: words.opens,
  closes: words.closes,
  zone: words.zone,
};

async function hoursPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const space = await readSpace(c);
  demand(mayRun({ mayChange: space.mayChange, facilitator: space.you?.facilitator ?? false }));
  const removing = attempt?.typed.text("remove");
  const form = formOf(t, labels, {
    attempt: removing ? undefined : attempt,
    values: { zone: space.zone },
  });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading, { space: space.title })}</h1>
      <p>{t(words.lead)}</p>
      {!space.settings.facilitatedHours && <p class="aside">{t(words.always)}</p>}
      {removing && attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <Week c={c} hours={space.hours} />
      <section aria-labelledby="add">
        <h2 id="add">{t(words.add)}</h2>
        <Form of={form} action={pathOfSpace(c, "/horario")}>
          <Choices
            of={form}
            name="weekdays"
            many
            options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
              value: String(day),
              label: begun(t.plain(weekdayWords(day))),
            }))}
          />
          <Field of={form} name="opens" type="time" hint={t(words.opensHint)} />
          <Field of={form} name="closes" type="time" hint={t(words.closesHint)} />
          <Select of={form} name="zone" options={zoneOptions(space.zone)} />
          <Submit>{t(words.save)}</Submit>
        </Form>
      </section>
      <p>
        <a href={pathOfSpace(c)}>{t(spaceWords.back)}</a>
      </p>
    </>,
  );
}

function Week({ c, hours }: { c: PageContext; hours: Space["hours"] }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="now">
      <h2 id="now">{t(words.now)}</h2>
      {hours.length === 0 ? (
        <p>{t(words.none)}</p>
      ) : (
        <form method="post" action={pathOfSpace(c, "/horario")}>
          <ul class="rows">
            {inOrderOfWeek(hours).map((opening) => {
              const day = begun(t.plain(weekdayWords(opening.weekday)));
              const line = t.plain(words.line, { day, hours: fromTo(t, opening) });
              return (
                <li>
                  <span>{line}</span>
                  <button
                    type="submit"
                    class="quiet"
                    name="remove"
                    value={keyOf(opening)}
                    aria-label={t.plain(words.removeLine, { line })}
                  >
                    {t(words.remove)}
                  </button>
                </li>
              );
            })}
          </ul>
        </form>
      )}
    </section>
  );
}
