import type { CircleNow } from "@telar/contracts/circles";
import {
  listMessages,
  listPinned,
  listWaiting,
  type Message,
  type WaitingMessage,
} from "@telar/contracts/messages";
import { CirclePart, readCircle, speakerBeside } from "./circles.tsx";
import { circleWords } from "./circles.words.ts";
import type { Attempt } from "./form.tsx";
import { answerForm } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { hasNew, MessageLines } from "./message-list.tsx";
import { Outcome } from "./message-outcome.tsx";
import { type Acts, actsIn } from "./message-parts.tsx";
import { MoreOfSpace, Pinned, pathOfHelp } from "./message-surroundings.tsx";
import { ClosedNow, postTyped, Writing } from "./message-writing.tsx";
import { messageWords as words } from "./messages.words.ts";
import { keepPlaceRead, placeRead } from "./read-places.ts";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";
import { ownDeviceModules } from "./space-parts.tsx";
import { Care, Opening } from "./space-settings.tsx";
import { readSentForm } from "./uploads.ts";
import { serveWaitingMessages, Waiting } from "./waiting-messages.tsx";

export function serveMessages(web: Web): void {
  web.get(spacePath, (c) => within(c, (space) => spacePage(c, space)));
  web.post(`${spacePath}/mensajes`, async (c) => {
    const { typed, refusal } = await readSentForm(c);
    return answerForm(c, {
      read: async () => typed,
      act: async () => {
        if (refusal) throw refusal;
        return postTyped(c, typed);
      },
      again: (attempt) => within(c, (space) => spacePage(c, space, attempt)),
    });
  });
  serveWaitingMessages(web, (c, attempt) => within(c, (space) => spacePage(c, space, attempt)));
}

export interface Shown {
  entries: Message[];
  upTo: number;
  earlier: boolean;
  later: boolean;
}

/** Which part of the space: around a place or a day, otherwise the latest. */
export function partAsked(c: PageContext) {
  const { before, after, day } = listMessages.input.shape;
  return {
    before: before.safeParse(c.req.query("antes")).data,
    after: after.safeParse(c.req.query("despues")).data,
    day: day.safeParse(c.req.query("dia")).data,
  };
}

async function spacePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { call } = c.var;
  const where = { space: spaceId(c) };
  const [shown, pinned, waiting, circle] = await Promise.all([
    call(listMessages, { ...where, ...partAsked(c) }),
    call(listPinned, where),
    call(listWaiting, where),
    readCircle(c, space),
  ]);
  const read = placeRead(c, space.you.id);
  const last = shown.entries.at(-1);
  if (last) keepPlaceRead(c, space.you.id, last.place);
  return showPage(
    c,
    {
      title: words.title,
      attempt,
      enhance: shown.later
        ? ["attachments"]
        : ["live", "attachments", ...ownDeviceModules(c, "outbox")],
    },
    <SpacePage
      c={c}
      space={space}
      attempt={attempt}
      {...{ shown, pinned, waiting, read, circle }}
    />,
  );
}

interface SpaceProps {
  c: PageContext;
  space: JoinedSpace;
  attempt: Attempt | undefined;
  shown: Shown;
  pinned: Message[];
  waiting: WaitingMessage[];
  read: number | undefined;
  circle: CircleNow;
}

function SpacePage({ c, space, attempt, shown, pinned, waiting, read, circle }: SpaceProps) {
  const { t } = c.var;
  const { title, purpose, you, state } = space;
  const speaker = speakerBeside(space, circle);
  const openNow = space.openNow && !speaker;
  const acts = actsIn({ ...space, openNow });
  return (
    <>
      <h1>{title}</h1>
      <p class="hint">
        {purpose} {t(words.youAre, { alias: <bdi>{you.alias}</bdi> })}{" "}
        {you.facilitator && t(words.facilitating)}
      </p>
      <ClosedNow t={t} space={space} />
      {state !== "open" && (you.facilitator || space.mayChange) && <Opening c={c} space={space} />}
      <WaysOnPage
        c={c}
        space={space}
        isNew={hasNew(shown.entries, read)}
        circle={circle.circle !== undefined}
      />
      <Pinned t={t} space={pathOfSpace(c)} pinned={pinned} />
      <Messages c={c} shown={shown} acts={acts} read={read} />
      <CirclePart c={c} space={space} now={circle} />
      <section aria-labelledby="escribir" class="place-to-write">
        <h2 id="escribir">{t(words.writeHeading)}</h2>
        <div data-outcome role="status">
          <Outcome c={c} waiting={waiting} speaker={speaker} />
        </div>
        <Writing
          c={c}
          space={{ ...space, openNow }}
          attempt={attempt?.typed.text("does") ? undefined : attempt}
        />
      </section>
      <div data-waiting>
        <Waiting c={c} waiting={waiting} openNow={openNow} write={acts.write} attempt={attempt} />
      </div>
      <MoreOfSpace c={c} space={space} />
      <Care c={c} space={space} />
    </>
  );
}

interface WaysProps extends Pick<SpaceProps, "c" | "space"> {
  isNew: boolean;
  circle: boolean;
}

/** What is on this page, for thumbs and for screen readers. */
function WaysOnPage({ c, space, isNew, circle }: WaysProps) {
  const { t } = c.var;
  return (
    <nav class="steps within" aria-label={t.plain(words.ways)}>
      {isNew && <a href="#nuevo">{t(words.toNew)}</a>}
      {circle && <a href="#circulo">{t(circleWords.heading)}</a>}
      <a href="#escribir">{t(words.toWrite)}</a>
      <a href="#mas">{t(words.toFind)}</a>
      {space.kind === "peer_support" && space.openNow && space.crisisCards.length > 0 && (
        <a href={pathOfHelp(c)}>{t(words.toHelp)}</a>
      )}
    </nav>
  );
}

function Messages({
  c,
  shown,
  acts,
  read,
}: Pick<SpaceProps, "c" | "shown" | "read"> & { acts: Acts }) {
  const { t } = c.var;
  const { entries, upTo, earlier, later } = shown;
  const [first, last] = [entries[0], entries.at(-1)];
  const space = pathOfSpace(c);
  const after = last?.place ?? partAsked(c).after ?? upTo;
  return (
    <section aria-label={t.plain(words.messages)}>
      <DayAsked c={c} entries={entries} />
      {earlier && (
        <p class="steps">
          <a class="button quiet" href={`${space}?antes=${first?.place ?? after + 1}`}>
            {t(words.earlier)}
          </a>
        </p>
      )}
      {!last && (
        <p class="hint" data-empty>
          {t(emptyWords(c))}
        </p>
      )}
      <ol
        class="messages"
        {...(!later && {
          "data-live": space,
          "data-space": spaceId(c),
          "data-up-to": upTo,
          "data-after": after,
        })}
      >
        <MessageLines t={t} space={space} entries={entries} acts={acts} read={read} />
      </ol>
      <p class="steps" {...(!hasNew(entries, read) && { id: "nuevo" })}>
        {later ? (
          <>
            <a class="button quiet" href={`${space}?despues=${last?.place}`}>
              {t(words.later)}
            </a>
            <a class="button quiet" href={space}>
              {t(words.latest)}
            </a>
          </>
        ) : (
          <a class="button quiet" href={`${space}?despues=${after}`} data-newest>
            {t(words.newest)}
          </a>
        )}
      </p>
      {!later && <LiveWords c={c} />}
    </section>
  );
}

/** Where a day was asked for and another one is shown. */
function DayAsked({ c, entries }: Pick<SpaceProps, "c"> & Pick<Shown, "entries">) {
  const { t } = c.var;
  const { day } = partAsked(c);
  if (!c.req.query("dia") || entries.length === 0) return null;
  if (day && entries.some(({ at }) => t.dayOf(at) === day)) return null;
  return <p class="notice">{t(day ? words.otherDay : words.notADay)}</p>;
}

function emptyWords(c: PageContext) {
  const { after, day } = partAsked(c);
  if (day) return words.nothingThen;
  return after ? words.nothingNew : words.empty;
}

/** What the browser says quietly by itself while it follows; without a script there is nothing to say. */
export function LiveWords({ c }: { c: PageContext }) {
  const { t } = c.var;
  return (
    <div class="live" role="status">
      <a class="button" href="#nuevos" data-live-new hidden>
        {t(words.newThere)}
      </a>
      <p data-live-signal hidden>
        {t(words.signalGone)}
      </p>
    </div>
  );
}
