import { type Appeal, decideAppeal, listAppeals } from "@telar/contracts/appeals";
import type { ModerationActId } from "@telar/contracts/ids";
import type { Cursor } from "@telar/contracts/paging";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Choices, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { Paragraphs } from "./group-parts.tsx";
import { queuePath } from "./judging.tsx";
import { judgingWords as words } from "./judging.words.ts";
import { showPage } from "./layout.tsx";
import { readAfter } from "./page-links.tsx";
import type { Translate } from "./words.ts";

const appealsPath = "/apelaciones";

/** Where among them one looks: from which page on, and at which. */
function pathOf(
  { after, una }: { after?: Cursor | undefined; una?: ModerationActId },
  more = "",
): string {
  const query = new URLSearchParams({ ...(after && { after }), ...(una && { una }) });
  return `${appealsPath}${more}${query.size > 0 ? `?${query}` : ""}`;
}

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
  const after = readAfter(c);
  const { entries, next } = await c.var.call(listAppeals, { after });
  const wanted = c.req.param("id") ?? c.req.query("una");
  const at = Math.max(
    0,
    entries.findIndex(({ id }) => id === wanted),
  );
  const [first, second] = entries.slice(at);
  const onward = second ? pathOf({ after, una: second.id }) : next && pathOf({ after: next });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.appealsHeading)}</h1>
      <Done c={c} />
      {first ? (
        <>
          <p>{t(words.appealsLead)}</p>
          <One c={c} appeal={first} after={after} attempt={attempt} />
        </>
      ) : (
        <EmptyState>{t(words.appealsNone)}</EmptyState>
      )}
      {onward && (
        <p>
          <a class="button quiet" href={onward}>
            {t(words.appealsMore)}
          </a>
        </p>
      )}
      <p>
        <a href={queuePath}>{t(words.back)}</a>
      </p>
    </>,
  );
}

interface OneProps {
  c: PageContext;
  appeal: Appeal;
  after: Cursor | undefined;
  attempt: Attempt | undefined;
}

/** One at a time: each is somebody's. */
function One({ c, appeal, after, attempt }: OneProps) {
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
      <Form of={form} action={pathOf({ after }, `/${appeal.id}`)}>
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
