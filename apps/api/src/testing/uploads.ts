import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Attachment, uploadAttachment } from "@telar/contracts/attachments";
import { readAnswer } from "@telar/contracts/call";
import type { SpaceId } from "@telar/contracts/ids";
import { folderOfRun } from "@telar/database/testing/database";
import type { Hono } from "hono";
import { openFiles } from "../files.ts";
import type { Person } from "./person.ts";

const folder = join(folderOfRun(), `files-${randomUUID()}`);

/** One folder for all hubs of a test run. */
export const testFilesFolder = folder;
export const testFiles = openFiles(folder, randomBytes(32));

interface Sent {
  name?: string;
  type?: string;
}

/** The answer to a file that somebody sends as a form does. */
export async function sendFile(
  { app }: { app: Hono },
  person: Person,
  space: SpaceId,
  content: Uint8Array | string,
  { name = "algo.bin", type = "application/octet-stream" }: Sent = {},
): Promise<Response> {
  const body = new FormData();
  body.set("file", new File([content as Uint8Array<ArrayBuffer>], name, { type }));
  return app.request(`/api/spaces/${space}/attachments`, {
    method: "POST",
    body,
    headers: { cookie: person.cookieHeader, origin: "http://localhost:8080" },
  });
}

export async function upload(
  hub: { app: Hono },
  person: Person,
  space: SpaceId,
  content: Uint8Array | string,
  sent?: Sent,
): Promise<Attachment> {
  return readAnswer(uploadAttachment, await sendFile(hub, person, space, content, sent));
}
