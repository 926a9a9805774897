import type { AccountId, SessionId, SpaceId } from "@telar/contracts/ids";
import type { Rhythm } from "@telar/contracts/notices";
import type { Sql } from "./connection.ts";

const first = "00000000-0000-0000-0000-000000000000";

export interface PersonToTell {
  account: AccountId;
  zone: string;
  pausedUntil: Date | null;
  quietFrom: string;
  quietTo: string;
  own: Rhythm;
  ownWaits: boolean;
  digestHour: number;
  digestedOn: string | null;
  spaces: { space: SpaceId; rhythm: "digest" | "at_once"; upTo: number; named: boolean }[];
}

/** A page of the people for whom there is something, as `telar_jobs`; they are told when the rules say so. */
export async function listPeopleToTell(
  sql: Sql,
  most: number,
  after: string = first,
): Promise<PersonToTell[]> {
  const people = await sql<PersonToTell[]>`
    select account, zone, paused_until, own, own_waits, digest_hour, to_char(quiet_from, 'HH24:MI') as quiet_from,
      to_char(quiet_to, 'HH24:MI') as quiet_to, digested_on, spaces
    from people_to_tell(${after}, ${most})`;
  return [...people];
}

/** Puts an entry for each space among the person's notices; their devices are to hear that there is something. */
export async function announce(
  sql: Sql,
  account: AccountId,
  told: {
    own: boolean;
    spaces: { space: SpaceId; upTo: number }[];
    digest?: string;
    throughQuiet: boolean;
  },
): Promise<void> {
  const { own, spaces, digest = null, throughQuiet } = told;
  await sql`
    select announce(${account}, ${own}, ${spaces.map(({ space }) => space)}::uuid[],
      ${spaces.map(({ upTo }) => upTo)}::bigint[], ${digest}, ${throughQuiet})`;
}

export interface PushToSend {
  session: SessionId;
  sealedEndpoint: string;
  passes: boolean;
  failures: number;
  zone: string;
  pausedUntil: Date | null;
  quietFrom: string;
  quietTo: string;
}

/** A page of the devices that are to hear of something, as `telar_jobs`. */
export async function listPushesToSend(
  sql: Sql,
  most: number,
  after: string = first,
): Promise<PushToSend[]> {
  const pushes = await sql<PushToSend[]>`
    select session, sealed_endpoint, passes, failures, zone, paused_until, to_char(quiet_from, 'HH24:MI') as quiet_from,
      to_char(quiet_to, 'HH24:MI') as quiet_to
    from pushes_to_send(${after}, ${most})`;
  return [...pushes];
}

/** The device heard of it, or, with `failures`, is tried again later. */
export async function markPushed(
  sql: Sql,
  session: SessionId,
  { failures, minutes }: { failures: number; minutes: number },
): Promise<void> {
  await sql`select mark_pushed(${session}, ${failures}, ${minutes})`;
}

/** The push service knows that address no more, or never answered. */
export async function removePush(sql: Sql, session: SessionId): Promise<void> {
  await sql`delete from push_subscriptions where session_id = ${session}`;
}
