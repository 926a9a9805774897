import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { Membership, Role } from "@telar/contracts/memberships";
import type { Hono } from "hono";
import { openWeb, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

export const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");

/** Somebody in the group, by the last digit of an id. */
export const place = (end: number, alias: string, you: boolean, ...roles: Role[]): Membership => ({
  id: MembershipId.parse(`019a0000-0000-7000-8000-00000000001${end}`),
  alias,
  roles: ["member", ...roles],
  you,
});

interface Inside {
  you: Membership;
  people: readonly Membership[];
  /** Where the page's acts go, below the group's. */
  resource: string;
  memberCount?: number;
  refuse?: Response | undefined;
  done?: object;
}

/** A page of a group, seen by one of its people: what it shows, and what it asks the hub to do. */
export function openInside(
  page: string,
  { you, people, resource, memberCount = people.length, refuse, done = {} }: Inside,
  serve: (api: Hono) => void,
) {
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
          coordinators: people.filter(({ roles }) => roles.includes("coordinator")),
          memberCount,
        },
      }),
    );
    api.get("/api/groups/:group/memberships", (c) => c.json({ entries: people }));
    serve(api);
    api.on(["POST", "DELETE"], "/api/*", async (c) => {
      const body = await c.req.json().catch(() => undefined);
      acts.push([c.req.method, c.req.path.replace(`/api/groups/${group}/${resource}`, ""), body]);
      return refuse ?? c.json(done);
    });
  });
  const path = `/grupos/${group}/${page}`;
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
