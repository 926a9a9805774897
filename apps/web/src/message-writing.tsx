import type { CircleNow } from "@telar/contracts/circles";
import { type Message, messageMax, postMessage } from "@telar/contracts/messages";
import { AttachmentField } from "./attachment-field.tsx";
import { attachmentWords } from "./attachments.words.ts";
import { speakerBeside } from "./circles.tsx";
import { circleWords } from "./circles.words.ts";
import { type Attempt, Field, Form, formOf, Submit, Textarea } from "./form.tsx";
import type { PageContext } from "./frame.ts";
import { SeeWhy } from "./message-parts.tsx";
import { messageWords as words } from "./messages.words.ts";
import { type JoinedSpace, pathOfSpace, spaceId } from "./space-inside.ts";
import { CrisisCards } from "./space-parts.tsx";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

/** Where the answer leads: what became of the message stands there. */
export async function postTyped(c: PageContext, typed: Typed): Promise<string> {
  const input = { ...typed.input(postMessage), space: spaceId(c) };
  const { outcome } = await c.var.call(postMessage, input);
  return pathOfSpace(c, `?hecho=${outcome}#hecho`);
}

interface WritingProps {
  c: PageContext;
  space: JoinedSpace;
  attempt?: Attempt | undefined;
  /** The message that is answered. */
  replyTo?: Message;
}

const isPast = (moment: string | undefined) => !moment || Date.parse(moment) <= Date.now();

/** Why somebody cannot write here now; undefined for everybody who can, even if only a draft. */
function whyNot(t: Translate, { kind, state, you }: JoinedSpace) {
  if (state === "preparing") return t(words.preparing);
  if (state === "closed") return t(words.closedState);
  if (!isPast(you.mutedUntil))
    return (
      <>
        {t(words.muted, { moment: t.moment(you.mutedUntil ?? "") })} <SeeWhy t={t} />
      </>
    );
  if (kind === "announcement" && !you.facilitator) return t(words.onlyFacilitators);
  return undefined;
}

/** Why one's words stay as they are now; undefined for everybody who can change them. */
export function whyNotChange(t: Translate, space: JoinedSpace, circle: CircleNow) {
  const refusal = whyNot(t, space);
  if (refusal) return refusal;
  if (!space.openNow) return <OpensLater t={t} space={space} />;
  const speaker = speakerBeside(space, circle);
  return speaker && t(circleWords.unchanging, { alias: <bdi>{speaker.alias}</bdi> });
}

/** The form, or the words for why there is none; it carries its message's id, so that sending twice is sending once. */
export function Writing({ c, space, attempt, replyTo }: WritingProps) {
  const { t, account } = c.var;
  const { you, settings } = space;
  const refusal = whyNot(t, space);
  if (refusal) return <p class="aside">{refusal}</p>;
  const { field: file } = attachmentWords;
  const form = formOf(
    t,
    { note: words.note, body: words.body, file, attachments: file },
    { attempt },
  );
  const id = attempt?.typed.text("id") || crypto.randomUUID();
  const replyToId = attempt?.typed.text("replyTo") || replyTo?.id;
  return (
    <div
      class="writing"
      {...(account?.device === "own" && { "data-outbox": you.id, "data-space": space.id })}
    >
      <Form of={form} action={pathOfSpace(c, "/mensajes")} files>
        <input type="hidden" name="id" value={id} />
        {replyToId && <input type="hidden" name="replyTo" value={replyToId} />}
        <Field
          of={form}
          name="note"
          hint={t(words.noteHint)}
          maxlength={120}
          optional={!settings.noteRequired}
        />
        <Textarea
          of={form}
          name="body"
          hint={<Limits t={t} space={space} />}
          maxlength={messageMax}
        />
        <AttachmentField t={t} space={space.id} attempt={attempt} />
        <Submit>{t(space.openNow ? words.send : words.keep)}</Submit>
      </Form>
      {account?.device === "own" && <Pending t={t} />}
    </div>
  );
}

/** What waits in this browser, for `enhance/outbox.ts` to fill; without a script nothing waits. */
function Pending({ t }: { t: Translate }) {
  return (
    <>
      <p role="status" class="notice" data-outbox-signal hidden>
        {t(words.noSignal)}
      </p>
      <ul class="cards" data-pending></ul>
      <template id="pendiente">
        <li class="stack">
          <small data-state={t.plain(words.arrived)}>{t(words.pending)}</small>
          <p class="note" data-note></p>
          <p data-body></p>
        </li>
      </template>
    </>
  );
}

function Limits({ t, space: { settings, you } }: { t: Translate; space: JoinedSpace }) {
  const { slowMinutes, keepsDays } = settings;
  const waits = you.mayPostFrom && !isPast(you.mayPostFrom);
  return (
    <>
      {t(words.bodyHint)} {t(words.writeFacts, { days: keepsDays })}{" "}
      {waits
        ? t(words.slowNow, { clock: t.clock(you.mayPostFrom ?? "") })
        : slowMinutes > 0 && t(words.slowHint, { minutes: slowMinutes })}
    </>
  );
}

/** Outside the hours: what still can be done, when it opens, and whom to call meanwhile (P07, P15). */
export function ClosedNow({ t, space }: { t: Translate; space: JoinedSpace }) {
  const { state, openNow, crisisCards } = space;
  if (state !== "open" || openNow) return null;
  return (
    <>
      <div class="notice">
        <p>
          <OpensLater t={t} space={space} />
        </p>
        <p>{t(words.draftOffer)}</p>
      </div>
      <CrisisCards t={t} cards={crisisCards} />
    </>
  );
}

const OpensLater = ({ t, space: { opensAt } }: { t: Translate; space: JoinedSpace }) => (
  <>
    {t(words.closedHours)} {opensAt && t(words.opensAt, { moment: t.moment(opensAt) })}
  </>
);
