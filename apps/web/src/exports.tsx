import {
  agreeToGroupExport,
  askGroupExport,
  type GroupExport,
  type GroupExportId,
  listGroupExports,
  refuseGroupExport,
  takeGroupExport,
} from "@telar/contracts/exports";
import type { Group } from "@telar/contracts/groups";
import { HubError } from "@telar/contracts/problems";
import { mayCoordinate } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import { CentralPage } from "./central.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { exportWords as words } from "./exports.words.ts";
import { type Attempt, answerForm, Field, Form, formOf, Submit, wordsOfRefusal } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { groupId, groupPath } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { groupOf } from "./stewarded-groups.tsx";
import type { Translate } from "./words.ts";

const listPath = "/central/copias";

export function serveExports(web: Web): void {
  web.get("/central/grupos/:group/copia", async (c) => askPage(c, await groupOf(c)));
  web.post("/central/grupos/:group/copia", async (c) => {
    const group = await groupOf(c);
    return answerForm(c, {
      act: async (typed) => {
        await c.var.call(askGroupExport, { ...typed.input(askGroupExport), group: group.id });
        return pathWhenDone(listPath);
      },
      again: (attempt) => askPage(c, group, attempt),
    });
  });
  web.get(listPath, (c) => stewardsPage(c));
  web.post(listPath, (c) => answerAsked(c, listPath, (attempt) => stewardsPage(c, attempt)));
  web.get("/central/copias/:id", (c) => takePage(c));
  web.post("/central/copias/:id", (c) =>
    answerForm(c, {
      act: () => download(c, c.req.param("id") as GroupExportId),
      again: (attempt) => takePage(c, attempt),
    }),
  );
  web.get(`${groupPath}/copias`, (c) => coordinatorsPage(c));
  web.post(`${groupPath}/copias`, (c) =>
    answerAsked(c, c.req.path, (attempt) => coordinatorsPage(c, attempt)),
  );
}

/** One page, many exports: the button that was pressed says which, and what. */
function answerAsked(c: PageContext, path: string, again: (attempt: Attempt) => Promise<Response>) {
  return answerForm(c, {
    act: async (typed) => {
      const agreed = typed.text("agree");
      const operation = agreed ? agreeToGroupExport : refuseGroupExport;
      await c.var.call(operation, { id: (agreed || typed.text("refuse")) as GroupExportId });
      return pathWhenDone(path);
    },
    again,
  });
}

function askPage(c: PageContext, { id, name }: Group, attempt?: Attempt) {
  const { t } = c.var;
  demandConfirmed(c.var);
  const form = formOf(t, { reason: words.reasonLabel }, { attempt });
  return showPage(
    c,
    { title: words.askTitle, attempt },
    <>
      <h1>{t(words.askHeading, { group: name })}</h1>
      <p>{t(words.askWhat)}</p>
      <Form of={form} action={`/central/grupos/${id}/copia`}>
        <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
        <Submit>{t(words.ask)}</Submit>
        <a class="button quiet" href={`/central/grupos/${id}`}>
          {t(words.back)}
        </a>
      </Form>
    </>,
  );
}

async function stewardsPage(c: PageContext, attempt?: Attempt) {
  const { t, call } = c.var;
  const exports = await call(listGroupExports, {});
  return showPage(
    c,
    { title: words.title, attempt },
    <CentralPage c={c} heading={t(words.heading)}>
      <p>{t(words.lead)}</p>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {exports.length === 0 ? (
        <EmptyState step={{ href: "/central/grupos", words: t(words.toGroups) }}>
          {t(words.none)}
        </EmptyState>
      ) : (
        <Exports t={t} of={exports} action={listPath} />
      )}
    </CentralPage>,
  );
}

async function coordinatorsPage(c: PageContext, attempt?: Attempt) {
  const { t, call, account } = c.var;
  if (!account) throw new HubError("not_signed_in");
  const group = groupId(c);
  const place = account.memberships.find((each) => each.group === group);
  if (!place) throw new HubError("not_found");
  demand(mayCoordinate(place));
  const exports = (await call(listGroupExports, {})).filter((each) => each.group === group);
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.groupHeading)}</h1>
      <Done c={c} />
      <p>{t(words.groupLead)}</p>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {exports.length === 0 ? (
        <EmptyState>{t(words.groupNone)}</EmptyState>
      ) : (
        <Exports t={t} of={exports} action={`/grupos/${group}/copias`} />
      )}
      <p>
        <a href={`/grupos/${group}/bitacora`}>{t(words.log)}</a>
      </p>
      <p>
        <a href={`/grupos/${group}`}>{t(words.back)}</a>
      </p>
    </>,
  );
}

interface ExportsProps {
  t: Translate;
  of: readonly GroupExport[];
  action: string;
}

function Exports({ t, of, action }: ExportsProps) {
  return (
    <form method="post" action={action}>
      <ul class="cards">
        {of.map((asked) => (
          <Asked t={t} asked={asked} />
        ))}
      </ul>
    </form>
  );
}

type AskedProps = Pick<ExportsProps, "t"> & { asked: GroupExport };

function Asked({ t, asked }: AskedProps) {
  const { groupName, askedBy, youAsked, reason, state, until } = asked;
  return (
    <li class="stack">
      <h2>{groupName}</h2>
      <p>
        {youAsked ? t(words.youAsked) : t(words.askedBy, { alias: askedBy })}.{" "}
        {t(words.reason, { reason })}
      </p>
      <p>{t(state === "asked" ? words.waits : words.agreed, { day: t.day(until) })}</p>
      <Answers t={t} asked={asked} />
    </li>
  );
}

function Answers({ t, asked }: AskedProps) {
  const { id, groupName: group, youAsked, state, mayAgree } = asked;
  const agreed = state === "agreed";
  const [refuse, refuseFor] = youAsked
    ? [words.takeBack, words.takeBackFor]
    : [words.refuse, words.refuseFor];
  return (
    <p class="steps">
      {mayAgree && (
        <button
          type="submit"
          name="agree"
          value={id}
          aria-label={t.plain(words.agreeTo, { group })}
        >
          {t(words.agree)}
        </button>
      )}
      {youAsked && agreed && (
        <a class="button" href={`${listPath}/${id}`} aria-label={t.plain(words.takeOf, { group })}>
          {t(words.take)}
        </a>
      )}
      <button
        type="submit"
        class="stop"
        name="refuse"
        value={id}
        aria-label={t.plain(refuseFor, { group })}
      >
        {t(refuse)}
      </button>
    </p>
  );
}

async function takePage(c: PageContext, attempt?: Attempt) {
  const { t, call } = c.var;
  const id = c.req.param("id");
  const asked = (await call(listGroupExports, {})).find((each) => each.id === id);
  if (!asked) throw attempt?.refusal ?? new HubError("not_found");
  demandConfirmed(c.var);
  return showPage(
    c,
    { title: words.takeTitle, attempt },
    <>
      <h1>{t(words.takeHeading, { group: asked.groupName })}</h1>
      <p>{t(words.takeWhat)}</p>
      <p class="notice">{t(words.takeCare)}</p>
      <Form of={formOf(t, {}, { attempt })} action={`${listPath}/${id}`}>
        <Submit>{t(words.download)}</Submit>
        <a class="button quiet" href={listPath}>
          {t(words.toExports)}
        </a>
      </Form>
    </>,
  );
}

/** A file with a neutral name, for who finds it on the phone. */
async function download(c: PageContext, id: GroupExportId): Promise<Response> {
  const content = await c.var.call(takeGroupExport, { id });
  return c.body(JSON.stringify(content, null, 2), 200, {
    "content-type": "application/json; charset=utf-8",
    "content-disposition": 'attachment; filename="copia.json"',
  });
}
