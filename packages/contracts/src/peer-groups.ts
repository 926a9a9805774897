import * as z from "zod";
import { Capability, GroupCard, GroupKind } from "./groups.ts";
import { LanguageCode } from "./languages.ts";
import { operation } from "./operation.ts";
import { PageInput, pageOf } from "./paging.ts";
import { line } from "./text.ts";

/** A group of another hub that chose to be seen by peers, as its hub said at the last exchange. */
export const PeerGroup = GroupCard.extend({ hub: z.url() });
export type PeerGroup = z.infer<typeof PeerGroup>;

export const listPeerGroups = operation({
  summary: "The directory beyond this hub: groups of its peers, by name.",
  method: "GET",
  path: "/api/peer-groups",
  proof: "session",
  input: PageInput.extend({
    kind: GroupKind.optional(),
    capability: Capability.optional(),
    language: LanguageCode.optional(),
    /** The beginning of a name. */
    name: line(120).optional(),
  }),
  output: pageOf(PeerGroup),
});

/** What a hub answers a peer that asks for its directory (`POST /hub/v1/directory`). */
export const DirectorySaid = z.object({ groups: z.array(z.unknown()).max(2000) });
