import type { Figure } from "./figures.ts";
import { inFolder } from "./folders.ts";
import type { Size } from "./main.ts";
import { measureCrowd } from "./messaging/crowd.ts";
import { measureFanOut } from "./messaging/fan-out.ts";
import { measureExpiry, measureOpening } from "./messaging/sizes.ts";
import { Stage } from "./messaging/stage.ts";
import { measureWriting } from "./messaging/writing.ts";

/** Messages: what is measured, and what it is held against, take turns on one PostgreSQL. Ratios come first. */
export async function measureMessaging(size: Size): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const measure of [
    measureFanOut,
    measureWriting,
    measureCrowd,
    measureOpening,
    measureExpiry,
  ])
    figures.push(
      ...(await inFolder(async (folder) => {
        await using stage = await Stage.open(folder);
        return await measure(stage, size);
      })),
    );
  return figures.toSorted((one, other) => Number(isRatio(other)) - Number(isRatio(one)));
}

const isRatio = ({ unit }: Figure) => unit === "×";
