import { getCoalition } from "@telar/contracts/coalitions";
import { listEvents, type StreamEvent, StreamName } from "@telar/contracts/events";
import type { CoalitionId } from "@telar/contracts/ids";
import type { Child } from "hono/jsx";
import { coalitionId, coalitionPath, pathOfCoalition } from "./coalition-inside.ts";
import { EmptyState } from "./empty-state.tsx";
import { EventText, isWeighty } from "./event-text.tsx";
import { eventWords as words } from "./events.words.ts";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount, groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import type { Message, Translate } from "./words.ts";

export function serveEvents(web: Web): void {
  web.get("/bitacora", (c) =>
    logPage(c, {
      stream: "hub",
      path: "/bitacora",
      heading: c.var.t(words.hubHeading),
      lead: words.hubLead,
    }),
  );
  web.get(`${groupPath}/bitacora`, async (c) => {
    const { name } = await readGroupInside(c);
    return logPage(c, {
      stream: `group:${groupId(c)}`,
      path: pathOfGroup(c, "/bitacora"),
      heading: c.var.t(words.groupHeading, { name }),
      lead: words.groupLead,
      back: <a href={pathOfGroup(c)}>{c.var.t(groupWords.back)}</a>,
    });
  });
  web.get(`${coalitionPath}/bitacora`, async (c) => {
    const coalition: CoalitionId = coalitionId(c);
    const { name } = await c.var.call(getCoalition, { coalition });
    return logPage(c, {
      stream: `coalition:${coalition}`,
      path: pathOfCoalition(c, "/bitacora"),
      heading: c.var.t(words.coalitionHeading, { name }),
      lead: words.coalitionLead,
      back: <a href={pathOfCoalition(c)}>{c.var.t(words.toCoalition)}</a>,
    });
  });
}

interface Log {
  stream: string;
  path: string;
  heading: Child;
  lead: Message;
  back?: Child;
}

const filter = "importante";

async function logPage(c: PageContext, { stream, path, heading, lead, back }: Log) {
  demandAccount(c);
  const { t } = c.var;
  const before = listEvents.input.shape.before.safeParse(c.req.query("antes")).data;
  const only = c.req.query("solo") === filter ? ("weighty" as const) : undefined;
  const { entries, next } = await c.var.call(listEvents, {
    stream: StreamName.parse(stream),
    before,
    only,
  });
  const here = only ? `${path}?solo=${filter}` : path;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{heading}</h1>
      <p>
        {t(only ? words.weightyLead : lead)} {t(words.kept)}
      </p>
      <p>
        <a href={only ? path : `${path}?solo=${filter}`}>
          {t(only ? words.everything : words.onlyWeighty)}
        </a>
      </p>
      {entries.length === 0 ? (
        <EmptyState>{t(only ? words.emptyWeighty : words.empty)}</EmptyState>
      ) : (
        <Days t={t} of={entries} />
      )}
      <p class="steps">
        {next && (
          <a class="button" href={`${here}${only ? "&" : "?"}antes=${next}`}>
            {t(words.older)}
          </a>
        )}
        {before && (
          <a class="button quiet" href={here}>
            {t(words.newest)}
          </a>
        )}
      </p>
      {back && <p>{back}</p>}
    </>,
  );
}

function Days({ t, of: entries }: { t: Translate; of: readonly StreamEvent[] }) {
  const days = Map.groupBy(entries, ({ day }) => day);
  return (
    <>
      {[...days].map(([day, happened]) => (
        <section aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>{t.day(day)}</h2>
          <ul class="log">
            {happened.map((entry) => (
              <li class={isWeighty(entry.event) ? "notice" : undefined}>
                <EventText t={t} entry={entry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
