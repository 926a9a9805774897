import { expect, test } from "vitest";
import { mayInvite, mayTryAnotherName } from "./invitations.ts";
import { no, yes } from "./verdict.ts";

const asked = { kind: "victim_network", roles: [], openInvitations: 0, limit: 3 } as const;
const ask = (change: object) => ({ ...asked, roles: [], ...change });

test("a coordinator invites, up to the hub's limit of open invitations", () => {
  const coordinator = { roles: ["member" as const, "coordinator" as const] };
  expect(mayInvite(coordinator, ask({ openInvitations: 2 })).allowed).toBe(true);
  expect(mayInvite(coordinator, ask({ openInvitations: 3 }))).toMatchObject({
    because: "limit_reached",
  });
  expect(mayInvite({ roles: ["member", "facilitator"] }, ask({}))).toMatchObject({
    because: "not_allowed",
  });
});

test("an institution invites no facilitators and no signatories", () => {
  const coordinator = { roles: ["coordinator" as const] };
  expect(mayInvite(coordinator, ask({ kind: "institution", roles: ["signatory"] })).allowed).toBe(
    false,
  );
  expect(mayInvite(coordinator, ask({ kind: "institution", roles: ["coordinator"] })).allowed).toBe(
    true,
  );
});

test("five names that are taken are a coincidence, the sixth closes the invitation", () => {
  expect([1, 5].map(mayTryAnotherName)).toEqual([yes, yes]);
  expect([6, 7].map(mayTryAnotherName)).toEqual(Array(2).fill(no("invitation_closed")));
});
