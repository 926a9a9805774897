import { voiceMaxBytes, voiceMaxSeconds } from "@telar/contracts/attachments";
import { HubError } from "@telar/contracts/problems";
import { readOgg } from "./ogg.ts";
import { type OpusSound, secondsOf } from "./opus.ts";
import { readWebm, writeWebm } from "./webm.ts";

export interface Voice {
  sound: Buffer;
  seconds: number;
}

/** A recorder stops a little after it is asked to. */
const toleranceSeconds = 1;

/** A recording put into a new wrapping: of the old one, with what it tells of the device and the time, nothing is left. */
export function wrapVoice(recorded: Buffer, wrapping: "webm" | "ogg"): Voice {
  const sound = read(recorded, wrapping);
  const seconds = secondsOf(sound.packets);
  if (seconds > voiceMaxSeconds + toleranceSeconds) throw refusal("too_long");
  if (seconds <= 0) throw refusal("wrong_form");
  const wrapped = writeWebm(sound);
  if (wrapped.length > voiceMaxBytes) throw new HubError("too_large");
  return { sound: wrapped, seconds: Math.max(1, Math.min(Math.round(seconds), voiceMaxSeconds)) };
}

function read(recorded: Buffer, wrapping: "webm" | "ogg"): OpusSound {
  try {
    return wrapping === "webm" ? readWebm(recorded) : readOgg(recorded);
  } catch (cause) {
    throw refusal("wrong_form", cause);
  }
}

const refusal = (problem: "too_long" | "wrong_form", cause?: unknown) =>
  new HubError("invalid_input", undefined, { fields: { file: problem }, cause });
