import type { GroupId, ParticipantId, SpaceId } from "@telar/contracts/ids";
import type { SpaceKind, SpaceSettings, SpaceState } from "@telar/contracts/spaces";
import type { Database } from "../connection.ts";

interface MadeSpace extends Partial<SpaceSettings> {
  kind?: SpaceKind | "one_to_one";
  state?: SpaceState;
}

/** Spaces and places put straight into the tables, before the wall. */
export function createSpaceCast(owner: Database) {
  return {
    async space(group: GroupId, made: MadeSpace = {}): Promise<SpaceId> {
      const id = crypto.randomUUID() as SpaceId;
      const { kind = "working", state = "open", ...settings } = made;
      await owner`
        insert into spaces (id, group_id, kind, title, state, keeps_days, slow_minutes, note_required, admission,
          holds_first, facilitated_hours, weekly_hours_max, guests)
        values (${id}, ${group}, ${kind}, 'Palabra', ${state}, ${settings.keepsDays ?? 90}, ${settings.slowMinutes ?? 0},
          ${settings.noteRequired ?? false}, false, ${settings.holdsFirst ?? 0}, ${settings.facilitatedHours ?? false},
          12, false)`;
      return id;
    },
    /** Somebody of the group takes part, by the alias of their membership there. */
    async place(
      space: SpaceId,
      {
        membership,
        alias,
        facilitator = false,
      }: { membership: string; alias: string; facilitator?: boolean },
    ): Promise<ParticipantId> {
      const id = crypto.randomUUID() as ParticipantId;
      await owner`
        insert into participants (id, space_id, account_id, group_id, alias, state, facilitator, accepted_version)
        select ${id}, ${space}, account_id, group_id, ${alias}, 'joined', ${facilitator}, 1
        from memberships where id = ${membership}`;
      return id;
    },
  };
}
