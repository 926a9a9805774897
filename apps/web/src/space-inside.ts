import type { MessageId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import { getSpace, type Space } from "@telar/contracts/spaces";
import type { PageContext } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";

/** The pages of one space; anything that is no id is no space. */
export const spacePath = "/espacios/:space{[0-9a-f-]{36}}";
/** Somebody in it. */
export const participantPath = (page: string) => `${spacePath}/${page}/:id{[0-9a-f-]{36}}` as const;

export const spaceId = (c: PageContext) => c.req.param("space") as SpaceId;
export const participantId = (c: PageContext) => c.req.param("id") as ParticipantId;
export const pathOfSpace = (c: PageContext, more = "") => `/espacios/${spaceId(c)}${more}`;

export async function readSpace(c: PageContext): Promise<Space> {
  demandAccount(c);
  return c.var.call(getSpace, { space: spaceId(c) });
}

/** A space as those see it who said yes to its rules. */
export type JoinedSpace = Space & { you: NonNullable<Space["you"]> };

/** Everybody else is led to where they read the rules and decide. */
export async function within(
  c: PageContext,
  show: (space: JoinedSpace) => Response | Promise<Response>,
): Promise<Response> {
  const space = await readSpace(c);
  const { standing, you } = space;
  if (standing !== "joined" || !you) return c.redirect(pathOfSpace(c, "/entrar"), 303);
  return show({ ...space, you });
}

/** The pages of one message of a space. */
export const messagePath = `${spacePath}/mensajes/:message{[0-9a-f-]{36}}` as const;
export const whichMessage = (c: PageContext) => ({
  space: spaceId(c),
  id: c.req.param("message") as MessageId,
});
export const pathOfThisMessage = (c: PageContext, more = "") =>
  pathOfSpace(c, `/mensajes/${whichMessage(c).id}${more}`);
