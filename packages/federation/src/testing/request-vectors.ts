import { createHash, createHmac, createPrivateKey, sign } from "node:crypto";
import type { PrivateKey } from "../key-document.ts";
import type { ProtocolReason } from "../protocol-problem.ts";

/** A request as it arrives, and what a hub must say of it. */
export interface RequestVector {
  name: string;
  authorization: string;
  method: string;
  url: string;
  body: string;
  /** Seconds since 1970 at the hub that is asked. */
  now: number;
  verdict: "accepted" | ProtocolReason;
}

export interface VectorHubs {
  from: string;
  to: string;
  /** Of the hub that asks; `before` has ended, `revoked` was taken back, and `stranger` is of nobody. */
  keys: Record<"online" | "before" | "revoked" | "stranger", PrivateKey & { kid: string }>;
}

type Part = Record<string, unknown>;
interface Changes {
  header?: Part;
  claims?: Part;
  without?: { header?: string[]; claims?: string[] };
  key?: PrivateKey & { kid: string };
  method?: string;
  url?: string;
  body?: string;
  now?: number;
  /** Last, over the finished header value. */
  rewrite?: (authorization: string) => string;
  /** In place of the signature. */
  signature?: (signed: string) => Buffer;
}

const now = 1_795_262_400;
const method = "POST";
const body = JSON.stringify({ events: [] });

type Make = (name: string, verdict: RequestVector["verdict"], changes?: Changes) => RequestVector;

/** Valid requests, and hostile ones, each a valid one with one thing changed. */
export function requestVectors(hubs: VectorHubs): RequestVector[] {
  const make = vectorMaker(hubs);
  return [valid, ofKeys, ofClaims, ofShape].flatMap((group) => group(make, hubs));
}

function vectorMaker(hubs: VectorHubs): Make {
  const url = inboxOf(hubs);
  const base = {
    iss: hubs.from,
    aud: hubs.to,
    iat: now,
    exp: now + 60,
    jti: "AAAAAAAAAAAAAAAAAAAAAA",
    htm: method,
    htu: url,
    bd: digest(body),
  };
  return (name, verdict, changes = {}) => {
    const key = changes.key ?? hubs.keys.online;
    const header = omit(
      { alg: "Ed25519", typ: "hubreq+jwt", kid: key.kid, ...changes.header },
      changes.without?.header,
    );
    const claims = omit({ ...base, ...changes.claims }, changes.without?.claims);
    const signed = `${encode(header)}.${encode(claims)}`;
    const signature = changes.signature?.(signed) ?? sign(null, Buffer.from(signed), nodeKey(key));
    const authorization = `HubJWS ${signed}.${signature.toString("base64url")}`;
    return {
      name,
      authorization: changes.rewrite?.(authorization) ?? authorization,
      method: changes.method ?? method,
      url: changes.url ?? url,
      body: changes.body ?? body,
      now: changes.now ?? now,
      verdict,
    };
  };
}

function valid(vector: Make): RequestVector[] {
  return [
    vector("as it should be", "accepted"),
    vector("from a clock 89 s behind", "accepted", { now: now + 89 }),
    vector("from a clock 29 s ahead", "accepted", { now: now - 29 }),
    vector("that lives 120 s", "accepted", { claims: { exp: now + 120 } }),
    vector("with an empty body", "accepted", { body: "", claims: { bd: digest("") } }),
    vector("with a claim that we do not know", "accepted", { claims: { later: true } }),
  ];
}

function ofKeys(vector: Make, { keys }: VectorHubs): RequestVector[] {
  const publicJwk = { kty: "OKP", crv: "Ed25519", x: keys.stranger.x };
  const hmac = (name: string) => (signed: string) =>
    createHmac(name, Buffer.from(keys.online.x, "base64url")).update(signed).digest();
  return [
    ...["none", "None", "HS256", "HS512", "EdDSA", "ES256", "RS256", "", null, 1, ["Ed25519"]].map(
      (alg) => vector(`with alg ${JSON.stringify(alg)}`, "wrong_algorithm", { header: { alg } }),
    ),
    vector("without alg", "wrong_algorithm", { without: { header: ["alg"] } }),
    vector("with alg none and no signature", "wrong_algorithm", {
      header: { alg: "none" },
      signature: () => Buffer.alloc(1),
    }),
    vector("signed by HMAC with the public key", "wrong_algorithm", {
      header: { alg: "HS256" },
      signature: hmac("sha256"),
    }),
    vector("signed by HMAC under our name", "bad_signature", { signature: hmac("sha512") }),
    ...["hubres+jwt", "hubevt+jws", "hubseq+jws", "hubkeys+jws", "JWT", "HUBREQ+JWT", "", null].map(
      (typ) => vector(`with typ ${JSON.stringify(typ)}`, "wrong_type", { header: { typ } }),
    ),
    vector("without typ", "wrong_type", { without: { header: ["typ"] } }),
    vector("with a key of its own", "malformed", {
      header: { jwk: publicJwk },
      key: keys.stranger,
    }),
    vector("with an address of keys", "malformed", { header: { jku: "https://keys.example" } }),
    vector("with an address of a certificate", "malformed", {
      header: { x5u: "https://x.example" },
    }),
    vector("with a certificate", "malformed", { header: { x5c: ["AAAA"] } }),
    vector("with something critical", "malformed", { header: { crit: ["exp"], exp: now } }),
    vector("with an unencoded payload", "malformed", { header: { b64: false, crit: ["b64"] } }),
    vector("without kid", "malformed", { without: { header: ["kid"] } }),
    vector("with a kid that is a list", "malformed", { header: { kid: [keys.online.kid] } }),
    vector("with a kid that leads elsewhere", "unknown_key", { header: { kid: "../../root" } }),
    vector("with a key that ended", "unknown_key", { key: keys.before }),
    vector("with a key that was revoked", "unknown_key", { key: keys.revoked }),
    vector("with a key of nobody", "unknown_key", { key: keys.stranger }),
    vector("signed by another key under this name", "bad_signature", {
      key: { ...keys.stranger, kid: keys.online.kid },
    }),
  ];
}

function ofClaims(vector: Make, hubs: VectorHubs): RequestVector[] {
  const url = inboxOf(hubs);
  return [
    vector("from a hub that is no peer", "unknown_peer", { claims: { iss: "https://no.example" } }),
    vector("without iss", "malformed", { without: { claims: ["iss"] } }),
    vector("for another hub", "wrong_hub", { claims: { aud: "https://other.example" } }),
    vector("for us with a stroke behind", "wrong_hub", { claims: { aud: `${hubs.to}/` } }),
    vector("for us in capitals", "wrong_hub", { claims: { aud: hubs.to.toUpperCase() } }),
    vector("for several hubs, us among them", "malformed", { claims: { aud: [hubs.to] } }),
    ...["aud", "iat", "exp", "jti", "htm", "htu", "bd"].map((claim) =>
      vector(`without ${claim}`, "malformed", { without: { claims: [claim] } }),
    ),
    vector("91 s old", "wrong_time", { now: now + 91 }),
    vector("31 s before its time", "wrong_time", { now: now - 31 }),
    vector("that lives 121 s", "wrong_time", { claims: { exp: now + 121 } }),
    vector("that lives a year", "wrong_time", { claims: { exp: now + 31_536_000 } }),
    vector("that ended before it began", "wrong_time", { claims: { exp: now - 1 } }),
    vector("with a time in words", "malformed", { claims: { iat: `${now}` } }),
    vector("with a broken time", "malformed", { claims: { iat: now + 0.5 } }),
    vector("with an endless time", "malformed", { claims: { exp: 1e300 } }),
    vector("with a short jti", "malformed", { claims: { jti: "AAAA" } }),
    vector("with a jti of another kind", "malformed", { claims: { jti: 7 } }),
    vector("made for another method", "wrong_target", { claims: { htm: "GET" } }),
    vector("that came by another method", "wrong_target", { method: "GET" }),
    vector("made for another address", "wrong_target", { claims: { htu: `${url}?limit=1` } }),
    vector("that came to another address", "wrong_target", { url: `${url}/` }),
    vector("with another body", "wrong_body", { body: `${body} ` }),
    vector("with the digest of nothing", "wrong_body", { claims: { bd: digest("") } }),
    vector("with a digest in hex", "wrong_body", { claims: { bd: hex(body) } }),
  ];
}

function ofShape(vector: Make, { keys }: VectorHubs): RequestVector[] {
  const own = (signed: string) => sign(null, Buffer.from(signed), nodeKey(keys.online));
  return [
    vector("with a body too large", "too_large", { body: "x".repeat(1_000_001) }),
    vector("with a header too large", "too_large", { header: { kid: "k".repeat(4096) } }),
    vector("with claims too large", "too_large", { claims: { more: "x".repeat(9000) } }),
    vector("with the signature cut", "bad_signature", {
      signature: (signed) => own(signed).subarray(0, 60),
    }),
    vector("with a bit of the signature turned", "bad_signature", {
      signature: (signed) => turned(own(signed)),
    }),
    vector("with a spare bit of the signature turned", "malformed", {
      rewrite: (text) =>
        text.replace(/.$/, (last) => ({ A: "B", Q: "R", g: "h", w: "x" })[last] ?? "_"),
    }),
    vector("with two signatures", "malformed", { rewrite: (text) => `${text}.AAAA` }),
    vector("without a signature", "malformed", { rewrite: (text) => text.replace(/[^.]*$/, "") }),
    vector("given twice", "malformed", { rewrite: (text) => `${text}, ${text}` }),
    vector("with padding", "malformed", { rewrite: (text) => `${text}==` }),
    vector("in base64 of another kind", "malformed", {
      rewrite: (text) => text.replace(".", "+."),
    }),
    vector("as a bearer token", "malformed", {
      rewrite: (text) => text.replace("HubJWS", "Bearer"),
    }),
    vector("with a line break inside", "malformed", {
      rewrite: (text) => text.replace(".", "\n."),
    }),
    vector("that is empty", "malformed", { rewrite: () => "" }),
    vector("whose header is no object", "malformed", {
      rewrite: (text) => text.replace(/ [^.]*/, ` ${Buffer.from("null").toString("base64url")}`),
    }),
    vector("whose claims are no JSON", "malformed", {
      rewrite: (text) => text.replace(/\.[^.]*\./, `.${Buffer.from("{").toString("base64url")}.`),
    }),
  ];
}

const inboxOf = ({ to }: VectorHubs) => `${to}/hub/v1/inbox`;
const omit = (part: Part, names: string[] = []) =>
  Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
const encode = (part: Part) => Buffer.from(JSON.stringify(part)).toString("base64url");
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const nodeKey = ({ x, d }: PrivateKey) =>
  createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" });

function turned(bytes: Buffer): Buffer {
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes;
}
