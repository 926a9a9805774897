import * as z from "zod";
import { ProtocolProblem } from "./protocol-problem.ts";
import { digestOf, keyIdOf, parse, type SigningKey, signText, verifyText } from "./signed-text.ts";

/** The header of a signed answer; without it a proxy could say in our name that all is done. */
export const answerHeader = "hub-answer";

const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  in_reply_to: z.string(),
  status: z.int(),
  bd: z.string(),
});

export interface Answer {
  status: number;
  body: string;
}

interface Between {
  from: string;
  to: string;
  /** The `jti` of the request. */
  inReplyTo: string;
}

export function signAnswer(
  { status, body }: Answer,
  { from, to, inReplyTo }: Between,
  key: SigningKey,
  now: Date,
): Promise<string> {
  const claims: z.infer<typeof Claims> = {
    iss: from,
    aud: to,
    iat: Math.floor(now.getTime() / 1000),
    in_reply_to: inReplyTo,
    status,
    bd: digestOf(body),
  };
  return signText("hubres+jwt", claims, key);
}

/** Throws unless the hub that was asked gave exactly this answer to exactly this request. */
export async function verifyAnswer(
  { status, body }: Answer,
  signature: string,
  { from, to, inReplyTo }: Between,
  keyOf: (kid: string) => Promise<string | undefined>,
): Promise<void> {
  const x = await keyOf(keyIdOf(signature, "hubres+jwt"));
  if (x === undefined) throw new ProtocolProblem("unknown_key");
  const { payload } = await verifyText(signature, "hubres+jwt", x);
  const { success, data } = Claims.safeParse(parse(payload));
  if (!success) throw new ProtocolProblem("malformed");
  if (data.iss !== from || data.aud !== to) throw new ProtocolProblem("wrong_hub");
  if (data.in_reply_to !== inReplyTo) throw new ProtocolProblem("wrong_reply");
  if (data.status !== status || data.bd !== digestOf(body)) throw new ProtocolProblem("wrong_body");
}
