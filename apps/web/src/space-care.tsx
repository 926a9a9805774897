import { listSpaceDecisions } from "@telar/contracts/events";
import { changeFilters, listFilters } from "@telar/contracts/filters";
import { getMessage } from "@telar/contracts/messages";
import { getWithheldMessage, hideMessage, showMessage } from "@telar/contracts/moderation";
import { HubError } from "@telar/contracts/problems";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { ActForm, actTyped } from "./acting.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { EventText } from "./event-text.tsx";
import { type Attempt, answerForm, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { spaceCareWords as words } from "./space-care.words.ts";
import {
  type JoinedSpace,
  messagePath,
  participantId,
  participantPath,
  pathOfSpace,
  pathOfThisMessage,
  spaceId,
  spacePath,
  whichMessage,
  within,
} from "./space-inside.ts";
import { findPerson } from "./space-person.tsx";

/** How a space is looked after: what was decided, hiding and showing, acts, and the words that are read first. */
export function serveSpaceCare(web: Web): void {
  web.get(`${spacePath}/cuidado`, (c) => within(c, (space) => carePage(c, space)));
  web.get(`${spacePath}/decisiones`, (c) => within(c, (space) => logPage(c, space)));
  serveHiding(web);
  serveActs(web);
  serveFilters(web);
}

function carePage(c: PageContext, space: JoinedSpace) {
  const { t } = c.var;
  const ways = [
    [pathOfSpace(c, "/decisiones"), words.toLog],
    [pathOfSpace(c, "/sin-leer"), words.toBlocked],
    ["/conversaciones", words.toConversations],
    ["/reportes/mios", words.toOwnReports],
    ...(space.you.facilitator
      ? ([
          ["/reportes", words.toReports],
          [pathOfSpace(c, "/retenidos"), words.toHeld],
          [pathOfSpace(c, "/palabras"), words.toFilters],
          [pathOfSpace(c, "/puertas"), words.toBans],
        ] as const)
      : []),
  ] as const;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.careHeading, { space: space.title })}</h1>
      <ul class="ways">
        {ways.map(([href, way]) => (
          <li>
            <a href={href}>{t(way)}</a>
          </li>
        ))}
      </ul>
      <BackToSpace c={c} />
    </>,
  );
}

export const BackToSpace = ({ c }: { c: PageContext }) => (
  <p>
    <a href={pathOfSpace(c)}>{c.var.t(words.back)}</a>
  </p>
);

async function logPage(c: PageContext, space: JoinedSpace) {
  const { t } = c.var;
  const before = listSpaceDecisions.input.shape.before.safeParse(c.req.query("antes")).data;
  const { entries, next } = await c.var.call(listSpaceDecisions, { space: spaceId(c), before });
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.logHeading, { space: space.title })}</h1>
      {entries.length === 0 ? (
        <EmptyState>{t(words.logNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.logLead)}</p>
          <ul class="log">
            {entries.map((entry) => (
              <li>
                <EventText t={t} entry={entry} />
                <small>{t.day(entry.day)}</small>
                {"message" in entry.event && (
                  <a class="button quiet" href={pathOfSpace(c, `/mensajes/${entry.event.message}`)}>
                    {t(words.seeMessage)}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {next && (
        <p>
          <a class="button" href={pathOfSpace(c, `/decisiones?antes=${next}`)}>
            {t(words.older)}
          </a>
        </p>
      )}
      <BackToSpace c={c} />
    </>,
  );
}

function serveHiding(web: Web): void {
  const path = `${messagePath}/ocultar` as const;
  web.get(path, (c) => within(c, (space) => hidePage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const shows = typed.text("does") === "show";
        const input = { ...typed.input(showMessage), ...whichMessage(c) };
        await c.var.call(shows ? showMessage : hideMessage, input);
        return pathOfThisMessage(c);
      },
      again: (attempt) => within(c, (space) => hidePage(c, space, attempt)),
    }),
  );
}

async function hidePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const message = await c.var.call(getMessage, whichMessage(c));
  if (message.yours) throw new HubError("not_found");
  const hidden = message.state === "hidden";
  const kept = hidden && (await c.var.call(getWithheldMessage, whichMessage(c)));
  const form = formOf(t, { reason: words.reason }, { attempt });
  const alias = <bdi>{message.author.alias}</bdi>;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(hidden ? words.showHeading : words.hideHeading, { alias })}</h1>
      <p>{t(hidden ? words.showLead : words.hideLead)}</p>
      {kept && (
        <article class="card stack">
          {kept.note && <p class="note">{kept.note}</p>}
          <Paragraphs text={kept.body} />
        </article>
      )}
      <Form of={form} action={pathOfThisMessage(c, "/ocultar")}>
        <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
        <p class="steps">
          <Submit name="does" value={hidden ? "show" : "hide"}>
            {t(hidden ? words.show : words.hide)}
          </Submit>
          <a class="button quiet" href={pathOfThisMessage(c)}>
            {t(words.bansBack)}
          </a>
        </p>
      </Form>
    </>,
  );
}

function serveActs(web: Web): void {
  const path = `${participantPath("personas")}/cuidar` as const;
  web.get(path, (c) => within(c, (space) => actsPage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await actTyped(c, typed, { space: spaceId(c), person: participantId(c) });
        return pathWhenDone(pathOfSpace(c, "/decisiones"));
      },
      again: (attempt) => within(c, (space) => actsPage(c, space, attempt)),
    }),
  );
}

async function actsPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const { alias, you, id, facilitator } = await findPerson(c);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.actHeading, { alias: <bdi>{alias}</bdi> })}</h1>
      {you ? (
        <p>{t(words.notYours)}</p>
      ) : (
        <>
          <p>{t(words.actLead)}</p>
          <ActForm
            c={c}
            action={pathOfSpace(c, `/personas/${id}/cuidar`)}
            hides={false}
            relieves={facilitator}
            attempt={attempt}
          />
        </>
      )}
      <BackToSpace c={c} />
    </>,
  );
}

function serveFilters(web: Web): void {
  const path = `${spacePath}/palabras` as const;
  web.get(path, (c) => within(c, (space) => filtersPage(c, space)));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const lines = typed.text("words").split("\n");
        const given = lines.map((line) => line.trim()).filter((line) => line !== "");
        await c.var.call(changeFilters, { space: spaceId(c), words: given });
        return pathWhenDone(pathOfSpace(c, "/palabras"));
      },
      again: (attempt) => within(c, (space) => filtersPage(c, space, attempt)),
    }),
  );
}

async function filtersPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const kept = await c.var.call(listFilters, { space: spaceId(c) });
  const values = { words: kept.join("\n") };
  const form = formOf(t, { words: words.filters }, { attempt, values });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.filtersHeading, { space: space.title })}</h1>
      <Done c={c} />
      <p>{t(words.filtersLead)}</p>
      <Form of={form} action={pathOfSpace(c, "/palabras")}>
        <Textarea of={form} name="words" hint={t(words.filtersHint)} rows={10} optional />
        <Submit>{t(words.save)}</Submit>
      </Form>
      <BackToSpace c={c} />
    </>,
  );
}
