import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { getNoticeSettings, letThrough, stopLettingThrough } from "@telar/contracts/notices";
import type { Cursor } from "@telar/contracts/paging";
import { listParticipants } from "@telar/contracts/participants";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { noticeSettingWords as words } from "./notice-settings.words.ts";
import type { Translate } from "./words.ts";

/** Whose messages somebody wants to hear of in their quiet hours too, space by space. */
export function serveQuietPasses(web: Web, settingsPath: "/cuenta/avisos"): void {
  const peoplePath = `${settingsPath}/personas/:space{[0-9a-f-]{36}}` as const;
  web.get(peoplePath, (c) => peoplePage(c, settingsPath));
  web.post(peoplePath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { space: spaceOf(c), id: typed.text("id") as ParticipantId };
        await c.var.call(typed.text("does") === "let" ? letThrough : stopLettingThrough, who);
        return `${settingsPath}/personas/${spaceOf(c)}`;
      },
      again: (attempt) => peoplePage(c, settingsPath, attempt),
    }),
  );
}

const spaceOf = (c: PageContext) => c.req.param("space") as SpaceId;

async function peoplePage(c: PageContext, settingsPath: string, attempt?: Attempt) {
  demandAccount(c);
  const { t, call } = c.var;
  const space = spaceOf(c);
  const after = (c.req.query("after") || undefined) as Cursor | undefined;
  const [{ people, spaces }, { entries, next }] = await Promise.all([
    call(getNoticeSettings, {}),
    call(listParticipants, { space, after }),
  ]);
  const title = spaces.find((one) => one.space === space)?.title ?? "";
  const others = entries.filter(({ you }) => !you);
  const path = `${settingsPath}/personas/${space}`;
  return showPage(
    c,
    { title: words.peopleTitle, attempt },
    <>
      <h1>{t(words.peopleHeading)}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.peopleLead, { space: <bdi>{title}</bdi> })}</p>
      {others.length === 0 && <EmptyState>{t(words.peopleNone)}</EmptyState>}
      <ul class="rows">
        {others.map(({ id, alias }) => (
          <Person
            t={t}
            path={path}
            id={id}
            alias={alias}
            passes={people.some((one) => one.id === id)}
          />
        ))}
      </ul>
      <p class="steps">
        {next && (
          <a class="button" href={`${path}?after=${next}`}>
            {t(words.next)}
          </a>
        )}
        {after && (
          <a class="button quiet" href={path}>
            {t(words.first)}
          </a>
        )}
        <a class="button quiet" href={settingsPath}>
          {t(words.back)}
        </a>
      </p>
    </>,
  );
}

function Person(props: {
  t: Translate;
  path: string;
  id: ParticipantId;
  alias: string;
  passes: boolean;
}) {
  const { t, path, id, alias, passes } = props;
  return (
    <li>
      <span>
        <strong>
          <bdi>{alias}</bdi>
        </strong>
        {passes && <small>{t(words.passes)}</small>}
      </span>
      <form method="post" action={path}>
        <input type="hidden" name="id" value={id} />
        <button
          type="submit"
          class="quiet"
          name="does"
          value={passes ? "stop" : "let"}
          aria-label={t.plain(passes ? words.stopLine : words.letLine, { alias })}
        >
          {t(passes ? words.stop : words.let)}
        </button>
      </form>
    </li>
  );
}
