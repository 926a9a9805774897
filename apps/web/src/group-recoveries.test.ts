import type { GroupRecovery } from "@telar/contracts/group-recoveries";
import { GroupId, GroupRecoveryId, MembershipId } from "@telar/contracts/ids";
import type { Membership, Role } from "@telar/contracts/memberships";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const place = (end: number, alias: string, you: boolean, ...roles: Role[]): Membership => ({
  id: MembershipId.parse(`019a0000-0000-7000-8000-00000000001${end}`),
  alias,
  roles: ["member", ...roles],
  you,
});
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

function openPage({ you = nogal, memberCount = 3, recovery, refuse, done = false }: Shown) {
  const acts: unknown[] = [];
  const levels = ["name", "about", "region", "languages", "capabilities", "contact"];
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups/:group", (c) =>
      c.json({
        id: group,
        name: "Tejido",
        kind: "victim_network",
        closed: false,
        profile: {},
        inside: {
          you,
          visibility: Object.fromEntries(levels.map((field) => [field, "members"])),
          twoCoordinators: false,
          coordinators: [ceiba],
          memberCount,
        },
      }),
    );
    api.get("/api/groups/:group/memberships", (c) => c.json({ entries: [ceiba, nogal, copal] }));
    api.get("/api/groups/:group/recoveries", (c) =>
      c.json(recovery ? [{ ...open, ...recovery }] : []),
    );
    api.on(["POST", "DELETE"], "/api/*", async (c) => {
      const body = await c.req.json().catch(() => undefined);
      acts.push([c.req.method, c.req.path.replace(`/api/groups/${group}/recoveries`, ""), body]);
      return refuse ?? c.json({ done });
    });
  });
  const path = `/grupos/${group}/recuperacion`;
  return {
    acts,
    read: async () => (await web.request(publicUrl + path, signedIn)).text(),
    send: async (fields: Record<string, string>, more = "") => {
      const answer = await web.request(publicUrl + path + more, sent(fields, signedIn.headers));
      return {
        status: answer.status,
        to: answer.headers.get("location"),
        text: await answer.text(),
      };
    },
  };
}

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
  expect((await last.send({ answer: "yes" }, `/${open.id}`)).to).toBe(`/grupos/${group}`);
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
  await send({ answer: "stop" }, `/${open.id}`);
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
