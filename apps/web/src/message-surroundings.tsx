import type { Message } from "@telar/contracts/messages";
import type { Space } from "@telar/contracts/spaces";
import type { PageContext } from "./frame.ts";
import { pathOfMessage } from "./message-parts.tsx";
import { messageWords as words } from "./messages.words.ts";
import { pathOfSpace } from "./space-inside.ts";
import type { Translate } from "./words.ts";

interface PinnedProps {
  t: Translate;
  space: string;
  pinned: readonly Message[];
}

const firstWords = 120;

/** What a pinned message is about, or how it begins; its text is one tap away. */
export function Pinned({ t, space, pinned }: PinnedProps) {
  if (pinned.length === 0) return null;
  return (
    <section class="aside pinned" aria-labelledby="pinned">
      <h2 id="pinned">{t(words.pinned)}</h2>
      <ul class="ways">
        {pinned.map((message) => (
          <li>
            <a href={pathOfMessage(space, message)}>
              <span>
                <bdi>{message.author.alias}</bdi>: {message.note || begin(message.body ?? "")}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const begin = (text: string) =>
  text.length <= firstWords ? text : `${text.slice(0, firstWords).replace(/\s+\S*$/, "")} …`;

/** To find, to go elsewhere in time, and everything else there is to a space. */
export function MoreOfSpace({ c, space }: { c: PageContext; space: Space }) {
  const { t } = c.var;
  return (
    <section aria-labelledby="mas">
      <h2 id="mas">{t(words.more)}</h2>
      <details>
        <summary>{t(words.findOrJump)}</summary>
        <FindOrJump c={c} />
      </details>
      <ul class="ways">
        {space.crisisCards.length > 0 && (
          <li>
            <a href={pathOfHelp(c)}>{t(words.toHelp)}</a>
          </li>
        )}
        <li>
          <a href={pathOfSpace(c, "/personas")}>{t(words.people)}</a>
        </li>
        <li>
          <a href={pathOfSpace(c, "/cuidado")}>{t(words.care)}</a>
        </li>
        <li>
          <a href={pathOfSpace(c, "/reglas")}>{t(words.rules)}</a>
        </li>
        <li>
          <a href={pathOfSpace(c, "/salir")}>{t(words.leave)}</a>
        </li>
      </ul>
    </section>
  );
}

export const pathOfHelp = (c: PageContext) => pathOfSpace(c, "/reglas#help");

function FindOrJump({ c }: { c: PageContext }) {
  const { t } = c.var;
  return (
    <div class="stack">
      <form method="get" action={pathOfSpace(c, "/buscar")}>
        <div class="field">
          <label for="palabras">{t(words.find)}</label>
          <input id="palabras" name="palabras" type="search" maxlength={100} autocomplete="off" />
        </div>
        <button type="submit">{t(words.search)}</button>
      </form>
      <form method="get" action={pathOfSpace(c)}>
        <div class="field">
          <label for="dia">{t(words.jump)}</label>
          <input id="dia" name="dia" type="date" autocomplete="off" />
        </div>
        <button type="submit">{t(words.go)}</button>
      </form>
    </div>
  );
}
