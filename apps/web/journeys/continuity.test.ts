import {
  changeAccount,
  closeAccount,
  getAccount,
  offerPassphrase,
} from "@telar/contracts/accounts";
import {
  agreeToGroupRecovery,
  askGroupRecovery,
  listGroupRecoveries,
} from "@telar/contracts/group-recoveries";
import { changeProfile, foundGroup } from "@telar/contracts/groups";
import type { GroupId, GroupRecoveryId, MembershipId } from "@telar/contracts/ids";
import { inviteAsSteward, inviteToGroup, joinByInvitation } from "@telar/contracts/invitations";
import { listMemberships } from "@telar/contracts/memberships";
import { Person } from "@telar/contracts/person";
import { signIn } from "@telar/contracts/sessions";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, inject, test } from "vitest";
import { cookiesOf, openBrowser, type Visit } from "./browser.ts";

const hub = inject("hub");
const open: Visit[] = [];
afterEach(() => Promise.all(open.splice(0).map((visit) => visit.close())));

async function browse(person: Person, javaScript: boolean): Promise<Page> {
  const visit = await openBrowser(hub.url, { javaScript });
  open.push(visit);
  await visit.context.addCookies(cookiesOf(person.cookieHeader, hub.url));
  return visit.context.pages()[0] ?? visit.context.newPage();
}

async function join(code: string, signInName: string): Promise<Person> {
  const person = new Person(fetch, hub.url);
  const { passphrase } = await person.call(offerPassphrase, {});
  await person.call(joinByInvitation, {
    code,
    signInName: `entra ${signInName}`,
    alias: signInName,
    passphrase,
    device: "own",
  });
  await person.call(changeAccount, { safetySeen: true });
  return person;
}

/** The steward, signed in just now. */
async function freshSteward(): Promise<Person> {
  const person = new Person(fetch, hub.url);
  const { signInName, passphrase } = hub.steward;
  await person.call(signIn, { signInName, passphrase, device: "own" });
  return person;
}

async function found(name: string, alias: string) {
  const steward = await freshSteward();
  const { code } = await steward.call(inviteAsSteward, { purpose: "founding" });
  const coordinator = await join(code, alias);
  const made = { name, languages: ["es" as const], capabilities: [] };
  const { group } = await coordinator.call(foundGroup, { ...made, kind: "victim_network", alias });
  const field = "members" as const;
  const visibility = {
    name: "peers" as const,
    about: field,
    region: field,
    languages: field,
    capabilities: field,
    contact: field,
  };
  await coordinator.call(changeProfile, { ...made, group, visibility });
  const invite = async (who: string) =>
    join((await coordinator.call(inviteToGroup, { group, roles: [] })).code, who);
  return { group, coordinator, invite };
}

const readText = async (page: Page) => (await page.textContent("main")) ?? "";
const send = (page: Page) => page.click("main button.main");
const rolesOf = async (person: Person, group: GroupId) =>
  (await person.call(getAccount, {})).memberships.find((place) => place.group === group)?.roles;

describe.each([true, false])("groups go on, with JavaScript: %s (W02)", (javaScript) => {
  const named = (word: string) => `${word} ${javaScript ? "del cerro" : "del llano"}`;

  test("a coordination is offered, read calmly, and taken over", async () => {
    const { group, coordinator, invite } = await found(named("Milpa"), named("Ayacahuite"));
    const taker = await invite(named("Capulín"));
    const giving = await browse(coordinator, javaScript);
    await giving.goto(`/grupos/${group}/entregar`);
    await giving.check(`main label:has-text("${named("Capulín")}") input`);
    await giving.check('[name="staysCoordinator"][value="false"]');
    await giving.fill("#note", "La próxima reunión es el sábado.");
    await send(giving);
    expect(await readText(giving)).toContain("Espera respuesta");

    const taking = await browse(taker, javaScript);
    await taking.goto("/");
    await taking.click('main a:text-is("Ver el ofrecimiento")');
    expect(await readText(taking)).toContain("La próxima reunión es el sábado.");
    await send(taking);
    expect(await rolesOf(taker, group)).toContain("coordinator");
    expect(await rolesOf(coordinator, group)).toEqual(["member"]);
    await taking.goto(`/grupos/${group}/bitacora`);
    expect(await readText(taking)).toContain(
      `${named("Capulín")} recibió la coordinación de ${named("Ayacahuite")}.`,
    );
  });

  test("two members and a steward give a group its coordination back together (G05)", async () => {
    const { group, coordinator, invite } = await found(named("Nopalera"), named("Zapote"));
    const [asker, candidate] = [await invite(named("Tejocote")), await invite(named("Mamey"))];
    await coordinator.call(closeAccount, {});
    const asking = await browse(asker, javaScript);
    await asking.goto(`/grupos/${group}/recuperacion`);
    await asking.check(`main label:has-text("${named("Mamey")}") input`);
    await asking.fill("#reason", "No responde desde hace un mes");
    await send(asking);
    expect(await readText(asking)).toContain("1 de 2 dijo que sí");

    const agreeing = await browse(candidate, javaScript);
    await agreeing.goto(`/grupos/${group}/recuperacion`);
    await send(agreeing);
    expect(await readText(agreeing)).toContain("ya son las 2 que hacen falta");
    expect(await rolesOf(candidate, group)).toEqual(["member"]);

    const caring = await browse(await freshSteward(), javaScript);
    await caring.goto("/central/recuperaciones");
    await caring.click(`main li:has-text("${named("Nopalera")}") button[name="agree"]`);
    expect(await rolesOf(candidate, group)).toContain("coordinator");
    await asking.goto(`/grupos/${group}/bitacora`);
    expect(await readText(asking)).toContain(`Desde ahora también coordina ${named("Mamey")}.`);
  });

  test("whoever still coordinates reads until when, and stops a recovery with one button (G05)", async () => {
    const { group, coordinator, invite } = await found(named("Huizachal"), named("Tepozán"));
    const [asker, candidate] = [await invite(named("Colorín")), await invite(named("Cazahuate"))];
    const { entries } = await asker.call(listMemberships, { group });
    const proposed = entries.find(({ alias }) => alias === named("Cazahuate"));
    await asker.call(askGroupRecovery, {
      group,
      candidate: proposed?.id as MembershipId,
      reason: "No responde",
    });
    const [open] = await candidate.call(listGroupRecoveries, { group });
    await candidate.call(agreeToGroupRecovery, { group, id: open?.id as GroupRecoveryId });
    const caring = await browse(await freshSteward(), javaScript);
    await caring.goto("/central/recuperaciones");
    await caring.click(`main li:has-text("${named("Huizachal")}") button[name="agree"]`);
    expect(await rolesOf(candidate, group)).toEqual(["member"]);

    const asking = await browse(asker, javaScript);
    await asking.goto(`/grupos/${group}/recuperacion`);
    expect(await readText(asking)).toContain(`${named("Cazahuate")} también coordina el grupo.`);

    const here = await browse(coordinator, javaScript);
    await here.goto(`/grupos/${group}`);
    await here.click('button:text-is("Sigo aquí, detenerlo")');
    expect(new URL(here.url()).pathname).toBe(`/grupos/${group}`);
    await asking.goto(`/grupos/${group}/bitacora?solo=importante`);
    expect(await readText(asking)).toContain(`${named("Tepozán")} detuvo la propuesta.`);
  });

  test("a group reads an agreement, comes in, is asked again, and leaves with what stood (G03)", async () => {
    const one = await found(named("Tejido"), named("Pochote"));
    const other = await found(named("Vecindad"), named("Amate"));
    const convening = await browse(one.coordinator, javaScript);
    await convening.goto("/coaliciones/nueva");
    await convening.fill("#name", named("Mesa"));
    await convening.fill("#agreement", "Nos cuidamos.\n\nNadie habla por todas.");
    await send(convening);
    const coalition = new URL(convening.url()).pathname;
    await convening.goto(`${coalition}/invitar?name=${encodeURIComponent(named("Vecindad"))}`);
    await convening.click('main button[name="group"]');

    const answering = await browse(other.coordinator, javaScript);
    await answering.goto("/coaliciones");
    await answering.click(`main a:text-is("${named("Mesa")}")`);
    await answering.click('main a:text-is("Leer el acuerdo y responder")');
    expect(await readText(answering)).toContain("Nadie habla por todas.");
    await send(answering);
    expect(new URL(answering.url()).pathname).toBe(coalition);

    await convening.goto(`${coalition}/acuerdo`);
    await convening.fill("#agreement", "Nos cuidamos, y descansamos.");
    await send(convening);
    expect(await readText(convening)).toContain("falta que responda al texto nuevo");
    await answering.goto(coalition);
    await answering.click('main a:text-is("Leer el acuerdo y responder")');
    await send(answering);

    await answering.goto(coalition);
    await answering.click(`main a:has-text("Salir de la coalición")`);
    await answering.click("main button.stop");
    await convening.goto(`${coalition}/acuerdo`);
    await convening.fill("#agreement", "Esto ya no les toca.");
    await send(convening);
    await answering.goto(coalition);
    expect(await readText(answering)).toContain("Nos cuidamos, y descansamos.");
    expect(await readText(answering)).not.toContain("Esto ya no les toca.");
    expect((await answering.goto(`${coalition}/bitacora`))?.status()).toBe(404);
  });
});
