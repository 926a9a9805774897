import {
  type Invitation,
  inviteAsSteward,
  listHubInvitations,
  type NewInvitation,
  revokeInvitation,
} from "@telar/contracts/invitations";
import { CentralPage } from "./central.tsx";
import { pathWhenDone } from "./done.tsx";
import { EmptyState } from "./empty-state.tsx";
import { type Attempt, answerForm, Choices, Form, formOf, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { hubInvitationWords as words } from "./hub-invitations.words.ts";
import { InvitationCard } from "./invitation-card.tsx";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

const path = "/central/invitaciones";

export function serveHubInvitations(web: Web): void {
  web.get(path, (c) => invitationsPage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { call } = c.var;
        const revoked = typed.text("revoke");
        if (revoked === "")
          return madePage(c, await call(inviteAsSteward, typed.input(inviteAsSteward)));
        await call(revokeInvitation, { id: revoked as Invitation["id"] });
        return pathWhenDone(path);
      },
      again: (attempt) => invitationsPage(c, attempt),
    }),
  );
}

function madePage(c: PageContext, made: NewInvitation) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(words.made)}</h1>
      <InvitationCard t={t} made={made} />
      <p class="steps">
        <a class="button" href={path}>
          {t(words.another)}
        </a>
      </p>
    </>,
  );
}

async function invitationsPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const invitations = await c.var.call(listHubInvitations, {});
  const form = formOf(t, { purpose: words.purpose }, { attempt });
  return showPage(
    c,
    { title: words.title, attempt },
    <CentralPage c={c} heading={t(words.heading)}>
      <Form of={form} action={path}>
        <Choices
          of={form}
          name="purpose"
          options={(["founding", "stewardship"] as const).map((value) => ({
            value,
            label: t(words[value]),
            hint: t(words[`${value}Hint`]),
          }))}
        />
        <Submit>{t(words.make)}</Submit>
      </Form>
      <section aria-labelledby="list">
        <h2 id="list">{t(words.list)}</h2>
        {invitations.length === 0 ? (
          <EmptyState>{t(words.none)}</EmptyState>
        ) : (
          <form method="post" action={path}>
            <ul class="rows">
              {invitations.map((invitation) => (
                <Entry t={t} invitation={invitation} />
              ))}
            </ul>
          </form>
        )}
      </section>
    </CentralPage>,
  );
}

function Entry({ t, invitation }: { t: Translate; invitation: Invitation }) {
  const { id, purpose, ending, state, expiresAt } = invitation;
  return (
    <li>
      <span>
        {t(words[purpose])} <code>…{ending}</code>
        <small>{t(words[state], { moment: t.moment(expiresAt) })}</small>
      </span>
      {state === "open" && (
        <button
          type="submit"
          class="stop"
          name="revoke"
          value={id}
          aria-label={t.plain(words.revokeEnding, { ending })}
        >
          {t(words.revoke)}
        </button>
      )}
    </li>
  );
}
