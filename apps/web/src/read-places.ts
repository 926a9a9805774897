import type { ParticipantId } from "@telar/contracts/ids";
import { getCookie, setCookie } from "hono/cookie";
import type { PageContext } from "./frame.ts";

/** How far somebody has read, kept by their own browser only; goes with every way out, as all cookies do. */
const cookie = "leido";
const spacesKept = 20;
const aMonth = 30 * 24 * 3600;

/** A person's place in a space is enough to tell whose mark it is, also where two people share a browser. */
const keyOf = (you: ParticipantId) => you.slice(0, 8);

type Mark = [key: string, place: number];

function readMarks(c: PageContext): Mark[] {
  const entries = (getCookie(c, cookie) ?? "").slice(0, 1000).split("_");
  return entries.flatMap((entry) => {
    const [, key, place] = /^([0-9a-f]{8})\.(\d{1,16})$/.exec(entry) ?? [];
    return key && place ? [[key, Number(place)] satisfies Mark] : [];
  });
}

/** Undefined on a first visit, when everything would be new. */
export function placeRead(c: PageContext, you: ParticipantId): number | undefined {
  return readMarks(c).find(([key]) => key === keyOf(you))?.[1];
}

/** Only ever goes on; of many spaces the latest are kept. */
export function keepPlaceRead(c: PageContext, you: ParticipantId, place: number): void {
  const known = placeRead(c, you);
  if (known !== undefined && known >= place) return;
  const others = readMarks(c).filter(([key]) => key !== keyOf(you));
  const marks: Mark[] = [[keyOf(you), place], ...others.slice(0, spacesKept - 1)];
  setCookie(c, cookie, marks.map((mark) => mark.join(".")).join("_"), {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: c.var.options.publicUrl.startsWith("https:"),
    ...(c.var.account?.device === "own" && { maxAge: aMonth }),
  });
}
