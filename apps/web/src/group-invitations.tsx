import type { InvitationId } from "@telar/contracts/ids";
import {
  type Invitation,
  inviteToGroup,
  listGroupInvitations,
  type NewInvitation,
  revokeInvitation,
} from "@telar/contracts/invitations";
import { mayCoordinate, rolesIn } from "@telar/rules/memberships";
import { demand } from "@telar/rules/verdict";
import { type Attempt, answerForm, Choices, Form, formOf, Submit } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { groupId, groupPath, pathOfGroup, readGroupInside } from "./group-inside.ts";
import { groupInvitationWords as words } from "./group-invitations.words.ts";
import { rolesInWords } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { InvitationCard } from "./invitation-card.tsx";
import { showPage } from "./layout.tsx";
import { roleOptions } from "./memberships.tsx";

export function serveGroupInvitations(web: Web): void {
  const path = `${groupPath}/invitar` as const;
  web.get(path, (c) => invitePage(c));
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const input = { ...typed.input(inviteToGroup), group: groupId(c) };
        return madePage(c, await c.var.call(inviteToGroup, input));
      },
      again: (attempt) => invitePage(c, attempt),
    }),
  );
  web.post(`${path}/cerrar`, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await c.var.call(revokeInvitation, { id: typed.text("id") as InvitationId });
        return pathOfGroup(c, "/invitar");
      },
      again: (attempt) => invitePage(c, attempt),
    }),
  );
}

async function invitePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { kind, inside } = await readGroupInside(c);
  demand(mayCoordinate(inside.you));
  const invitations = await c.var.call(listGroupInvitations, { group: groupId(c) });
  const form = formOf(t, { roles: words.roles }, { attempt });
  const options = roleOptions(t, rolesIn(kind));
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      <Form of={form} action={pathOfGroup(c, "/invitar")}>
        <Choices of={form} name="roles" hint={t(words.rolesHint)} options={options} many />
        <Submit>{t(words.make)}</Submit>
      </Form>
      <OpenInvitations c={c} of={invitations.filter(({ state }) => state === "open")} />
      <PastInvitations c={c} of={invitations.filter(({ state }) => state !== "open")} />
      <p class="steps">
        <a class="button quiet" href={pathOfGroup(c)}>
          {t(groupWords.back)}
        </a>
      </p>
    </>,
  );
}

interface ListProps {
  c: PageContext;
  of: Invitation[];
}

function OpenInvitations({ c, of }: ListProps) {
  const { t } = c.var;
  return (
    <section aria-labelledby="open">
      <h2 id="open">{t(words.open)}</h2>
      {of.length === 0 ? (
        <p>{t(words.openNone)}</p>
      ) : (
        <ul class="cards">
          {of.map(({ id, ending, roles, expiresAt }) => (
            <li class="stack">
              <strong>{t(words.ending, { ending })}</strong>
              <small>
                {t(words.asRoles, { roles: rolesInWords(t, roles) })}{" "}
                {t(words.until, { moment: t.moment(expiresAt) })}
              </small>
              <form method="post" action={pathOfGroup(c, "/invitar/cerrar")}>
                <input type="hidden" name="id" value={id} />
                <button
                  type="submit"
                  class="stop"
                  aria-label={t.plain(words.revokeLabel, { ending })}
                >
                  {t(words.revoke)}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PastInvitations({ c, of }: ListProps) {
  const { t } = c.var;
  if (of.length === 0) return null;
  return (
    <details>
      <summary>{t(words.past)}</summary>
      <ul>
        {of.map(({ ending, state }) => (
          <li>
            {t(words.ending, { ending })}. {state !== "open" && t(words[state])}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The answer to the form itself and no page of its own: the code must stand in no address. */
function madePage(c: PageContext, made: NewInvitation) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.madeTitle },
    <>
      <h1>{t(words.made)}</h1>
      <InvitationCard t={t} made={made} />
      <p class="steps">
        <a class="button" href={pathOfGroup(c, "/invitar")}>
          {t(words.another)}
        </a>
        <a class="button quiet" href={pathOfGroup(c)}>
          {t(groupWords.back)}
        </a>
      </p>
    </>,
  );
}
