import type { Cursor } from "@telar/contracts/paging";
import {
  addFacilitator,
  admitParticipant,
  declineParticipant,
  listAdmissions,
  listParticipants,
  type Participant,
  stopFacilitating,
} from "@telar/contracts/participants";
import { mayFacilitate } from "@telar/rules/spaces";
import { demand } from "@telar/rules/verdict";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Submit, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import {
  type JoinedSpace,
  participantId,
  participantPath,
  pathOfSpace,
  spaceId,
  spacePath,
  within,
} from "./space-inside.ts";
import { spacePeopleWords as words } from "./space-people.words.ts";
import { spaceWords } from "./spaces.words.ts";

export function serveSpacePeople(web: Web): void {
  web.get(`${spacePath}/personas`, (c) => within(c, (space) => peoplePage(c, space)));
  web.post(participantPath("personas"), (c) =>
    answerForm(c, {
      act: async (typed) => {
        const space = spaceId(c);
        if (typed.text("does") === "stop") await c.var.call(stopFacilitating, { space });
        else await c.var.call(addFacilitator, { space, id: participantId(c) });
        return pathOfSpace(c, "/personas");
      },
      again: (attempt) => within(c, (space) => peoplePage(c, space, attempt)),
    }),
  );
  web.get(`${spacePath}/admisiones`, (c) => within(c, (space) => admissionsPage(c, space)));
  web.post(participantPath("admisiones"), (c) =>
    answerForm(c, {
      act: async (typed) => {
        const who = { space: spaceId(c), id: participantId(c) };
        const admits = typed.text("answer") === "yes";
        await c.var.call(admits ? admitParticipant : declineParticipant, who);
        return pathOfSpace(c, "/admisiones");
      },
      again: (attempt) => within(c, (space) => admissionsPage(c, space, attempt)),
    }),
  );
}

async function peoplePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const after = (c.req.query("after") || undefined) as Cursor | undefined;
  const { entries, next } = await c.var.call(listParticipants, { space: spaceId(c), after });
  const two = attempt?.refusal.code === "two_facilitators_needed";
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading, { space: space.title })}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {two ? t(words.stopNeedsTwo) : wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.lead)}</p>
      <ul class="rows">
        {entries.map((person) => (
          <Person c={c} person={person} byFacilitator={space.you.facilitator} />
        ))}
      </ul>
      <p class="steps">
        {next && (
          <a class="button" href={pathOfSpace(c, `/personas?after=${next}`)}>
            {t(words.next)}
          </a>
        )}
        {after && (
          <a class="button quiet" href={pathOfSpace(c, "/personas")}>
            {t(words.first)}
          </a>
        )}
        <a class="button quiet" href={pathOfSpace(c)}>
          {t(spaceWords.back)}
        </a>
      </p>
    </>,
  );
}

interface PersonProps {
  c: PageContext;
  person: Participant;
  byFacilitator: boolean;
}

/** Those who facilitate ask others to, and each steps down by themselves. */
function Person({ c, person, byFacilitator }: PersonProps) {
  const { t } = c.var;
  const { id, alias, facilitator, you } = person;
  const is = [you && t.plain(words.you), facilitator && t.plain(words.facilitates)];
  const does = facilitator ? you && "stop" : byFacilitator && "ask";
  return (
    <li>
      <span>
        <strong>
          <a href={pathOfSpace(c, `/personas/${id}`)}>
            <bdi>{alias}</bdi>
          </a>
        </strong>
        <small>{is.filter(Boolean).join(" · ")}</small>
      </span>
      {does && (
        <details class="acts">
          <summary aria-label={does === "ask" ? t.plain(words.askLine, { alias }) : undefined}>
            {t(words[does])}
          </summary>
          <form method="post" action={pathOfSpace(c, `/personas/${id}`)}>
            <p>{t(words[`${does}Means`])}</p>
            <Submit kind="plain" name="does" value={does}>
              {t(words[`${does}Now`])}
            </Submit>
          </form>
        </details>
      )}
    </li>
  );
}

async function admissionsPage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  demand(mayFacilitate(space.you));
  const asking = await c.var.call(listAdmissions, { space: spaceId(c) });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.admissionsHeading, { space: space.title })}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      {asking.length === 0 ? (
        <EmptyState>{t(words.admissionsNone)}</EmptyState>
      ) : (
        <>
          <p>{t(words.admissionsLead)}</p>
          <ul class="cards">
            {asking.map(({ id, alias }) => (
              <li>
                <form method="post" action={pathOfSpace(c, `/admisiones/${id}`)}>
                  <strong>
                    <bdi>{alias}</bdi>
                  </strong>
                  <p class="steps">
                    <button
                      type="submit"
                      name="answer"
                      value="yes"
                      aria-label={t.plain(words.admitLine, { alias })}
                    >
                      {t(words.admit)}
                    </button>
                    <button
                      type="submit"
                      class="quiet"
                      name="answer"
                      value="no"
                      aria-label={t.plain(words.declineLine, { alias })}
                    >
                      {t(words.decline)}
                    </button>
                  </p>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={pathOfSpace(c)}>{t(spaceWords.back)}</a>
      </p>
    </>,
  );
}
