import { createHash, randomBytes } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  isoBase64URL,
} from "@simplewebauthn/server/helpers";
import type { AccountId } from "@telar/contracts/ids";
import type { PasskeyRow } from "@telar/database/passkeys";
import { hashOf } from "./secret.ts";

/** JSON from a browser, or from whoever says to be one. */
export type WebAuthnJson = Record<string, unknown>;

/** EdDSA, ES256 and RS256, which together every authenticator knows. */
const algorithms = [-8, -7, -257];
const credentialMaxSigns = 1400;
const publicKeyMaxBytes = 2000;

export interface Challenge {
  bytes: Uint8Array<ArrayBuffer>;
  /** What the hub keeps of it. */
  hash: string;
}

export function newChallenge(): Challenge {
  const bytes = new Uint8Array(randomBytes(32));
  return { bytes, hash: hashOf(isoBase64URL.fromBuffer(bytes)) };
}

/** The challenge that an answer is about; undefined for an answer that cannot be read. */
export function challengeOf(answer: WebAuthnJson): string | undefined {
  try {
    const { response } = answer as unknown as AuthenticationResponseJSON;
    const { challenge } = decodeClientDataJSON(response.clientDataJSON);
    return typeof challenge === "string" ? challenge : undefined;
  } catch {
    return undefined;
  }
}

export function offerRegistration(
  publicUrl: string,
  challenge: Challenge,
  person: {
    account: AccountId;
    signInName: string;
    known: { credentialId: string; transports: string[] }[];
  },
) {
  return generateRegistrationOptions({
    rpName: "Telar",
    rpID: new URL(publicUrl).hostname,
    userName: person.signInName,
    userID: handleOf(person.account),
    challenge: challenge.bytes,
    attestationType: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: person.known.map(({ credentialId: id, transports }) => ({
      id,
      transports,
    })),
  });
}

/** Without a list of credentials: the browser knows which passkeys are for this hub. */
export function offerAuthentication(publicUrl: string, challenge: Uint8Array<ArrayBuffer>) {
  return generateAuthenticationOptions({
    rpID: new URL(publicUrl).hostname,
    challenge,
    userVerification: "required",
  });
}

export interface NewCredential {
  credentialId: string;
  credentialHash: string;
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
}

/** The credential that a browser made for this challenge; undefined for anything else. */
export async function readRegistration(
  publicUrl: string,
  answer: WebAuthnJson,
  challengeHash: string,
): Promise<NewCredential | undefined> {
  try {
    const response = answer as unknown as RegistrationResponseJSON;
    if (carriesCertificates(response)) return undefined;
    const { registrationInfo } = await verifyRegistrationResponse({
      ...expected(publicUrl, challengeHash),
      response,
      supportedAlgorithmIDs: algorithms,
    });
    if (!registrationInfo) return undefined;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    if (id.length > credentialMaxSigns || publicKey.length > publicKeyMaxBytes) return undefined;
    const known = transports.filter((transport) => /^[a-z-]{2,20}$/.test(transport)).slice(0, 8);
    return {
      credentialId: id,
      credentialHash: hashOf(id),
      publicKey,
      counter,
      transports: known,
    };
  } catch {
    return undefined;
  }
}

/**
 * None was asked for. They would tell what device somebody has, and to check them the library asks their makers'
 * servers.
 */
function carriesCertificates({ response }: RegistrationResponseJSON): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  return (
    !["none", "packed"].includes(format) || attestation.get("attStmt").get("x5c") !== undefined
  );
}

/** The passkey's new counter when its owner answered this challenge with it; undefined for anything else. */
export async function readAuthentication(
  publicUrl: string,
  answer: WebAuthnJson,
  challenge: string,
  passkey: PasskeyRow,
): Promise<number | undefined> {
  try {
    const response = answer as unknown as AuthenticationResponseJSON;
    const { credentialId: id, publicKey, counter, account } = passkey;
    if (response.response.userHandle !== isoBase64URL.fromBuffer(handleOf(account)))
      return undefined;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expected(publicUrl, hashOf(challenge)),
      response,
      credential: { id, publicKey: new Uint8Array(publicKey), counter },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

const expected = (publicUrl: string, challengeHash: string) => ({
  expectedChallenge: (challenge: string) => hashOf(challenge) === challengeHash,
  expectedOrigin: new URL(publicUrl).origin,
  expectedRPID: new URL(publicUrl).hostname,
  requireUserVerification: true,
});

/** What an authenticator knows the account by: the same for all its passkeys, and not the account's id. */
function handleOf(account: AccountId): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(`passkeys of ${account}`).digest());
}
