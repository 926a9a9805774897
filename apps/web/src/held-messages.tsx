import type { MessageId } from "@telar/contracts/ids";
import { type HeldMessage, listHeld, refuseHeld, releaseHeld } from "@telar/contracts/moderation";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { Attachments } from "./attachments.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import { formWords } from "./form.words.ts";
import type { PageContext, Web } from "./frame.ts";
import { joined, Paragraphs } from "./group-parts.tsx";
import { showPage } from "./layout.tsx";
import { PageLinks, readAfter } from "./page-links.tsx";
import { problemWords } from "./problems.words.ts";
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
  const asked = { space: spaceId(c), after: readAfter(c) };
  const { entries: held, next } = await c.var.call(listHeld, asked);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heldHeading, { space: space.title })}</h1>
      <Done c={c} />
      {attempt && <NotDone c={c} attempt={attempt} />}
      {held.length === 0 ? (
        <EmptyState>{t(words.heldNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.heldLead)}</p>
          <ul class="cards">
            {held.map((message) => (
              <Held c={c} message={message} attempt={attempt} />
            ))}
          </ul>
        </>
      )}
      <PageLinks c={c} path={pathOfSpace(c, "/retenidos")} next={next} />
      <BackToSpace c={c} />
    </>,
  );
}

const reasonField = (id: string) => `reason-${id}`;

/** The words for the reason of one message, if that is what is to be mended. */
function reasonProblem({ refusal }: Attempt) {
  const { reason } = refusal.fields ?? {};
  return reason && problemWords[`field_${reason}`];
}

function NotDone({ c, attempt }: { c: PageContext; attempt: Attempt }) {
  const { t } = c.var;
  const problem = reasonProblem(attempt);
  return (
    <section class="summary" role="alert" tabindex={-1} autofocus>
      <h2>{t(problem ? formWords.summary : formWords.notDone)}</h2>
      <p>{wordsOfRefusal(t, attempt.refusal)}</p>
      {problem && (
        <ul>
          <li>
            <a href={`#${reasonField(c.req.param("message") ?? "")}`}>
              {t(formWords.fieldAndProblem, {
                label: t.plain(words.reason),
                problem: t.plain(problem),
              })}
            </a>
          </li>
        </ul>
      )}
    </section>
  );
}

interface HeldProps {
  c: PageContext;
  message: HeldMessage;
  attempt: Attempt | undefined;
}

function Held({ c, message, attempt }: HeldProps) {
  const { t } = c.var;
  const { id, alias, note, body, words: hit } = message;
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
      <form method="post" action={pathOfSpace(c, `/retenidos/${id}`)}>
        <details>
          <summary aria-label={t.plain(words.releaseLine, { alias })}>{t(words.release)}</summary>
          <div class="stack">
            <p>{t(words.releaseMeans)}</p>
            <Submit kind="plain" name="does" value="release">
              {t(words.releaseNow)}
            </Submit>
          </div>
        </details>
      </form>
      <Refusing c={c} id={id} attempt={c.req.param("message") === id ? attempt : undefined} />
    </li>
  );
}

interface RefusingProps {
  c: PageContext;
  id: string;
  attempt: Attempt | undefined;
}

function Refusing({ c, id, attempt }: RefusingProps) {
  const { t } = c.var;
  const field = reasonField(id);
  const problem = attempt && reasonProblem(attempt);
  return (
    <form method="post" action={pathOfSpace(c, `/retenidos/${id}`)} class="stack">
      <div class="field">
        <label for={field}>{t(words.reason)}</label>
        {problem && (
          <p class="problem" id={`${field}-problem`}>
            {t(problem)}
          </p>
        )}
        <input
          id={field}
          name="reason"
          value={attempt?.typed.text("reason")}
          maxlength={300}
          autocomplete="off"
          aria-describedby={problem && `${field}-problem`}
          aria-invalid={problem && "true"}
        />
      </div>
      <Submit kind="quiet" name="does" value="refuse">
        {t(words.refuse)}
      </Submit>
    </form>
  );
}
