import {
  type Coalition,
  type CoalitionGroup,
  changeAgreement,
  changeConvener,
} from "@telar/contracts/coalitions";
import type { GroupId } from "@telar/contracts/ids";
import { mayChangeConvener } from "@telar/rules/coalitions";
import { mayConvene } from "@telar/rules/groups";
import type { Child } from "hono/jsx";
import { coalitionConveningWords as words } from "./coalition-convening.words.ts";
import { coalitionId, coalitionPath, pathOfCoalition } from "./coalition-inside.ts";
import { BackToCoalition as Back, readConvened } from "./coalition-invitations.tsx";
import { AgreementText } from "./coalition-page.tsx";
import {
  type Attempt,
  answerForm,
  Form,
  formOf,
  Submit,
  Textarea,
  wordsOfRefusal,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import type { Message } from "./words.ts";

export function serveCoalitionConvening(web: Web): void {
  serveAgreement(web);
  serveConveners(web);
}

function serveAgreement(web: Web): void {
  const path = `${coalitionPath}/acuerdo` as const;
  web.get(path, (c) => agreementPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { agreement, agreementVersion } = typed.input(changeAgreement);
        const coalition = coalitionId(c);
        await c.var.call(changeAgreement, { coalition, agreement, agreementVersion });
        return pathOfCoalition(c);
      },
      again: (attempt) => agreementPage(c, attempt),
    }),
  );
}

/** Whoever wrote while somebody else saved sees both texts, and saves over the one they have read. */
async function agreementPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const coalition = await readConvened(c);
  const { agreement, agreementVersion } = coalition;
  const form = formOf(t, { agreement: words.agreement }, { attempt, values: { agreement } });
  return showPage(
    c,
    { title: words.agreementTitle, attempt },
    <>
      <h1>{t(words.agreementHeading)}</h1>
      <p>{t(words.agreementLead)}</p>
      {attempt?.refusal.code === "changed_meanwhile" && (
        <div class="aside stack">
          <p>{t(words.meanwhile)}</p>
          <AgreementText t={t} coalition={coalition} />
        </div>
      )}
      <Form of={form} action={pathOfCoalition(c, "/acuerdo")}>
        <input type="hidden" name="agreementVersion" value={agreementVersion} />
        <Textarea
          of={form}
          name="agreement"
          hint={t(words.agreementHint)}
          rows={14}
          maxlength={10_000}
        />
        <Submit>{t(words.save)}</Submit>
      </Form>
      <Back c={c} />
    </>,
  );
}

function serveConveners(web: Web): void {
  const path = `${coalitionPath}/convocar` as const;
  web.get(path, (c) => convenersPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const convener = typed.text("ask") !== "";
        const group = (typed.text("ask") || typed.text("stepDown")) as GroupId;
        await c.var.call(changeConvener, { coalition: coalitionId(c), group, convener });
        return pathOfCoalition(c);
      },
      again: (attempt) => convenersPage(c, attempt),
    }),
  );
}

async function convenersPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const coalition = await readConvened(c);
  const inside = coalition.groups.filter(
    ({ state }) => state === "member" || state === "asked_again",
  );
  return showPage(
    c,
    { title: words.convenersTitle, attempt },
    <>
      <h1>{t(words.convenersHeading)}</h1>
      <p>{t(words.convenersLead)}</p>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      <form method="post" action={pathOfCoalition(c, "/convocar")}>
        <ul class="cards">
          {inside.map((one) => (
            <li class="stack">
              <div>
                <strong>{one.name}</strong>
                <p class="hint">{t(standing(one))}</p>
              </div>
              <ConvenerChange c={c} coalition={coalition} one={one} />
            </li>
          ))}
        </ul>
      </form>
      <Back c={c} />
    </>,
  );
}

function standing({ convener, kind }: CoalitionGroup): Message {
  if (convener) return words.convenes;
  return mayConvene(kind).allowed ? words.takesPart : words.guest;
}

interface ChangeProps {
  c: PageContext;
  coalition: Coalition;
  one: CoalitionGroup;
}

function ConvenerChange({ c, coalition, one: { group, name, convener } }: ChangeProps): Child {
  const { t } = c.var;
  const verdict = mayChangeConvener(coalition, group, !convener);
  if (!verdict.allowed)
    return verdict.because === "last_convener" ? <p class="hint">{t(words.only)}</p> : null;
  const [field, label, text] = convener
    ? (["stepDown", words.stepDownFor, words.stepDown] as const)
    : (["ask", words.askFor, words.ask] as const);
  return (
    <p class="steps">
      <button type="submit" name={field} value={group} aria-label={t.plain(label, { group: name })}>
        {t(text)}
      </button>
    </p>
  );
}
