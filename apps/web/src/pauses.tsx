import { endPause, PauseLength, startPause } from "@telar/contracts/accounts";
import type { Child } from "hono/jsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import { type PageContext, restsUntil, type Web } from "./frame.ts";
import { newsSinceLastVisit } from "./inbox.tsx";
import { showPage } from "./layout.tsx";
import { pauseWords as words } from "./pauses.words.ts";
import type { Translate } from "./words.ts";

export function servePauses(web: Web): void {
  web.get("/pausa", (c) => pausePage(c));
  web.post("/pausa", (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(startPause, typed.input(startPause));
        return "/pausa";
      },
      again: (attempt) => pausePage(c, attempt),
    }),
  );
  web.get("/pausa/regreso", async (c) => {
    // A page to rest on stands also while the hub cannot tell what is new.
    const news = restsUntil(c.var.account) ? null : await newsSinceLastVisit(c).catch(() => null);
    return showPage(c, { title: words.title }, <Returned t={c.var.t} news={news} />);
  });
  web.post("/pausa/regreso", (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(endPause, {});
        return "/pausa/regreso";
      },
      again: (attempt) => pausePage(c, attempt),
    }),
  );
}

function pausePage(c: PageContext, attempt?: Attempt) {
  const { t, account } = c.var;
  const until = restsUntil(account);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(until ? words.resting : words.heading)}</h1>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {until && (
        <p>
          {isFar(until) ? t(words.restingOpen) : t(words.restingUntil, { moment: t.moment(until) })}
        </p>
      )}
      <Grounding t={t} />
      {until ? <ComeBack t={t} /> : account && <Lengths t={t} />}
    </>,
  );
}

const isFar = (instant: string) => Date.parse(instant) - Date.now() > 366 * 24 * 3600 * 1000;

function Grounding({ t }: { t: Translate }) {
  const steps = [words.feet, words.colours, words.breath, words.water, words.company];
  return (
    <>
      <p>{t(words.noHurry)}</p>
      <ul class="calm">
        {steps.map((step) => (
          <li>{t(step)}</li>
        ))}
      </ul>
    </>
  );
}

function Lengths({ t }: { t: Translate }) {
  return (
    <form method="post" action="/pausa">
      <h2>{t(words.howLong)}</h2>
      <p>{t(words.promise)}</p>
      <div class="steps">
        {PauseLength.options.map((length) => (
          <button type="submit" name="length" value={length}>
            {t(words[length])}
          </button>
        ))}
      </div>
    </form>
  );
}

function ComeBack({ t }: { t: Translate }) {
  return (
    <form method="post" action="/pausa/regreso">
      <button type="submit">{t(words.comeBack)}</button>
    </form>
  );
}

function Returned({ t, news }: { t: Translate; news: Child }) {
  return (
    <>
      <h1>{t(words.returned)}</h1>
      <p>{t(words.returnedWords)}</p>
      {news}
      <p class="steps">
        <a class="button main" href="/">
          {t(words.home)}
        </a>
        <a class="button" href="/pausa">
          {t(words.notYet)}
        </a>
      </p>
    </>
  );
}
