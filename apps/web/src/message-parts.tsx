import { Acknowledgement, type Message } from "@telar/contracts/messages";
import { mayAnswer, mayEdit, mayWrite } from "@telar/rules/messages";
import type { Child } from "hono/jsx";
import { Attachments } from "./attachments.tsx";
import { messageWords as words } from "./messages.words.ts";
import type { JoinedSpace } from "./space-inside.ts";
import type { Translate } from "./words.ts";

/** Longer ones end after some lines with a link, so that a page stays small on a bad network. */
const shownWhole = 900;
const shownOfLong = 700;
const longAbout = 80;

export interface MessageProps {
  t: Translate;
  /** `/espacios/…`, without a slash at its end. */
  space: string;
  message: Message;
}

export const pathOfMessage = (space: string, { id }: Pick<Message, "id">, more = "") =>
  `${space}/mensajes/${id}${more}`;

/** What the reader can do with messages now, judged as the hub will judge it. */
export function actsIn({ kind, state, openNow, rules, you }: JoinedSpace) {
  const writer = {
    facilitator: you.facilitator,
    acceptedVersion: rules.version,
    mutedUntil: you.mutedUntil ? new Date(you.mutedUntil) : null,
  };
  const judged = { kind, state, rulesVersion: rules.version };
  const now = new Date();
  return {
    acknowledge: mayAnswer(writer, judged, now).allowed,
    write: mayWrite(writer, judged, now).allowed,
    edit: mayEdit(writer, judged, { openNow }, { yours: true, versions: 0 }, now).allowed,
  };
}

export type Acts = ReturnType<typeof actsIn>;

/** Who wrote, when, and whether it changed. */
export function Author({ t, space, message }: MessageProps) {
  const { author, at, yours, edited, state } = message;
  return (
    <p class="by">
      <strong>
        <bdi>{author.alias}</bdi>
      </strong>{" "}
      <small>
        {yours && `${t.plain(words.you)} · `}
        {author.facilitator && `${t.plain(words.facilitator)} · `}
        <time datetime={at}>{t.clock(at)}</time>
        {edited && state === "shown" && (
          <>
            {" · "}
            <a
              href={pathOfMessage(space, message, "/antes")}
              aria-label={t.plain(words.editedLabel)}
            >
              {t(words.edited)}
            </a>
          </>
        )}
      </small>
    </p>
  );
}

export function Answers({ t, space, message: { replyTo } }: MessageProps) {
  if (!replyTo) return null;
  const { alias, about } = replyTo;
  return (
    <a class="answers" href={pathOfMessage(space, replyTo)}>
      {t(words.answers, { alias, about: atWord(about) })}
    </a>
  );
}

/** The hub cuts a long beginning anywhere; what is short and ends so was written so. */
const atWord = (about: string) =>
  about.length < longAbout ? about : about.replace(/\s+\S*…$/, " …");

/** In a list: what it is about stands for its text, which is not in the page (P05); a long one begins. */
export function FoldedText({ t, space, message }: MessageProps) {
  const { note, body, author, state, yours, attachments } = message;
  if (state !== "shown") return <Gone t={t} state={state} yours={yours} />;
  const path = pathOfMessage(space, message, "?abierto");
  if (message.blocked) return <Blocked t={t} path={path} />;
  const { alias } = author;
  if (note || body === undefined)
    return (
      <div class="text">
        {note && <About t={t} note={note} />}
        <a class="fold" href={path} aria-label={t.plain(words.readOf, { alias })}>
          {t(words.read)}
        </a>
      </div>
    );
  if (body.length <= shownWhole)
    return (
      <div class="text">
        <Body text={body} />
        <Attachments t={t} space={space} attachments={attachments} />
      </div>
    );
  return (
    <div class="text">
      <Body text={`${body.slice(0, shownOfLong).replace(/\s+\S*$/, "")} …`} />
      <a class="fold" href={path} aria-label={t.plain(words.readOnOf, { alias })}>
        {t(words.readOn)}
      </a>
      <Attachments t={t} space={space} attachments={attachments} />
    </div>
  );
}

/** The reader chose not to read its author; what they wrote is one tap away (P14). */
const Blocked = ({ t, path }: { t: Translate; path: string }) => (
  <p class="hint">
    {t(words.blocked)} <a href={path}>{t(words.readBlocked)}</a>
  </p>
);

/** All of it; behind its note, unless somebody just asked to read it. */
export function WholeText({ t, space, message, open }: MessageProps & { open: boolean }) {
  const { note, body = "", state, yours, attachments } = message;
  if (state !== "shown") return <Gone t={t} state={state} yours={yours} />;
  if (!note)
    return (
      <div class="text">
        <Body text={body} />
        <Attachments t={t} space={space} attachments={attachments} />
      </div>
    );
  return (
    <div class="text">
      <About t={t} note={note} />
      <details open={open}>
        <summary>{t(words.read)}</summary>
        <div class="stack">
          <Body text={body} />
          <Attachments t={t} space={space} attachments={attachments} />
        </div>
      </details>
    </div>
  );
}

interface GoneProps {
  t: Translate;
  state: "hidden" | "deleted";
  yours: boolean;
}

/** Whoever wrote what was hidden finds the reason from here, and how to be heard. */
const Gone = ({ t, state, yours }: GoneProps) => (
  <p class="hint">
    {t(words[state])} {yours && state === "hidden" && <SeeWhy t={t} />}
  </p>
);

export const SeeWhy = ({ t }: { t: Translate }) => <a href="/decisiones">{t(words.seeWhy)}</a>;

const About = ({ t, note }: { t: Translate; note: string }) => (
  <p class="note">
    <small>{t(words.about)}</small> {note}
  </p>
);

/** Paragraphs as they were written, with addresses to press; nothing of what they lead to is shown. */
export function Body({ text }: { text: string }) {
  if (text === "") return null;
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p>{withLinks(paragraph)}</p>
      ))}
    </>
  );
}

const address = /(https?:\/\/[^\s<>"]*[^\s<>".,;:?)\]])/;

const withLinks = (text: string): Child[] =>
  text.split(address).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <a href={part} rel="noopener noreferrer nofollow">
        {part}
      </a>
    ),
  );

/** The words that answer a message without writing; no number stands beside them. */
export function AcknowledgementForm({ t, space, message }: MessageProps) {
  const { acknowledged } = message;
  return (
    <form
      method="post"
      action={pathOfMessage(space, message, "/respuesta")}
      class="steps"
      data-quiet
    >
      {acknowledged ? (
        <>
          <span>{t(words.acknowledged, { words: t.plain(words[acknowledged]) })}</span>
          <button type="submit" class="quiet">
            {t(words.takeBack)}
          </button>
        </>
      ) : (
        Acknowledgement.options.map((kind) => (
          <button type="submit" name="acknowledgement" value={kind}>
            {t(words[kind])}
          </button>
        ))
      )}
    </form>
  );
}

const namedAtOnce = 5;

/** For whoever wrote: who answered without words. */
export function AcknowledgedBy({ t, message, all }: Omit<MessageProps, "space"> & { all?: true }) {
  const { acknowledgements = [] } = message;
  if (acknowledgements.length === 0) return null;
  const named = acknowledgements.slice(0, all ? undefined : namedAtOnce);
  const said = named.map(({ alias, kind }) =>
    t.plain(words.acknowledgedBy, { alias, words: t.plain(words[kind]) }),
  );
  if (named.length < acknowledgements.length) said.push(t.plain(words.othersToo));
  return <p class="hint">{said.join(" · ")}</p>;
}
