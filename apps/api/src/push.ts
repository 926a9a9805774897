import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import https from "node:https";
import { publicLookup } from "@telar/federation/public-addresses";
import webPush from "web-push";

/** What the hub needs for telling devices, through the services of their browsers' makers, that there is something. */
export interface PushKeys {
  /** P-256, base64url; browsers make subscriptions with it (RFC 8292). */
  publicKey: string;
  privateKey: string;
  /** How a push service reaches whoever runs the hub: an https or mailto address. */
  contact: string;
  /** 32 bytes, kept outside the database: seals the addresses of devices. */
  seal: KeyObject;
}

/** For the first start. */
export const makePushKey = (): Pick<PushKeys, "publicKey" | "privateKey"> =>
  webPush.generateVAPIDKeys();

const ivBytes = 12;
const tagBytes = 16;

/** For the session it belongs to and no other. */
export function sealEndpoint({ seal }: PushKeys, session: string, endpoint: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", seal, iv).setAAD(Buffer.from(session));
  const text = Buffer.concat([cipher.update(endpoint, "utf8"), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]).toString("base64url");
}

/** Undefined for what was sealed under another key, or for another session. */
export function openEndpoint(
  { seal }: PushKeys,
  session: string,
  sealed: string,
): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  try {
    const decipher = createDecipheriv("aes-256-gcm", seal, bytes.subarray(0, ivBytes))
      .setAAD(Buffer.from(session))
      .setAuthTag(bytes.subarray(-tagBytes));
    const text = [decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()];
    return Buffer.concat(text).toString("utf8");
  } catch {
    return undefined;
  }
}

/** `gone`: that address will never work again. `later`: it may. */
export type PushOutcome = "sent" | "gone" | "later";

const timeoutMs = 10_000;
const agent = new https.Agent({ lookup: publicLookup() });

/**
 * Sends an empty push: it says nothing but that there is something. The service is a stranger's server: what it answers is
 * not read beyond its status, redirections lead nowhere, and it has ten seconds.
 */
export function sendPush(
  { publicKey, privateKey, contact }: PushKeys,
  endpoint: string,
  secondsToLive: number,
  stopping?: AbortSignal,
): Promise<PushOutcome> {
  const { method, headers } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh: "", auth: "" } },
    null,
    {
      vapidDetails: { subject: contact, publicKey, privateKey },
      TTL: secondsToLive,
      urgency: "normal",
      topic: "telar",
    },
  );
  return new Promise((resolve) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = stopping ? AbortSignal.any([stopping, timeout]) : timeout;
    const asked = https.request(
      endpoint,
      { method, headers, agent, signal, maxHeaderSize: 8192 },
      (answer) => {
        resolve(outcomeOf(answer.statusCode ?? 0));
        answer.destroy();
      },
    );
    asked.on("error", () => resolve("later"));
    asked.end();
  });
}

/** Also gone: what the service does not take from this hub, because it was made for another key. */
function outcomeOf(status: number): PushOutcome {
  if (status >= 200 && status < 300) return "sent";
  return [400, 401, 403, 404, 410].includes(status) ? "gone" : "later";
}
