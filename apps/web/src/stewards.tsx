import { listStewards, removeSteward, type Steward } from "@telar/contracts/hub";
import { HubError } from "@telar/contracts/problems";
import { CentralPage } from "./central.tsx";
import { pathWhenDone } from "./done.tsx";
import { type Attempt, answerForm, Form, formOf, Submit } from "./form.tsx";
import { demandConfirmed, type PageContext, type Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { stewardWords as words } from "./stewards.words.ts";

export function serveStewards(web: Web): void {
  web.get("/central/cuidado", (c) => stewardsPage(c));
  web.get("/central/cuidado/:id", (c) => endPage(c, c.req.param("id")));
  web.post("/central/cuidado/:id", (c) =>
    answerForm(c, {
      act: async () => {
        const { you, id } = await findSteward(c, c.req.param("id"));
        await c.var.call(removeSteward, { id });
        return you ? "/" : pathWhenDone("/central/cuidado");
      },
      again: (attempt) => endPage(c, c.req.param("id"), attempt),
    }),
  );
}

async function findSteward(c: PageContext, id: string): Promise<Steward> {
  const found = (await c.var.call(listStewards, {})).find((steward) => steward.id === id);
  if (!found) throw new HubError("not_found");
  return found;
}

async function stewardsPage(c: PageContext) {
  const { t, call } = c.var;
  const stewards = await call(listStewards, {});
  return showPage(
    c,
    { title: words.title },
    <CentralPage c={c} heading={t(words.heading)}>
      <p>{t(words.lead)}</p>
      <ul class="rows">
        {stewards.map(({ id, alias, you }) => (
          <li>
            <span>
              {alias}
              {you && ` (${t.plain(words.you)})`}
            </span>
            <a
              class="button quiet"
              href={`/central/cuidado/${id}`}
              aria-label={you ? undefined : t.plain(words.endOf, { alias })}
            >
              {t(you ? words.endOwn : words.end)}
            </a>
          </li>
        ))}
      </ul>
      <p class="steps">
        <a class="button" href="/central/invitaciones">
          {t(words.invite)}
        </a>
      </p>
    </CentralPage>,
  );
}

async function endPage(c: PageContext, id: string, attempt?: Attempt) {
  const { t } = c.var;
  const { alias, you } = await findSteward(c, id);
  demandConfirmed(c.var);
  return showPage(
    c,
    { title: words.endTitle, attempt },
    <>
      <h1>{you ? t(words.endOwn) : t(words.endOf, { alias })}</h1>
      <p>{you ? t(words.endOwnWhat) : t(words.endWhat, { alias })}</p>
      <Form of={formOf(t, {}, { attempt })} action={`/central/cuidado/${id}`}>
        <Submit kind="stop">{t(words.confirmEnd)}</Submit>
        <a class="button" href="/central/cuidado">
          {t(words.keep)}
        </a>
      </Form>
    </>,
  );
}
