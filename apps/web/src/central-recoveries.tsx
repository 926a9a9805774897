import {
  agreeToGroupRecoveryAsSteward,
  type GroupRecovery,
  listOpenGroupRecoveries,
  refuseGroupRecovery,
} from "@telar/contracts/group-recoveries";
import type { GroupRecoveryId } from "@telar/contracts/ids";
import { CentralPage } from "./central.tsx";
import { centralRecoveryWords as words } from "./central-recoveries.words.ts";
import { pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, wordsOfRefusal } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const path = "/central/recuperaciones";

/** Groups without coordination, which wait for a steward's yes or no. */
export function serveCentralRecoveries(web: Web): void {
  web.get(path, (c) => recoveriesPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const agreed = typed.text("agree");
        const operation = agreed ? agreeToGroupRecoveryAsSteward : refuseGroupRecovery;
        await c.var.call(operation, { id: (agreed || typed.text("refuse")) as GroupRecoveryId });
        return pathWhenDone(path);
      },
      again: (attempt) => recoveriesPage(c, attempt),
    }),
  );
}

async function recoveriesPage(c: PageContext, attempt?: Attempt) {
  const { t, call } = c.var;
  const recoveries = await call(listOpenGroupRecoveries, {});
  return showPage(
    c,
    { title: words.title, attempt },
    <CentralPage c={c} heading={t(words.heading)}>
      <p>{t(words.lead)}</p>
      {attempt && <p class="notice">{wordsOfRefusal(t, attempt.refusal)}</p>}
      {recoveries.length === 0 ? (
        <EmptyState>{t(words.none)}</EmptyState>
      ) : (
        <form method="post" action={path}>
          <ul class="cards">
            {recoveries.map((recovery) => (
              <Recovery t={t} recovery={recovery} />
            ))}
          </ul>
        </form>
      )}
    </CentralPage>,
  );
}

function Recovery({ t, recovery }: { t: Translate; recovery: GroupRecovery }) {
  const { id, groupName: group, candidate, candidateIsYou, reason } = recovery;
  const { membersAgreed, stewardAgreed, youAgreed, youAgreedAsSteward, opensAt } = recovery;
  const steward = stewardAgreed ? "yes" : "no";
  return (
    <li class="stack">
      <h2>{group}</h2>
      <p>{candidateIsYou ? t(words.candidateYou) : t(words.candidate, { alias: candidate })}</p>
      <p>{t(words.reason, { reason })}</p>
      <p>
        {opensAt
          ? t(words.waits, { moment: <strong>{t.moment(opensAt)}</strong> })
          : t(words.agreedSoFar, { members: membersAgreed, steward })}
      </p>
      <p class="steps">
        {!candidateIsYou && !youAgreed && !youAgreedAsSteward && !opensAt && (
          <button
            type="submit"
            name="agree"
            value={id}
            aria-label={t.plain(words.agreeFor, { group })}
          >
            {t(words.agree)}
          </button>
        )}
        <button
          type="submit"
          class="stop"
          name="refuse"
          value={id}
          aria-label={t.plain(words.refuseFor, { group })}
        >
          {t(words.refuse)}
        </button>
      </p>
    </li>
  );
}
