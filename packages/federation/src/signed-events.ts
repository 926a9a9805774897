import * as z from "zod";
import { ProtocolProblem } from "./protocol-problem.ts";
import { digestOf, keyIdOf, parse, type SigningKey, signText, verifyText } from "./signed-text.ts";

/** In characters of the compact form. */
const eventMax = 64_000;

/** What happened, as its hub signed it once. A type or version that we do not know is kept and shown as unknown. */
const SignedEvent = z.object({
  v: z.int().min(1),
  id: z.uuid(),
  stream: z.string().max(200),
  type: z.string().max(100),
  /** `pseudonymous-id@hub`; never an account. */
  author: z.string().max(300),
  ts: z.iso.datetime(),
  body: z.record(z.string(), z.json()),
});
export type SignedEvent = z.infer<typeof SignedEvent>;

export const signEvent = (event: SignedEvent, key: SigningKey): Promise<string> =>
  signText("hubevt+jws", event, key);

/** Throws unless this key of the origin signed it. Stored and passed on as these bytes, never written anew. */
export async function verifyEvent(
  jws: string,
  keyOf: (kid: string) => Promise<string | undefined>,
): Promise<SignedEvent> {
  if (jws.length > eventMax) throw new ProtocolProblem("too_large");
  return read(SignedEvent, jws, "hubevt+jws", keyOf);
}

/** The home's word that it took the event in at this place; each names the receipt before. */
const Receipt = z.object({
  stream: z.string().max(200),
  place: z.int().min(1),
  event_sha256: z.string(),
  /** Empty for the first place. */
  prev_sha256: z.string(),
  accepted_at: z.iso.datetime(),
});
export type Receipt = z.infer<typeof Receipt>;

export const signReceipt = (receipt: Receipt, key: SigningKey): Promise<string> =>
  signText("hubseq+jws", receipt, key);

/** Throws unless the home signed it for this event, next to the receipt before: two histories of one stream come to light here. */
export async function verifyReceipt(
  jws: string,
  eventJws: string,
  before: { jws: string; place: number } | undefined,
  keyOf: (kid: string) => Promise<string | undefined>,
): Promise<Receipt> {
  const receipt = await read(Receipt, jws, "hubseq+jws", keyOf);
  if (receipt.event_sha256 !== digestOf(eventJws)) throw new ProtocolProblem("wrong_body");
  const follows =
    receipt.place === (before?.place ?? 0) + 1 &&
    receipt.prev_sha256 === (before ? digestOf(before.jws) : "");
  if (!follows) throw new ProtocolProblem("broken_chain");
  return receipt;
}

async function read<Shape extends z.ZodType>(
  shape: Shape,
  jws: string,
  type: "hubevt+jws" | "hubseq+jws",
  keyOf: (kid: string) => Promise<string | undefined>,
): Promise<z.infer<Shape>> {
  const x = await keyOf(keyIdOf(jws, type));
  if (x === undefined) throw new ProtocolProblem("unknown_key");
  const { payload } = await verifyText(jws, type, x);
  const { success, data, error } = shape.safeParse(parse(payload));
  if (!success) throw new ProtocolProblem("malformed", { cause: error });
  return data;
}
