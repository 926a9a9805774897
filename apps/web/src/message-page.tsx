import {
  acknowledgeMessage,
  getMessage,
  type Message,
  pinMessage,
} from "@telar/contracts/messages";
import { readCircle, speakerBeside } from "./circles.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { messageChangeWords as words } from "./message-changes.words.ts";
import {
  AcknowledgedBy,
  AcknowledgementForm,
  Answers,
  Author,
  actsIn,
  pathOfMessage,
  WholeText,
} from "./message-parts.tsx";
import { Writing } from "./message-writing.tsx";
import { messageWords } from "./messages.words.ts";
import {
  type JoinedSpace,
  messagePath,
  pathOfSpace,
  pathOfThisMessage,
  whichMessage,
  within,
} from "./space-inside.ts";
import { ownDeviceModules } from "./space-parts.tsx";
import { spaceWords } from "./spaces.words.ts";

export function serveMessagePage(web: Web): void {
  const again = (c: PageContext) => (attempt: Attempt) =>
    within(c, (space) => messagePage(c, space, attempt));
  web.get(messagePath, (c) => within(c, (space) => messagePage(c, space)));
  web.post(`${messagePath}/respuesta`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const input = { ...typed.input(acknowledgeMessage), ...whichMessage(c) };
        await c.var.call(acknowledgeMessage, input);
        return inItsPlace(c);
      },
      again: again(c),
    }),
  );
  web.post(`${messagePath}/fijar`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const pinned = typed.text("pinned") === "true";
        await c.var.call(pinMessage, { ...whichMessage(c), pinned });
        return pathOfThisMessage(c);
      },
      again: again(c),
    }),
  );
}

/** The message among the others, wherever that is. */
export async function inItsPlace(c: PageContext): Promise<string> {
  const message = await c.var.call(getMessage, whichMessage(c));
  return pathAround(pathOfSpace(c), message);
}

/** With a few messages before it, so that it does not stand alone. */
export const pathAround = (space: string, { id, place }: Message) =>
  `${space}?despues=${Math.max(1, place - 8)}#m-${id}`;

async function messagePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const [message, circle] = await Promise.all([
    c.var.call(getMessage, whichMessage(c)),
    readCircle(c, space),
  ]);
  const openNow = space.openNow && !speakerBeside(space, circle);
  const props = { t, space: pathOfSpace(c), message };
  const { alias } = message.author;
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["attachments", ...ownDeviceModules(c, "outbox")] },
    <>
      <h1>{message.yours ? t(messageWords.own) : t(words.one, { alias })}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <article class="message">
        <Author {...props} />
        <p class="hint">{t.day(t.dayOf(message.at))}</p>
        <Answers {...props} />
        <WholeText {...props} open={c.req.query("abierto") !== undefined} />
      </article>
      {message.state === "shown" && <Acts c={c} space={{ ...space, openNow }} message={message} />}
      {message.state === "shown" && !message.yours && (
        <section aria-labelledby="escribir">
          <h2 id="escribir">{t(words.answerHeading, { alias })}</h2>
          <Writing c={c} space={{ ...space, openNow }} replyTo={message} />
        </section>
      )}
      {!message.yours && <Judging c={c} space={space} message={message} />}
      <p class="steps">
        <a class="button quiet" href={pathAround(pathOfSpace(c), message)}>
          {t(spaceWords.back)}
        </a>
      </p>
    </>,
  );
}

interface ActsProps {
  c: PageContext;
  space: JoinedSpace;
  message: Message;
}

/** To tell those who look after the space, and what they can do. */
function Judging({ c, space, message }: ActsProps) {
  const { t } = c.var;
  const path = pathOfSpace(c);
  return (
    <p class="steps">
      {message.state === "shown" && (
        <a class="button quiet" href={pathOfMessage(path, message, "/reportar")}>
          {t(messageWords.report)}
        </a>
      )}
      {space.you.facilitator && message.state !== "deleted" && (
        <a class="button quiet" href={pathOfMessage(path, message, "/ocultar")}>
          {t(message.state === "hidden" ? messageWords.seeHidden : messageWords.hide)}
        </a>
      )}
    </p>
  );
}

function Acts({ c, space, message }: ActsProps) {
  const { t } = c.var;
  const props = { t, space: pathOfSpace(c), message };
  const acts = actsIn(space);
  return (
    <>
      {message.yours ? (
        <>
          {message.acknowledgements && message.acknowledgements.length > 0 && (
            <section aria-labelledby="who">
              <h2 id="who">{t(words.who)}</h2>
              <AcknowledgedBy t={t} message={message} all />
            </section>
          )}
          <p class="steps">
            {acts.edit && (
              <a class="button" href={pathOfMessage(props.space, message, "/cambiar")}>
                {t(messageWords.edit)}
              </a>
            )}
            <a class="button stop" href={pathOfMessage(props.space, message, "/borrar")}>
              {t(messageWords.delete)}
            </a>
          </p>
        </>
      ) : (
        acts.acknowledge && <AcknowledgementForm {...props} />
      )}
      {space.you.facilitator && (
        <form method="post" action={pathOfMessage(props.space, message, "/fijar")}>
          <button type="submit" class="quiet" name="pinned" value={String(!message.pinned)}>
            {t(message.pinned ? messageWords.unpin : messageWords.pin)}
          </button>
        </form>
      )}
    </>
  );
}
