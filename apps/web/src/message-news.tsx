import { MessageId } from "@telar/contracts/ids";
import { getMessage, listMessages, listWaiting } from "@telar/contracts/messages";
import { HubError } from "@telar/contracts/problems";
import type { JSX } from "hono/jsx/jsx-runtime";
import { CirclePart, readCircle, speakerBeside } from "./circles.tsx";
import type { PageContext, Web } from "./frame.ts";
import { MessageLines } from "./message-list.tsx";
import { Outcome } from "./message-outcome.tsx";
import { actsIn, WholeText } from "./message-parts.tsx";
import { partAsked } from "./messages.tsx";
import { keepPlaceRead } from "./read-places.ts";
import {
  type JoinedSpace,
  messagePath,
  pathOfSpace,
  spaceId,
  spacePath,
  whichMessage,
  within,
} from "./space-inside.ts";
import { Waiting } from "./waiting-messages.tsx";

/** Parts of pages for `enhance/live.ts`: what is added looks as if the page had been loaded with it. */
export function serveMessageNews(web: Web): void {
  web.get(`${spacePath}/novedades.html`, (c) => within(c, (space) => newsPart(c, space)));
  web.get(`${messagePath}/texto.html`, (c) =>
    within(c, async () => {
      const message = await c.var.call(getMessage, whichMessage(c));
      return showPart(c, <WholeText t={c.var.t} space={pathOfSpace(c)} message={message} open />);
    }),
  );
}

export const showPart = async (c: PageContext, part: JSX.Element) => c.html(await part.toString());

/** More changes than this at once are better read anew. */
const changesAtOnce = 20;

async function newsPart(c: PageContext, space: JoinedSpace) {
  const { t, call } = c.var;
  const { after } = partAsked(c);
  const [shown, waiting, changed, circle] = await Promise.all([
    call(listMessages, { space: spaceId(c), after: after ?? Number.MAX_SAFE_INTEGER }),
    call(listWaiting, { space: spaceId(c) }),
    changedMessages(c),
    readCircle(c, space),
  ]);
  const { entries, upTo, later } = shown;
  const last = entries.at(-1);
  if (last) keepPlaceRead(c, space.you.id, last.place);
  const speaker = speakerBeside(space, circle);
  const openNow = space.openNow && !speaker;
  const lines = { t, space: pathOfSpace(c), acts: actsIn({ ...space, openNow }) };
  return showPart(
    c,
    <>
      <ol data-added data-up-to={upTo} data-after={last?.place} data-later={later || undefined}>
        <MessageLines {...lines} entries={entries} />
      </ol>
      <ol data-changed>
        <MessageLines {...lines} entries={changed} />
      </ol>
      <CirclePart c={c} space={space} now={circle} />
      <div data-waiting>
        <Waiting c={c} waiting={waiting} openNow={openNow} write={lines.acts.write} />
      </div>
      <div data-outcome>
        <Outcome c={c} waiting={waiting} speaker={speaker} />
      </div>
    </>,
  );
}

/** What is no longer there is left out. */
export async function changedMessages(c: PageContext) {
  const ids = (c.req.query("cambiados") ?? "").split(",").slice(0, changesAtOnce);
  const known = ids.flatMap((id) => MessageId.safeParse(id).data ?? []);
  const found = await Promise.all(
    known.map((id) =>
      c.var.call(getMessage, { space: spaceId(c), id }).catch((error: unknown) => {
        if (error instanceof HubError && error.code === "not_found") return [];
        throw error;
      }),
    ),
  );
  return found.flat();
}
