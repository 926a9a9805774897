import {
  type HubEvent,
  type HubEventKind,
  type StreamEvent,
  weightyKinds,
} from "@telar/contracts/events";
import type { Role } from "@telar/contracts/memberships";
import type { JudgeRole, ModerationAct } from "@telar/contracts/moderation";
import type { PeerChange } from "@telar/contracts/peers";
import type { Child } from "hono/jsx";
import { eventWords as words } from "./events.words.ts";
import { rolesInWords } from "./group-parts.tsx";
import { Icon } from "./icons.tsx";
import { HubName } from "./peer-parts.tsx";
import type { Message, Translate } from "./words.ts";

/** No kind of event without its sentence. */
const sentences: Readonly<Record<HubEventKind, Message>> = words;

const weighty = new Set(weightyKinds);

/** Whether an event stands out from the others. */
export const isWeighty = ({ kind }: HubEvent): boolean => weighty.has(kind);

type Named = Pick<StreamEvent, "event" | "names">;

/** An event as a sentence, with the reason that was given for it. */
export function EventText({ t, entry }: { t: Translate; entry: Named }) {
  const { event } = entry;
  return (
    <>
      <p>
        {isWeighty(event) && "steward" in event && <Icon name="look" />}{" "}
        {t(sentences[event.kind], valuesOf(t, entry))}
      </p>
      {"reason" in event && <small>{t(words.reason, { reason: event.reason })}</small>}
    </>
  );
}

interface Parts {
  kind: HubEventKind;
  by?: string | undefined;
  membership?: string;
  participant?: string;
  group?: string;
  coalition?: string;
  steward?: string | undefined;
  version?: number;
  opensOn?: string;
  roles?: readonly Role[];
  stays?: boolean;
  convener?: boolean;
  /** In which role somebody judged, never who. */
  role?: JudgeRole;
  act?: ModerationAct;
  /** Of another hub. */
  url?: string;
  state?: PeerChange;
}

/** Every name twice, as `by` and as `By`, the second to begin a sentence with. */
function valuesOf(t: Translate, { event, names }: Named) {
  const parts: Parts = event;
  const nameOf = (id: string | undefined, unknown: Message): [Child, Child] => {
    const known = id && names[id];
    if (known) return [<bdi>{known}</bdi>, <bdi>{known}</bdi>];
    const plain = t.plain(unknown);
    return [plain.charAt(0).toLocaleUpperCase(t.language) + plain.slice(1), plain];
  };
  const [By, by] = nameOf(parts.by, words.someone);
  const [Membership, membership] = nameOf(parts.membership, words.someone);
  const [Participant, participant] = nameOf(parts.participant, words.someone);
  const [Group, group] = nameOf(parts.group, words.aGroup);
  const [, coalition] = nameOf(parts.coalition, words.aCoalition);
  const steward = <bdi>{parts.steward}</bdi>;
  return {
    ...{
      By,
      by,
      Membership,
      membership,
      Participant,
      participant,
      Group,
      group,
      coalition,
      steward,
    },
    Judge: t(words[`judge_${parts.role ?? "facilitator"}`]),
    act: parts.act ?? "",
    url: <HubName url={parts.url ?? ""} />,
    state: parts.state ?? "",
    Who: parts.steward ? t(words.stewardWho, { steward }) : By,
    version: String(parts.version),
    day: parts.opensOn ? t.day(parts.opensOn) : "",
    roles: rolesInWords(t, parts.roles ?? []),
    stays: parts.stays ? "yes" : "no",
    convener: parts.convener ? "yes" : "no",
  };
}
