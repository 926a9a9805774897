import { type CoalitionCard, listCoalitions } from "@telar/contracts/coalitions";
import { foundSpace, SpaceKind } from "@telar/contracts/spaces";
import { coordinates } from "@telar/rules/memberships";
import { EmptyState } from "./empty-state.tsx";
import {
  type Attempt,
  answerForm,
  Choices,
  Field,
  Form,
  formOf,
  Submit,
  Textarea,
} from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import { newSpacePath } from "./spaces.tsx";
import { spaceWords as words } from "./spaces.words.ts";
import type { Typed } from "./typed.ts";

export function serveSpaceFounding(web: Web): void {
  web.get(newSpacePath, (c) => newPage(c));
  web.post(newSpacePath, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const input = { ...typed.input(foundSpace), ...ownerOf(typed) };
        const { space } = await c.var.call(foundSpace, { ...input, settings: undefined });
        return `/espacios/${space}`;
      },
      again: (attempt) => newPage(c, attempt),
    }),
  );
}

/** `group` alone, or a coalition and the group through which somebody takes part in it. */
const ownerValue = (group: string, coalition?: string) => [group, coalition].join(" ").trim();

function ownerOf(typed: Typed) {
  const [group, coalition] = typed.text("owner").split(" ");
  const input = coalition ? { coalition, through: group } : { group };
  return input as { group: never };
}

/** What somebody coordinates: their groups, and the coalitions that these convene. */
async function possibleOwners(c: PageContext) {
  const { t, account, call } = c.var;
  const groups = (account?.memberships ?? []).filter(coordinates);
  const coordinated = new Set(groups.map(({ group }) => group));
  const convened = groups.length === 0 ? [] : await call(listCoalitions, {});
  const isOwn = ({ group, convener, state }: CoalitionCard) =>
    convener && state === "member" && coordinated.has(group);
  return [
    ...groups.map(({ group, groupName: name }) => ({
      value: ownerValue(group),
      label: t(words.ownerGroup, { name }),
      name,
    })),
    ...convened.filter(isOwn).map(({ id, name, group, groupName }) => ({
      value: ownerValue(group, id),
      label: t(words.ownerCoalition, { name, group: groupName }),
      name,
    })),
  ];
}

const labels = {
  owner: words.owner,
  kind: words.kind,
  title: words.spaceTitle,
  purpose: words.purpose,
  rules: words.rules,
  alias: words.alias,
};

async function newPage(c: PageContext, attempt?: Attempt) {
  demandAccount(c);
  const { t } = c.var;
  const owners = await possibleOwners(c);
  const [first] = owners;
  const wished = owners.find(({ value }) => value.split(" ").includes(c.req.query("de") ?? ""));
  const values = { owner: (wished ?? first)?.value ?? "" };
  const form = formOf(t, labels, { attempt, values });
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.newHeading)}</h1>
      {!first ? (
        <EmptyState step={{ href: "/grupos", words: t(words.toGroups) }}>
          {t(words.nobodyCoordinates)}
        </EmptyState>
      ) : (
        <>
          <p>{t(words.newLead)}</p>
          <Form of={form} action={newSpacePath}>
            {owners.length === 1 ? (
              <>
                <input type="hidden" name="owner" value={first.value} />
                <p class="hint">{t(words.onlyOwner, { name: first.name })}</p>
              </>
            ) : (
              <Choices of={form} name="owner" options={owners} />
            )}
            <Choices
              of={form}
              name="kind"
              options={SpaceKind.options.map((value) => ({
                value,
                label: t(words[value]),
                hint: t(words[`${value}Hint`]),
              }))}
            />
            <Field of={form} name="title" hint={t(words.spaceTitleHint)} maxlength={120} />
            <Field of={form} name="purpose" maxlength={300} />
            <Textarea
              of={form}
              name="rules"
              hint={t(words.rulesHint)}
              rows={8}
              maxlength={10_000}
            />
            <Field of={form} name="alias" hint={t(words.aliasHint)} maxlength={40} exact />
            <Submit>{t(words.create)}</Submit>
          </Form>
        </>
      )}
      <p>
        <a href="/espacios">{t(words.backToList)}</a>
      </p>
    </>,
  );
}
