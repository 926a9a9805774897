import { randomBytes } from "node:crypto";
import * as z from "zod";
import { ProtocolProblem } from "./protocol-problem.ts";
import {
  digestOf,
  keyIdOf,
  parse,
  type SigningKey,
  signText,
  unprovenPayload,
  verifyText,
} from "./signed-text.ts";

/** In bytes. */
export const bodyMax = 1_000_000;
/** A token is about 520 bytes. */
const tokenMax = 8_192;

/** In seconds: how far the sender's clock may be behind or before ours, and how long a request lives. */
const behindMax = 90;
const aheadMax = 30;
const lifeMax = 120;
const life = 60;

/** A claim may be longer than it needs to be, but never of another kind: a list of audiences would pass for one of them. */
const Claims = z.object({
  iss: z.string().max(2048),
  aud: z.string().max(2048),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(22).max(128),
  htm: z.string().max(16),
  htu: z.string().max(4096),
  bd: z.string().max(64),
});
export type RequestClaims = z.infer<typeof Claims>;

interface Target {
  method: string;
  /** The whole address, with its query. */
  url: string;
  body: string | Uint8Array;
}

export interface OutgoingRequest extends Target {
  /** Addresses of hubs. */
  from: string;
  to: string;
  key: SigningKey;
  now: Date;
}

/** The value of the `Authorization` header, and the `jti` to which the answer must refer. */
export async function signRequest({ from, to, method, url, body, key, now }: OutgoingRequest) {
  const iat = Math.floor(now.getTime() / 1000);
  const jti = randomBytes(16).toString("base64url");
  const claims: RequestClaims = {
    iss: from,
    aud: to,
    iat,
    exp: iat + life,
    jti,
    htm: method,
    htu: url,
    bd: digestOf(body),
  };
  return { authorization: `HubJWS ${await signText("hubreq+jwt", claims, key)}`, jti };
}

export interface IncomingRequest extends Target {
  authorization: string | undefined;
  /** Our own address. */
  self: string;
  now: Date;
  /** The public key of a hub that may ask at all; it throws for any other hub. Undefined: no such key of that hub. */
  keyOf(iss: string, kid: string, now: Date): Promise<string | undefined>;
}

/**
 * What the request claims, proven in the order in which a stranger can make us work least. Whether `jti` came before is for
 * whoever writes the effects, in the same transaction.
 */
export async function verifyRequest(request: IncomingRequest): Promise<RequestClaims> {
  const { authorization = "", body, self, now, keyOf } = request;
  if (authorization.length > tokenMax || Buffer.byteLength(body) > bodyMax)
    throw new ProtocolProblem("too_large");
  const [, token] = /^HubJWS ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization) ?? [];
  if (!token) throw new ProtocolProblem("malformed");
  const kid = keyIdOf(token, "hubreq+jwt");
  const { iss } = claimsOf(unprovenPayload(token));
  const x = await keyOf(iss, kid, now);
  if (x === undefined) throw new ProtocolProblem("unknown_key");
  const claims = claimsOf(parse((await verifyText(token, "hubreq+jwt", x)).payload));
  if (claims.aud !== self) throw new ProtocolProblem("wrong_hub");
  demandTime(claims, now);
  if (claims.htm !== request.method || claims.htu !== request.url)
    throw new ProtocolProblem("wrong_target");
  if (claims.bd !== digestOf(body)) throw new ProtocolProblem("wrong_body");
  return claims;
}

/** How far the sender's clock is ahead of ours, in seconds; negative behind. */
export const skewOf = ({ iat }: Pick<RequestClaims, "iat">, now: Date) =>
  iat - Math.floor(now.getTime() / 1000);

function claimsOf(payload: unknown): RequestClaims {
  const { success, data, error } = Claims.safeParse(payload);
  if (!success) throw new ProtocolProblem("malformed", { cause: error });
  return data;
}

function demandTime(claims: RequestClaims, now: Date): void {
  const skew = skewOf(claims, now);
  const lives = claims.exp - claims.iat;
  if (skew < -behindMax || skew > aheadMax || lives <= 0 || lives > lifeMax)
    throw new ProtocolProblem("wrong_time");
}
