import type { Message } from "@telar/contracts/messages";
import {
  AcknowledgedBy,
  AcknowledgementForm,
  type Acts,
  Answers,
  Author,
  FoldedText,
  type MessageProps,
  pathOfMessage,
} from "./message-parts.tsx";
import { messageWords as words } from "./messages.words.ts";
import type { Translate } from "./words.ts";

interface ListProps {
  t: Translate;
  space: string;
  entries: readonly Message[];
  acts: Acts;
  /** How far the reader had read; what others wrote after it is new. */
  read?: number | undefined;
}

/** Messages in their order, by day; the line where new ones begin is seen by this reader only. */
export function MessageLines({ t, space, entries, acts, read }: ListProps) {
  const firstNew = entries.find(({ place, yours }) => read !== undefined && place > read && !yours);
  return (
    <>
      {entries.map((message, at) => {
        const day = t.dayOf(message.at);
        const before = entries[at - 1];
        return (
          <>
            {(!before || t.dayOf(before.at) !== day) && (
              <li class="day" id={`dia-${day}`}>
                <h2>{t.day(day)}</h2>
              </li>
            )}
            {message === firstNew && (
              <li class="new" id="nuevo">
                {t(words.newSince)}
              </li>
            )}
            <MessageLine t={t} space={space} message={message} acts={acts} />
          </>
        );
      })}
    </>
  );
}

export const hasNew = (entries: readonly Message[], read: number | undefined) =>
  entries.some(({ place, yours }) => read !== undefined && place > read && !yours);

type LineProps = MessageProps & Pick<ListProps, "acts">;

function MessageLine(props: LineProps) {
  const { message } = props;
  const { id, place, yours, state } = message;
  return (
    <li id={`m-${id}`} class={yours ? "message own" : "message"} data-place={place}>
      <Author {...props} />
      <Answers {...props} />
      <FoldedText {...props} />
      {yours && <AcknowledgedBy {...props} />}
      {state === "shown" && (yours ? <Own {...props} /> : <Others {...props} />)}
    </li>
  );
}

function Own({ t, space, message, acts }: LineProps) {
  return (
    <details class="acts">
      <summary>{t(words.own)}</summary>
      <p class="steps">
        {acts.edit && (
          <a class="button" href={pathOfMessage(space, message, "/cambiar")}>
            {t(words.edit)}
          </a>
        )}
        <a class="button stop" href={pathOfMessage(space, message, "/borrar")}>
          {t(words.delete)}
        </a>
      </p>
    </details>
  );
}

function Others(props: LineProps) {
  const { t, space, message, acts } = props;
  const { acknowledged, author } = message;
  const said = acknowledged && t.plain(words[acknowledged]);
  const { answer, answerTo, acts: other, actsOn } = words;
  const [name, spoken] = acts.acknowledge ? [answer, answerTo] : [other, actsOn];
  return (
    <details class="acts">
      <summary aria-label={said ? undefined : t.plain(spoken, { alias: author.alias })}>
        {said ? t(words.acknowledged, { words: said }) : t(name)}
      </summary>
      <div class="stack">
        {acts.acknowledge && <AcknowledgementForm {...props} />}
        {acts.write && (
          <a class="button quiet" href={pathOfMessage(space, message, "#escribir")}>
            {t(words.writeAnswer)}
          </a>
        )}
        <Report {...props} />
      </div>
    </details>
  );
}

const Report = ({ t, space, message }: MessageProps) => (
  <a
    class="button quiet"
    href={pathOfMessage(space, message, "/reportar")}
    aria-label={t.plain(words.reportOf, { alias: message.author.alias })}
  >
    {t(words.report)}
  </a>
);
