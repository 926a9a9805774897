import type { MessageId } from "@telar/contracts/ids";
import { type HeldMessage, listHeld, refuseHeld, releaseHeld } from "@telar/contracts/moderation";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { Attachments } from "./attachments.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { joined, Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { BackToSpace } from "./space-care.tsx";
import { spaceCareWords as words } from "./space-care.words.ts";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";

const heldPath = `${spacePath}/retenidos` as const;

/** What somebody who facilitates reads before the others do. */
export function serveHeldMessages(web: Web): void {
  web.get(heldPath, (c) => within(c, (space) => heldPage(c, space)));
  web.post(`${heldPath}/:message{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const held = { space: spaceId(c), id: c.req.param("message") as MessageId };
        if (typed.text("does") === "release") await c.var.call(releaseHeld, held);
        else await c.var.call(refuseHeld, { ...typed.input(refuseHeld), ...held });
        return pathWhenDone(pathOfSpace(c, "/retenidos"));
      },
      again: (attempt) => within(c, (space) => heldPage(c, space, attempt)),
    }),
  );
}

async function heldPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const held = await c.var.call(listHeld, { space: spaceId(c) });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heldHeading, { space: space.title })}</h1>
      <Done c={c} />
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      {held.length === 0 ? (
        <EmptyState>{t(words.heldNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.heldLead)}</p>
          <ul class="cards">
            {held.map((message) => (
              <Held c={c} message={message} />
            ))}
          </ul>
        </>
      )}
      <BackToSpace c={c} />
    </>,
  );
}

function Held({ c, message }: { c: PageContext; message: HeldMessage }) {
  const { t } = c.var;
  const { id, alias, note, body, words: hit } = message;
  const field = `reason-${id}`;
  return (
    <li class="stack">
      <strong>
        <bdi>{alias}</bdi>
      </strong>
      <small>
        {hit.length > 0 ? t(words.heldWords, { words: joined(t, hit) }) : t(words.heldFirst)}
      </small>
      {note && <p class="note">{note}</p>}
      <details>
        <summary>{t(words.openIt)}</summary>
        <div class="stack">
          <Paragraphs text={body} />
          <Attachments t={t} space={pathOfSpace(c)} attachments={message.attachments} />
        </div>
      </details>
      <form method="post" action={pathOfSpace(c, `/retenidos/${id}`)} class="stack">
        <button
          type="submit"
          name="does"
          value="release"
          aria-label={t.plain(words.releaseLine, { alias })}
        >
          {t(words.release)}
        </button>
        <div class="field">
          <label for={field}>{t(words.reason)}</label>
          <input id={field} name="reason" maxlength={300} autocomplete="off" />
        </div>
        <button type="submit" class="quiet" name="does" value="refuse">
          {t(words.refuse)}
        </button>
      </form>
    </li>
  );
}
