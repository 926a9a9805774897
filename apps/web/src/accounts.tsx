import {
  type Account,
  changeAccount,
  changePassphrase,
  closeAccount,
} from "@telar/contracts/accounts";
import { type GroupInside, getGroup } from "@telar/contracts/groups";
import { languages } from "@telar/contracts/languages";
import { mayLeave } from "@telar/rules/memberships";
import { accountWords as words } from "./accounts.words.ts";
import { answerPage } from "./answer-page.tsx";
import { Done, pathWhenDone } from "./done.tsx";
import {
  type Attempt,
  answerForm,
  Check,
  Form,
  formOf,
  Select,
  Submit,
  wordsOfRefusal,
} from "./form.tsx";
import { demandConfirmed, type PageContext, pathWithReturn, type Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { showPage } from "./layout.tsx";
import {
  asksForOthers,
  PassphraseOffer,
  passphraseLabels,
  wordsToOffer,
} from "./passphrase-offer.tsx";
import { OwnName } from "./sessions.tsx";
import type { Typed } from "./typed.ts";
import type { Message, Translate } from "./words.ts";
import { zoneOptions } from "./zones.ts";

export function serveAccounts(web: Web): void {
  web.get("/cuenta", async (c) => accountPage(c));
  web.post("/cuenta", (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { zone } = typed.input(changeAccount);
        const dataSaver = typed.text("dataSaver") !== "";
        await c.var.call(changeAccount, { zone, dataSaver });
        return pathWhenDone("/cuenta");
      },
      again: (attempt) => accountPage(c, attempt),
    }),
  );
  web.get("/cuenta/frase", async (c) => wordsPage(c));
  web.post("/cuenta/frase", (c) =>
    answerForm(c, {
      act: async (typed) => {
        if (asksForOthers(typed)) return wordsPage(c, typed);
        await c.var.call(changePassphrase, typed.input(changePassphrase));
        return pathWhenDone("/cuenta");
      },
      again: (attempt) => wordsPage(c, attempt.typed, attempt),
    }),
  );
  web.get("/cuenta/cerrar", async (c) => closePage(c));
  web.post("/cuenta/cerrar", (c) =>
    answerForm(c, {
      act: async () => {
        await c.var.call(closeAccount, {});
        c.set("account", undefined);
        return closedPage(c);
      },
      again: (attempt) => closePage(c, attempt),
    }),
  );
}

/** The signed-in person; whoever is not gets no further. */
function accountOf(c: PageContext): Account {
  demandAccount(c);
  return c.var.account as Account;
}

function doorsOf({ hasPassphrase }: Account): [href: string, name: Message, hint: Message][] {
  return [
    ["/cuenta/dispositivos", words.devices, words.devicesHint],
    ["/cuenta/frase", hasPassphrase ? words.words : words.wordsAdd, words.wordsHint],
    ["/cuenta/llaves", words.keys, words.keysHint],
    ["/cuenta/hoja", words.sheet, words.sheetHint],
    ["/cuenta/avisos", words.notices, words.noticesHint],
    ["/cuenta/archivo", words.archive, words.archiveHint],
  ];
}

async function accountPage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const account = accountOf(c);
  const { signInName, device } = account;
  return showPage(
    c,
    { title: words.title, attempt },
    <>
      <h1>{t(words.heading)}</h1>
      <Done c={c} />
      <p>{t(words.name, { name: <strong>{signInName}</strong> })}</p>
      <p>
        {t(device === "own" ? words.deviceOwn : words.deviceShared)} {t(words.deviceChange)}
      </p>
      <section aria-labelledby="ways">
        <h2 id="ways">{t(words.ways)}</h2>
        <ul class="cards">
          {doorsOf(account).map(([href, name, hint]) => (
            <li>
              <a href={href}>{t(name)}</a>
              <small>{t(hint)}</small>
            </li>
          ))}
        </ul>
      </section>
      <Settings c={c} account={account} attempt={attempt} />
      <ul class="ways">
        <li>
          <a href="/salir">{t(words.signOut)}</a>
        </li>
        <li>
          <a href="/cuenta/cerrar">{t(words.close)}</a>
        </li>
      </ul>
    </>,
  );
}

interface SettingsProps {
  c: PageContext;
  account: Account;
  attempt: Attempt | undefined;
}

function Settings({ c, account, attempt }: SettingsProps) {
  const { t } = c.var;
  const { zone, dataSaver, language } = account;
  const form = formOf(
    t,
    { zone: words.zone, dataSaver: words.dataSaver },
    { attempt, values: { zone, dataSaver: dataSaver ? "on" : "" } },
  );
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">{t(words.settings)}</h2>
      <p>
        {t(words.language, { language: languages[language].autonym })}{" "}
        <a href={pathWithReturn("/idioma", "/cuenta")}>{t(words.changeLanguage)}</a>
      </p>
      <Form of={form} action="/cuenta">
        <Select of={form} name="zone" hint={t(words.zoneHint)} options={zoneOptions(zone)} />
        <Check of={form} name="dataSaver" hint={t(words.dataSaverHint)} />
        <Submit>{t(words.save)}</Submit>
      </Form>
    </section>
  );
}

async function wordsPage(c: PageContext, typed?: Typed, attempt?: Attempt) {
  const { t } = c.var;
  const { signInName } = accountOf(c);
  demandConfirmed(c.var);
  const form = formOf(t, passphraseLabels, { attempt });
  const offered = await wordsToOffer(c, typed);
  return showPage(
    c,
    { title: words.wordsTitle, attempt },
    <>
      <h1>{t(words.wordsHeading)}</h1>
      <p>{t(words.wordsEnds)}</p>
      <p>
        {t(words.wordsKeys)} <a href="/cuenta/llaves">{t(words.keys)}</a>
      </p>
      <Form of={form} action="/cuenta/frase">
        <OwnName name={signInName} />
        <PassphraseOffer of={form} offered={offered} />
        <Submit>{t(words.wordsSet)}</Submit>
      </Form>
      <p>
        <a href="/cuenta">{t(words.back)}</a>
      </p>
    </>,
  );
}

type Place = Account["memberships"][number];

/** The groups that would be left without anybody to coordinate them. */
async function listLeftAlone(c: PageContext, places: Place[]): Promise<Place[]> {
  const coordinated = places.filter(({ roles }) => roles.includes("coordinator"));
  const groups = await Promise.all(
    coordinated.map(({ group }) => c.var.call(getGroup, { group }).catch(() => undefined)),
  );
  const stays = (inside: GroupInside | undefined) =>
    inside !== undefined &&
    !mayLeave(inside.you, inside.coordinators.length, inside.memberCount).allowed;
  return coordinated.filter((_, at) => stays(groups[at]?.inside));
}

async function closePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  const { memberships, steward } = accountOf(c);
  const leftAlone = await listLeftAlone(c, memberships);
  return showPage(
    c,
    { title: words.closeTitle, attempt },
    <>
      <h1>{t(words.closeHeading)}</h1>
      {attempt && (
        <p class="notice" role="alert">
          {wordsOfRefusal(t, attempt.refusal)}
        </p>
      )}
      <p>{t(words.closeErased)}</p>
      {memberships.length > 0 && <Leaving t={t} places={memberships} />}
      {steward && <p>{t(words.closeStewardship)}</p>}
      <LeftAlone t={t} places={leftAlone} />
      <form method="post" action="/cuenta/cerrar">
        <p class="steps">
          <Submit kind="stop">{t(words.closeNow)}</Submit>
          <a class="button" href="/cuenta">
            {t(words.keep)}
          </a>
        </p>
      </form>
    </>,
  );
}

interface PlacesProps {
  t: Translate;
  places: Place[];
}

function Leaving({ t, places }: PlacesProps) {
  return (
    <>
      <p>{t(words.closeLeaves)}</p>
      <ul>
        {places.map(({ groupName, alias }) => (
          <li>{t(words.closeAlias, { group: groupName, alias })}</li>
        ))}
      </ul>
      <p>{t(words.closeStays)}</p>
    </>
  );
}

function LeftAlone({ t, places }: PlacesProps) {
  return (
    <>
      {places.map(({ group, groupName }) => (
        <>
          <p class="notice">{t(words.closeAlone, { group: groupName })}</p>
          <a class="button" href={`/grupos/${group}/entregar`}>
            {t(words.handOver, { group: groupName })}
          </a>
        </>
      ))}
    </>
  );
}

function closedPage(c: PageContext) {
  const next = { href: "/", words: words.home };
  const answer = { title: words.closeTitle, heading: words.closed, next };
  return answerPage(c, answer, <p>{c.var.t(words.closedWhat)}</p>);
}
