import { type Appeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import type { ModerationActId } from "@telar/contracts/ids";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Choices, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { queuePath } from "./judging.tsx";
import { judgingWords as words } from "./judging.words.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const appealsPath = "/apelaciones";

/** Requests for another look, before somebody who had no part in what was decided. */
export function serveAppeals(web: Web): void {
  web.get(appealsPath, (c) => appealsPage(c));
  web.post(`${appealsPath}/:id{[0-9a-f-]{36}}`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const id = c.req.param("id") as ModerationActId;
        await c.var.call(decideAppeal, { ...typed.input(decideAppeal), id });
        return pathWhenDone(appealsPath);
      },
      again: (attempt) => appealsPage(c, attempt),
    }),
  );
}

async function appealsPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const appeals = await c.var.call(listAppeals, {});
  const [first, ...others] = appeals.toSorted(
    (one, other) => Number(other.id === c.req.param("id")) - Number(one.id === c.req.param("id")),
  );
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.appealsHeading)}</h1>
      <Done c={c} />
      {first ? (
        <>
          <p>{t(words.appealsLead)}</p>
          <One c={c} appeal={first} attempt={attempt} />
        </>
      ) : (
        <EmptyState>{t(words.appealsNone)}</EmptyState>
      )}
      {others.length > 0 && <p class="hint">{t(words.appealsMore)}</p>}
      <p>
        <a href={queuePath}>{t(words.back)}</a>
      </p>
    </>,
  );
}

interface OneProps {
  c: PageContext;
  appeal: Appeal;
  attempt: Attempt | undefined;
}

/** One at a time: each is somebody's. */
function One({ c, appeal, attempt }: OneProps) {
  const { t } = c.var;
  const labels = { decision: words.decision, answer: words.appealAnswer };
  const form = formOf(t, labels, { attempt });
  const options = (["uphold", "take_back"] as const).map((value) => ({
    value,
    label: t(words[value]),
  }));
  return (
    <>
      <What t={t} appeal={appeal} />
      <Form of={form} action={`${appealsPath}/${appeal.id}`}>
        <Choices of={form} name="decision" options={options} />
        <Textarea of={form} name="answer" hint={t(words.appealAnswerHint)} maxlength={2000} />
        <Submit>{t(words.decide)}</Submit>
      </Form>
    </>
  );
}

function What({ t, appeal }: { t: Translate; appeal: Appeal }) {
  const alias = <bdi>{appeal.alias}</bdi>;
  const { message } = appeal;
  return (
    <article class="card stack">
      <p>
        <strong>
          {t(words[`done_${appeal.act}`], { alias, about: <bdi>{appeal.about}</bdi> })}
        </strong>
      </p>
      <small>
        {t(words[`actorWas_${appeal.actor}`])} {t.day(appeal.day)}
      </small>
      <p>{t(words.why, { reason: appeal.reason })}</p>
      {message && (
        <details>
          <summary>{t(words.openMessage)}</summary>
          <div class="stack">
            {message.note && <p class="note">{message.note}</p>}
            <Paragraphs text={message.body} />
          </div>
        </details>
      )}
      <h2>{t(words.appealWords, { alias })}</h2>
      <Paragraphs text={appeal.words} />
    </article>
  );
}
