import { changeAccount } from "@telar/contracts/accounts";
import { answerForm } from "./form.tsx";
import { ownPath, type PageContext, pathWithReturn, type Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { safetyWords as words } from "./safety.words.ts";
import type { Message, Translate } from "./words.ts";

/** Pages that show nothing of any group, or that a person in a hurry must reach. */
const open =
  /^\/(seguridad|pausa|idioma|entrar|salir|confirmar|invitacion|cuenta|directorio)(\/|$)/;

/** Once for every account, before the first page that shows something of a group. */
export function serveSafety(web: Web): void {
  web.use(async (c, next) => {
    const { account } = c.var;
    const asks = c.req.method === "GET" && account && !account.safetySeen;
    if (!asks || open.test(c.req.path)) return next();
    return c.redirect(pathWithReturn("/seguridad/antes", c.req.path), 303);
  });
  const parts = { title: words.title, enhance: ["aloud"] };
  web.get("/seguridad", (c) => showPage(c, parts, <Safety c={c} />));
  web.get("/seguridad/antes", (c) => showPage(c, parts, <Before c={c} />));
  web.post("/seguridad/antes", (c) =>
    answerForm(c, {
      act: async (typed) => {
        if (c.var.account) await c.var.call(changeAccount, { safetySeen: true });
        return ownPath(typed.text("luego"));
      },
      again: ({ refusal }) => {
        throw refusal;
      },
    }),
  );
}

function Before({ c }: { c: PageContext }) {
  const { t } = c.var;
  const points = [words.beforeShared, words.beforeExit, words.beforeTraces, words.beforeLimits];
  return (
    <>
      <h1>{t(words.beforeHeading)}</h1>
      <p>{t(words.beforeLead)}</p>
      <Aloud t={t} />
      <Points t={t} of={points} />
      <form method="post" action="/seguridad/antes">
        <input type="hidden" name="luego" value={ownPath(c.req.query("luego"))} />
        <p class="steps">
          <button type="submit" class="main">
            {t(words.goOn)}
          </button>
          <a class="button quiet" href="/seguridad">
            {t(words.more)}
          </a>
        </p>
      </form>
    </>
  );
}

const sections: [Message, Message[]][] = [
  [words.leaving, [words.leavingWhere, words.leavingWhat, words.leavingCost]],
  [words.sharing, [words.sharingSignIn, words.sharingPassphrase, words.sharingOther]],
  [words.traces, [words.tracesHistory, words.tracesDeleting, words.tracesFiles]],
  [words.private, [words.privateDo, words.privateDont]],
  [
    words.limits,
    [
      words.limitsDevice,
      words.limitsPhotos,
      words.limitsServer,
      words.limitsStewards,
      words.limitsNetwork,
    ],
  ],
  [words.lost, [words.lostDo]],
];

function Safety({ c }: { c: PageContext }) {
  const { t, account } = c.var;
  return (
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      <Aloud t={t} />
      {sections.map(([heading, points]) => (
        <section>
          <h2>{t(heading)}</h2>
          <Points t={t} of={points} />
        </section>
      ))}
      {account && (
        <p>
          <a class="button" href="/cuenta">
            {t(words.openAccount)}
          </a>
        </p>
      )}
    </>
  );
}

/** For whoever would rather listen: `enhance/aloud.ts` shows it where the device has a voice of its own. */
function Aloud({ t }: { t: Translate }) {
  return (
    <div class="aloud" data-aloud={t.plain(words.aloudStop)} hidden>
      <button type="button">{t(words.aloud)}</button>
      <p class="hint">{t(words.aloudHint)}</p>
    </div>
  );
}

function Points({ t, of }: { t: Translate; of: readonly Message[] }) {
  return (
    <ul class="calm">
      {of.map((point) => (
        <li>{t(point)}</li>
      ))}
    </ul>
  );
}
