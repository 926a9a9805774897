import type { PauseLength } from "@telar/contracts/accounts";
import { Temporal } from "temporal-polyfill";
import type * as z from "zod";

const days = { today: 1, three_days: 3, week: 7 } as const;
const morning = Temporal.PlainTime.from("08:00");

/** When a pause ends: in the morning of the person's own zone; `until_i_return` ends by hand, in ten years at the latest. */
export function pauseEnd(length: z.infer<typeof PauseLength>, zone: string, now: Date): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const end =
    length === "until_i_return" ? today.add({ years: 10 }) : today.add({ days: days[length] });
  return new Date(end.withPlainTime(morning).epochMilliseconds);
}
