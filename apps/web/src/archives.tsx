import { type ArchiveSize, measureArchive, takeArchive } from "@telar/contracts/archives";
import { readAnswer } from "@telar/contracts/call";
import { Person } from "@telar/contracts/person";
import { jsonWriter, pageWriter, writeFile } from "./archive-files.tsx";
import { kilobytes } from "./archive-parts.tsx";
import { archiveWords as words } from "./archives.words.ts";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const path = "/cuenta/archivo";

export function serveArchives(web: Web): void {
  web.get(path, (c) => archivePage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: (typed) => download(c, typed.text("format") === "json" ? "json" : "html"),
      again: (attempt) => archivePage(c, attempt),
    }),
  );
}

/** A file with a neutral name, for who finds it on the phone. */
async function download(c: PageContext, format: "html" | "json"): Promise<Response> {
  const { t, options } = c.var;
  const person = new Person(options.askApi, options.publicUrl, c.req.header("cookie"));
  const answer = await person.ask(takeArchive, {});
  if (!answer.ok || !answer.body) await readAnswer(takeArchive, answer);
  const write = format === "json" ? jsonWriter() : pageWriter(t);
  const type = format === "json" ? "application/json" : "text/html";
  return c.body(writeFile(answer.body as ReadableStream<Uint8Array>, write), 200, {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="archivo.${format}"`,
  });
}

async function archivePage(c: PageContext, attempt?: Attempt) {
  const { t, account } = c.var;
  demandAccount(c);
  demandConfirmed(c.var);
  const size = await c.var.call(measureArchive, {});
  const shared = account?.device === "shared";
  return showPage(
    c,
    { title: words.title, attempt, enhance: ["archive"] },
    <>
      <h1>{t(words.heading)}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <Contents t={t} />
      <p class={shared ? "notice danger" : "notice"}>{t(shared ? words.shared : words.care)}</p>
      <p>
        {size.entries === 0
          ? t(words.nothing)
          : t(words.size, { kb: kilobytes(size.bytes), entries: size.entries })}
      </p>
      <form method="post" action={path} data-archive>
        <p class="steps">
          <Submit kind={shared ? "plain" : "main"} name="format" value="html">
            {t(words.asPage)}
          </Submit>
          <Submit kind="plain" name="format" value="json">
            {t(words.asJson)}
          </Submit>
        </p>
      </form>
      <OnItsWay t={t} size={size} asked={c.req.query("va") !== undefined} />
      <p>
        <a href="/cuenta">{t(words.back)}</a>
      </p>
    </>,
  );
}

function Contents({ t }: { t: Translate }) {
  return (
    <>
      <p>{t(words.lead)}</p>
      <ul>
        {[words.written, words.waits, words.files, words.own, words.elsewhere].map((each) => (
          <li>{t(each)}</li>
        ))}
      </ul>
      <p>{t(words.without)}</p>
    </>
  );
}

interface OnItsWayProps {
  t: Translate;
  size: ArchiveSize;
  /** Somebody without JavaScript looks how far it is. */
  asked: boolean;
}

/** What has been sent and how much there is; a module of the page moves it, and without one its link does. */
function OnItsWay({ t, size: { entries, done }, asked }: OnItsWayProps) {
  const going = (values: Record<"done" | "all", string | number>) => t.plain(words.going, values);
  return (
    <section aria-labelledby="camino" id="va">
      <h2 id="camino">{t(words.onItsWay)}</h2>
      <div data-going={going({ done: "{done}", all: "{all}" })} hidden={done === undefined}>
        <label for="avance">{going({ done: done ?? 0, all: entries })}</label>
        <progress id="avance" value={done ?? 0} max={Math.max(entries, 1)} />
      </div>
      <p role="status" data-begun={t.plain(words.begun)} data-over={t.plain(words.over)}>
        {asked && done === undefined && t(words.nothingGoes)}
      </p>
      <p>
        <a href={`${path}?va#va`}>{t(words.look)}</a>
      </p>
    </section>
  );
}
