import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { isoBase64URL, isoCBOR } from "@simplewebauthn/server/helpers";

type Json = Record<string, unknown>;

interface Options {
  challenge: string;
  rp?: { id: string };
  rpId?: string;
  user?: { id: string };
}

interface Lies {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  /** User present 0x01, user verified 0x04. */
  flags?: number;
  counter?: number;
  userHandle?: string;
  /** Sends a certificate along, as an old security key does when it is asked to. */
  certified?: boolean;
}

const base64 = (bytes: Uint8Array) => isoBase64URL.fromBuffer(new Uint8Array(bytes));
const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest();

/** One passkey as an authenticator in a browser holds it (WebAuthn level 3, ES256); `lies` make it a dishonest one. */
export class Authenticator {
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #credential = randomBytes(32);
  readonly #origin: string;
  #counter = 0;
  #userHandle = "";

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Answers `navigator.credentials.create`. */
  create(options: Json, lies: Lies = {}): Json {
    const { challenge, rp, user } = options as unknown as Options;
    this.#userHandle = user?.id ?? "";
    const rpId = lies.rpId ?? rp?.id ?? "";
    const authData = Buffer.concat([
      this.#authenticatorData(rpId, lies.flags ?? 0x05, 0x40),
      Buffer.alloc(16),
      uint(this.#credential.length, 2),
      this.#credential,
      this.#publicKey(),
    ]);
    const clientDataJSON = this.#clientData("webauthn.create", challenge, lies);
    const attestation = new Map<string, unknown>([
      ["fmt", lies.certified ? "fido-u2f" : "none"],
      ["attStmt", lies.certified ? this.#certificate(rpId, clientDataJSON) : new Map()],
      ["authData", new Uint8Array(authData)],
    ]);
    return this.#answer({
      clientDataJSON,
      attestationObject: base64(isoCBOR.encode(attestation as never)),
      transports: ["internal"],
    });
  }

  /** Answers `navigator.credentials.get`. */
  get(options: Json, lies: Lies = {}): Json {
    const { challenge, rpId } = options as unknown as Options;
    this.#counter = lies.counter ?? this.#counter + 1;
    const authData = this.#authenticatorData(lies.rpId ?? rpId ?? "", lies.flags ?? 0x05);
    const clientDataJSON = this.#clientData("webauthn.get", challenge, lies);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    return this.#answer({
      clientDataJSON,
      authenticatorData: base64(authData),
      signature: base64(createSign("sha256").update(signed).sign(this.#keys.privateKey)),
      userHandle: lies.userHandle ?? this.#userHandle,
    });
  }

  #answer(response: Json): Json {
    const id = base64(this.#credential);
    return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, lies: Lies): string {
    const { origin = this.#origin } = lies;
    const said = {
      type,
      challenge,
      origin,
      crossOrigin: false,
      ...pick(lies, "type", "challenge"),
    };
    return base64(Buffer.from(JSON.stringify(said)));
  }

  #authenticatorData(rpId: string, flags: number, more = 0): Buffer {
    return Buffer.concat([sha256(rpId), uint(flags | more, 1), uint(this.#counter, 4)]);
  }

  /** WebAuthn level 3 §8.6. */
  #certificate(rpId: string, clientDataJSON: string): Map<string, unknown> {
    const signed = Buffer.concat([
      uint(0, 1),
      sha256(rpId),
      sha256(Buffer.from(clientDataJSON, "base64url")),
      this.#credential,
      uint(4, 1),
      ...this.#point(),
    ]);
    const key = { key: Buffer.from(makersKey, "base64"), format: "der", type: "pkcs8" } as const;
    const signature = createSign("sha256").update(signed).sign(key);
    return new Map<string, unknown>([
      ["sig", new Uint8Array(signature)],
      ["x5c", [new Uint8Array(Buffer.from(makersCertificate, "base64"))]],
    ]);
  }

  /** COSE_Key (RFC 9053 §7.1.1). */
  #publicKey(): Uint8Array {
    const [x, y] = this.#point();
    return isoCBOR.encode(
      new Map<number, number | Uint8Array<ArrayBuffer>>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, x],
        [-3, y],
      ]),
    );
  }

  #point() {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    const bytes = (part: string) => new Uint8Array(Buffer.from(part, "base64url"));
    return [bytes(x), bytes(y)] as const;
  }
}

/** A key and its self-signed certificate, made for these tests. */
const makersKey =
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYEaiMuN1zMRekiCSGuE/9wqVclzKr6D2GL/851P0qsqhRANCAARhEwQJ+NiDkNM68pCYbvkNcIgg1UkO79MQV2S6IpJZ1iLp8Cvn5Zlciz+uKPa74TGTTQEbQwqwhpMYzvbSQDoS";
const makersCertificate =
  "MIIBFDCBuwIUBnqW0jnJvg7FaYFraEsRdwa6a0UwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBeDAgFw0yNjExMjExMzExMDhaGA8yMTI2MTAyODEzMTEwOFowDDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGETBAn42IOQ0zrykJhu+Q1wiCDVSQ7v0xBXZLoiklnWIunwK+flmVyLP64o9rvhMZNNARtDCrCGkxjO9tJAOhIwCgYIKoZIzj0EAwIDSAAwRQIhAMG2+CkWbbSBzrR1oEb8lcfYFr1/eyJHrHrYwDEvVj2lAiBlhclOgo8eTE/HeHMn5ASkrSxrmz1agSBz1NpHmRyLFw==";

function uint(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}

const pick = (lies: Lies, ...names: (keyof Lies)[]) =>
  Object.fromEntries(
    names.flatMap((name) => (lies[name] === undefined ? [] : [[name, lies[name]]])),
  );
