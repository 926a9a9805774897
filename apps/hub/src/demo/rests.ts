import { startPause } from "@telar/contracts/accounts";
import { changeNoticeSettings } from "@telar/contracts/notices";
import { listSpaces } from "@telar/contracts/spaces";
import { type Loading, personOf } from "./loading.ts";

/** Who rests, and who hears of their spaces once a day and never at night. */
export interface Rests {
  pausing: string;
  quiet: string;
}

export async function takeRests(loading: Loading): Promise<void> {
  const { rests } = loading.cast;
  if (!rests) return;
  await personOf(loading, rests.pausing).call(startPause, { length: "until_i_return" });
  const quiet = personOf(loading, rests.quiet);
  const spaces = await quiet.call(listSpaces, {});
  await quiet.call(changeNoticeSettings, {
    own: "digest",
    digestHour: 9,
    quietFrom: "20:00",
    quietTo: "08:30",
    digest: spaces.filter(({ standing }) => standing === "joined").map(({ id }) => id),
    atOnce: [],
  });
}
