import { findMessages, type Message } from "@telar/contracts/messages";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { messageChangeWords as words } from "./message-changes.words.ts";
import { pathAround } from "./message-page.tsx";
import { Author, FoldedText } from "./message-parts.tsx";
import { type JoinedSpace, pathOfSpace, spaceId, spacePath, within } from "./space-inside.ts";
import { spaceWords } from "./spaces.words.ts";

export function serveMessageSearch(web: Web): void {
  web.get(`${spacePath}/buscar`, (c) => within(c, (space) => searchPage(c, space)));
}

async function searchPage(c: PageContext, space: JoinedSpace) {
  const { t } = c.var;
  const typed = c.req.query("palabras") ?? "";
  const asked = findMessages.input.safeParse({
    space: spaceId(c),
    words: typed,
    before: c.req.query("antes"),
  });
  const found = asked.success ? await c.var.call(findMessages, asked.data) : undefined;
  return showPage(
    c,
    { title: words.title, ...(typed && !found && { status: 400 }) },
    <>
      <h1>{t(words.findHeading, { space: space.title })}</h1>
      <p>{t(words.findLead)}</p>
      <form method="get" action={pathOfSpace(c, "/buscar")}>
        <div class="field">
          <label for="palabras">{t(words.words)}</label>
          {typed && !found && (
            <p class="problem" id="palabras-problem">
              {t(words.findShort)}
            </p>
          )}
          <input
            id="palabras"
            name="palabras"
            type="search"
            value={typed}
            maxlength={100}
            autocomplete="off"
            aria-describedby={typed && !found ? "palabras-problem" : undefined}
            aria-invalid={typed && !found ? "true" : undefined}
          />
        </div>
        <button type="submit" class="main">
          {t(words.search)}
        </button>
      </form>
      {found && <Found c={c} entries={found.entries} next={found.next} typed={typed} />}
      <p>
        <a href={pathOfSpace(c)}>{t(spaceWords.back)}</a>
      </p>
    </>,
  );
}

interface FoundProps {
  c: PageContext;
  entries: readonly Message[];
  next: number | undefined;
  typed: string;
}

function Found({ c, entries, next, typed }: FoundProps) {
  const { t } = c.var;
  const space = pathOfSpace(c);
  if (entries.length === 0) return <p role="status">{t(words.findNone)}</p>;
  return (
    <>
      <h2>{t(words.found)}</h2>
      <ol class="messages">
        {entries.map((message) => (
          <li class="message">
            <p class="hint">{t.day(t.dayOf(message.at))}</p>
            <Author t={t} space={space} message={message} />
            <FoldedText t={t} space={space} message={message} />
            <a
              class="button quiet"
              href={pathAround(space, message)}
              aria-label={t.plain(words.placeOf, { alias: message.author.alias })}
            >
              {t(words.place)}
            </a>
          </li>
        ))}
      </ol>
      {next !== undefined && (
        <p class="steps">
          <a
            class="button"
            href={`${space}/buscar?palabras=${encodeURIComponent(typed)}&antes=${next}`}
          >
            {t(words.older)}
          </a>
        </p>
      )}
    </>
  );
}
