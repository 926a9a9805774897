import type { GroupRecovery } from "@telar/contracts/group-recoveries";
import { GroupRecoveryId } from "@telar/contracts/ids";
import type { Membership } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { problem } from "./testing.ts";
import { group, openInside, place } from "./testing-groups.ts";

const ceiba = place(1, "Ceiba", false, "coordinator");
const nogal = place(2, "Nogal", true);
const copal = place(3, "Copal", false);
const open: GroupRecovery = {
  id: GroupRecoveryId.parse("019a0000-0000-7000-8000-000000000021"),
  group,
  groupName: "Tejido",
  candidate: "Copal",
  candidateIsYou: false,
  reason: "Ya no responde",
  askedByYou: false,
  membersAgreed: 1,
  stewardAgreed: false,
  youAgreed: false,
  youAgreedAsSteward: false,
};

interface Shown {
  you?: Membership;
  memberCount?: number;
  recovery?: Partial<GroupRecovery>;
  refuse?: Response;
  done?: boolean;
}

const openPage = ({ you = nogal, memberCount = 3, recovery, refuse, done = false }: Shown) =>
  openInside(
    "recuperacion",
    {
      you,
      memberCount,
      refuse,
      people: [ceiba, nogal, copal],
      resource: "recoveries",
      done: { done },
    },
    (api) =>
      api.get("/api/groups/:group/recoveries", (c) =>
        c.json(recovery ? [{ ...open, ...recovery }] : []),
      ),
  );

test("a member proposes somebody who does not coordinate, themselves too", async () => {
  const { read, send, acts } = openPage({});
  const html = await read();
  expect(html).toContain("Nogal (tú)");
  expect(html).toContain(`value="${copal.id}"`);
  expect(html).not.toContain(`value="${ceiba.id}"`);
  const fields = { candidate: copal.id, reason: "Ya no responde" };
  expect((await send(fields)).to).toBe(`/grupos/${group}/recuperacion`);
  expect(acts).toEqual([["POST", "", fields]]);
});

test("whoever coordinates is led to handing over, and one person alone to the stewards", async () => {
  const coordinator = await openPage({ you: { ...ceiba, you: true } }).read();
  expect(coordinator).toContain(`href="/grupos/${group}/entregar"`);
  expect(coordinator).not.toContain("candidate");
  expect(await openPage({ memberCount: 1 }).read()).toContain(
    "Para esto hacen falta dos personas en el grupo.",
  );
});

test.each([
  [0, false, "todavía ninguna de 2 ha dicho que sí", "falta que responda"],
  [1, false, "1 de 2 dijo que sí", "falta que responda"],
  [3, true, "ya son las 2 que hacen falta", "ya dijo que sí"],
])("%i members and a steward (%s) are said in words", async (members, steward, first, second) => {
  const recovery = { membersAgreed: members, stewardAgreed: steward };
  const html = await openPage({ recovery }).read();
  expect(html).toContain(first);
  expect(html).toContain(second);
});

test("a member agrees once, and goes to the group when that was the last agreement", async () => {
  const { read, send, acts } = openPage({ recovery: {} });
  expect(await read()).toContain('value="yes"');
  expect((await send({ answer: "yes" }, `/${open.id}`)).to).toBe(`/grupos/${group}/recuperacion`);
  expect(acts).toEqual([["POST", `/${open.id}/agreement`, {}]]);
  const last = openPage({ recovery: {}, done: true });
  expect((await last.send({ answer: "yes" }, `/${open.id}`)).to).toBe(`/grupos/${group}?listo`);
  expect(await openPage({ recovery: { youAgreed: true } }).read()).not.toContain('value="yes"');
});

test.each([
  [
    "who coordinates",
    { you: { ...ceiba, you: true }, recovery: {} },
    "Sigo aquí, detener la propuesta",
  ],
  ["who is proposed", { recovery: { candidateIsYou: true } }, "Prefiero no coordinar"],
  ["who proposed", { recovery: { askedByYou: true, youAgreed: true } }, "Retirar la propuesta"],
])("%s can stop it", async (_, shown, words) => {
  const { read, send, acts } = openPage(shown);
  expect(await read()).toContain(words);
  expect((await send({ answer: "stop" }, `/${open.id}`)).to).toBe(`/grupos/${group}?listo`);
  expect(acts).toEqual([["DELETE", `/${open.id}`, undefined]]);
});

test("others cannot stop it", async () => {
  expect(await openPage({ recovery: {} }).read()).not.toContain('value="stop"');
});

test("a refusal is said on the page", async () => {
  const refuse = Response.json(problem("already_done"), { status: 409 });
  const { status, text } = await openPage({ recovery: {}, refuse }).send(
    { answer: "yes" },
    `/${open.id}`,
  );
  expect(status).toBe(409);
  expect(text).toContain("Esto ya estaba hecho.");
});

const opensAt = "2026-11-29T00:00:00.000Z";

test("while it waits everybody reads from when it counts and who can stop it, and nobody is asked any more", async () => {
  const html = await openPage({
    recovery: { opensAt, membersAgreed: 2, stewardAgreed: true },
  }).read();
  expect(html).toContain(
    "Desde el <strong>sábado, 28 de noviembre, 18:00</strong>, Copal también coordina el grupo.",
  );
  expect(html).toContain("Hasta entonces, cualquier persona que coordine puede detenerlo aquí.");
  expect(html).not.toContain('value="yes"');
  expect(html).not.toContain('value="stop"');
});

test("who coordinates stops what waits, and the candidate reads it of themselves", async () => {
  const coordinator = openPage({ you: { ...ceiba, you: true }, recovery: { opensAt } });
  expect(await coordinator.read()).toContain("Sigo aquí, detener la propuesta");
  const candidate = openPage({ recovery: { opensAt, candidateIsYou: true } });
  expect(await candidate.read()).toContain("tú también coordinas el grupo");
});

test("before anybody proposes the page says that it waits where somebody coordinates", async () => {
  expect(await openPage({}).read()).toContain("hay siete días en los que cualquiera que coordine");
});

test("a fourth proposal in a week is refused in plain words", async () => {
  const refuse = Response.json(problem("weekly_limit"), { status: 409 });
  const { text } = await openPage({ refuse }).send({
    candidate: copal.id,
    reason: "Ya no responde",
  });
  expect(text).toContain("Deja pasar unos días");
});
