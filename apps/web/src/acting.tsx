import type { MessageId, ParticipantId, ReportId, SpaceId } from "@telar/contracts/ids";
import { hideMessage, moderateParticipant, PlaceAct } from "@telar/contracts/moderation";
import { removeFacilitator } from "@telar/contracts/participants";
import { type Attempt, Choices, Field, Form, formOf, Submit } from "./form.tsx";
import type { PageContext } from "./frame.ts";
import { judgingWords as words } from "./judging.words.ts";
import type { Typed } from "./typed.ts";

interface Judged {
  space: SpaceId;
  person: ParticipantId;
  message?: MessageId | undefined;
  report?: ReportId | undefined;
}

/** Does what was chosen: to the message, or to the place of whoever wrote it. */
export async function actTyped(c: PageContext, typed: Typed, judged: Judged): Promise<void> {
  const { space, person, message, report } = judged;
  const because = { space, ...(report && { report }) };
  const act = typed.text("act");
  if (act === "hide" && message)
    await c.var.call(hideMessage, { ...typed.input(hideMessage), ...because, id: message });
  else if (act === "relieve")
    await c.var.call(removeFacilitator, { ...typed.input(removeFacilitator), space, id: person });
  else
    await c.var.call(moderateParticipant, {
      ...typed.input(moderateParticipant),
      ...because,
      id: person,
    });
}

interface ActFormProps {
  c: PageContext;
  action: string;
  /** There is a message that can be hidden. */
  hides: boolean;
  /** Whoever it is about facilitates. */
  relieves?: boolean;
  attempt: Attempt | undefined;
}

const hints = {
  warn: words.warnHint,
  slow_down: words.slowHint,
  mute: words.muteHint,
  relieve: words.relieveHint,
} as const;

/** What can be done, with the reason that its person reads. */
export function ActForm({ c, action, hides, relieves = false, attempt }: ActFormProps) {
  const { t } = c.var;
  const labels = {
    act: words.act,
    reason: words.reason,
    days: words.days,
    minutes: words.minutes,
  };
  const form = formOf(t, labels, { attempt, values: { days: "1", minutes: "30" } });
  const acts = [
    ...(hides ? (["hide"] as const) : []),
    ...PlaceAct.options,
    ...(relieves ? (["relieve"] as const) : []),
  ];
  const hintOf = (act: string) => hints[act as keyof typeof hints];
  const options = acts.map((value) => ({
    value,
    label: t(words[value]),
    ...(hintOf(value) && { hint: t(hintOf(value)) }),
  }));
  return (
    <Form of={form} action={action}>
      <Choices of={form} name="act" options={options} />
      <div class="stack for-a-while">
        <Field of={form} name="days" type="number" hint={t(words.daysHint)} />
      </div>
      <div class="stack for-calm">
        <Field of={form} name="minutes" type="number" hint={t(words.minutesHint)} />
      </div>
      <Field of={form} name="reason" hint={t(words.reasonHint)} maxlength={300} />
      <Submit kind="plain">{t(words.decideAct)}</Submit>
    </Form>
  );
}
