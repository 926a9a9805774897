import {
  type Attachment,
  documentMaxBytes,
  openAttachment,
  uploadAttachment,
} from "@telar/contracts/attachments";
import type { SpaceId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { actAs } from "@telar/database/acting";
import * as attachments from "@telar/database/attachments";
import { getOwnPlace } from "@telar/database/messages";
import { mayRead, mayWrite } from "@telar/rules/messages";
import { demand } from "@telar/rules/verdict";
import type { Context } from "hono";
import { answerFile } from "./answer-file.ts";
import type { Frame } from "./frame.ts";
import { findLiveSession, type LiveSession } from "./live-session.ts";
import { receiveFile } from "./multipart.ts";
import { removeTaken, type Taken, takeIn } from "./taking-in.ts";
import { takeTurns } from "./turns.ts";

/** What one person sends in a day, in all spaces together: as it came or, if that is more, as it is kept. */
const bytesADay = 60 * 1024 * 1024;
/** Around the file. */
const formBytes = 16 * 1024;
const atOnce = { person: 3, hub: 64 };

const uploadPath = /^\/api\/spaces\/[^/]+\/attachments$/;

/** The one request whose body may be large; it is counted while it is read. */
export const isUpload = ({ req }: Context) => req.method === "POST" && uploadPath.test(req.path);

export function serveAttachments(frame: Frame): void {
  serveUploading(frame);
  serveOpening(frame);
}

function serveUploading(frame: Frame): void {
  const { app, database, files } = frame;
  // So that nobody takes all the places by sending slowly.
  const turn = takeTurns(atOnce);
  app.on(uploadAttachment.method, uploadAttachment.path, async (c) => {
    const session = await sessionBehind(c, frame, uploadAttachment);
    const { space } = readInput(uploadAttachment.input.safeParse(c.req.param()));
    await actAs(database, session.claims, async (sql) => {
      const place = await getOwnPlace(sql, space, session.account);
      demand(mayWrite(place, place, new Date()));
      const left = await attachments.countUpload(sql, session.account, 0, bytesADay - 1);
      if (!left) throw new HubError("limit_reached");
    });
    if (Number(c.req.header("content-length") ?? 0) > documentMaxBytes + formBytes)
      throw new HubError("too_large");
    const taken = await turn(session.account, async () => {
      const { kept, name } = await receiveFile(c.req.raw, documentMaxBytes, {
        keep: (content) => takeIn(files, content),
        drop: (left) => removeTaken(files, left),
      });
      return { ...kept, name: kept.kind === "document" ? tidyName(name) : "" };
    });
    return c.json(await addTaken(frame, session, space, taken));
  });
}

async function addTaken(
  { database, files }: Frame,
  { claims, account }: LiveSession,
  space: SpaceId,
  { received, ...taken }: Taken & { name: string },
): Promise<Attachment> {
  const counted = Math.max(received, taken.bytes + (taken.largeBytes ?? 0));
  try {
    return await actAs(database, claims, async (sql) => {
      const { id: participant } = await getOwnPlace(sql, space, account);
      if (!(await attachments.countUpload(sql, account, counted, bytesADay)))
        throw new HubError("limit_reached");
      const id = await attachments.addAttachment(sql, { ...taken, space, participant });
      return uploadAttachment.output.parse({ ...taken, id });
    });
  } catch (problem) {
    await removeTaken(files, taken);
    throw problem;
  }
}

function serveOpening(frame: Frame): void {
  const { app, database, files } = frame;
  app.on(openAttachment.method, openAttachment.path, async (c) => {
    const session = await sessionBehind(c, frame, openAttachment);
    const given = { ...c.req.query(), ...c.req.param() };
    const { space, id, size } = readInput(openAttachment.input.safeParse(given));
    const opened = await actAs(database, session.claims, async (sql) => {
      const found = await attachments.getAttachment(sql, space, id, size);
      // Those who judge from outside have no place there.
      const place = await getOwnPlace(sql, space, session.account).catch(() => undefined);
      if (place) demand(mayRead(place, place));
      return found;
    });
    return answerFile(c, opened, await files.read(opened));
  });
}

async function sessionBehind(
  c: Context,
  frame: Frame,
  { method, path }: { method: string; path: string },
): Promise<LiveSession> {
  c.set("operation", `${method} ${path}`);
  const session = await findLiveSession(c, frame, true);
  if (!session) throw new HubError("not_signed_in");
  return session;
}

function readInput<Input>(read: { success: true; data: Input } | { success: false }): Input {
  if (!read.success) throw new HubError("invalid_input");
  return read.data;
}

const nameMax = 80;
const unwanted = /[\p{C}\p{Zl}\p{Zp}<>:"/\\|?*\u2800]/gu;

/** The last part of a path, without what cannot be seen, turns text around, or means something to a disk. */
function tidyName(given: string): string {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const name = last.replace(/\.[^.]{1,8}$/, "").replace(unwanted, " ");
  return [...name.replace(/\s+/g, " ").replace(/^[\s.]+|[\s.]+$/g, "")].slice(0, nameMax).join("");
}
