import { randomUUID } from "node:crypto";
import { uploadAttachment } from "@telar/contracts/attachments";
import { readAnswer } from "@telar/contracts/call";
import * as circles from "@telar/contracts/circles";
import { addCrisisCard } from "@telar/contracts/crisis-cards";
import type {
  AttachmentId,
  GroupId,
  MessageId,
  ParticipantId,
  SpaceId,
} from "@telar/contracts/ids";
import {
  acknowledgeMessage,
  editMessage,
  pinMessage,
  postMessage,
} from "@telar/contracts/messages";
import {
  addFacilitator,
  admitParticipant,
  joinSpace,
  listAdmissions,
} from "@telar/contracts/participants";
import type { Person } from "@telar/contracts/person";
import {
  changeHours,
  foundSpace,
  getSpace,
  openSpace,
  type SpaceKind,
} from "@telar/contracts/spaces";
import { photo } from "./photos.ts";

export interface SettledSpaces {
  /** Open, with messages of both. */
  working: SpaceId;
  /** Peer support, open all week, with something that waits for its turn. */
  circle: SpaceId;
  /** Peer support that is not open yet, and the member is not in. */
  preparing: SpaceId;
  /** The member's, in the working space; it was changed. */
  message: MessageId;
  /** The member's photo, in the working space. */
  attachment: AttachmentId;
  /** The coordinator's, in the circle, where somebody else has the word. */
  waiting: MessageId;
}

interface Hub {
  url: string;
  ask(request: Request): Promise<Response>;
}

interface Two {
  group: GroupId;
  coordinator: Person;
  member: Person;
}

/** A space of each kind, with what people write there. */
export async function settleSpaces(two: Two, hub: Hub): Promise<SettledSpaces> {
  const { group, coordinator, member } = two;
  await coordinator.call(addCrisisCard, {
    group,
    name: "Línea de acompañamiento",
    contact: "800 000 0000",
    hours: "Todo el día",
    languages: "Español",
  });
  const working = await found(two, "working", "Preparación del Encuentro", "Ceiba");
  await join(member, working, group, "Jacaranda");
  const message = await talk(two, working);
  const attachment = await sendPhoto(hub, member, working);
  const preparing = await found(two, "peer_support", "Círculo de los jueves", "Ceiba");
  const circle = await openCircle(two);
  const waiting = await say(coordinator, circle, "Para cuando me toque.", "Cómo voy");
  return { working, circle, preparing, message, attachment, waiting };
}

async function found({ group, coordinator }: Two, kind: SpaceKind, title: string, alias: string) {
  const { space } = await coordinator.call(foundSpace, {
    ...{ group, kind, title, alias },
    purpose: "Para pensar en común, con calma.",
    rules: "Nos escuchamos.\n\nNadie cuenta afuera lo que aquí se dice.",
  });
  return space;
}

export async function join(person: Person, space: SpaceId, through: GroupId, alias: string) {
  const { rules } = await person.call(getSpace, { space });
  await person.call(joinSpace, { space, through, alias, rulesVersion: rules.version });
  const { you } = await person.call(getSpace, { space });
  return you?.id;
}

/** Says something, and knows it by its id. */
export async function say(person: Person, space: SpaceId, body: string, note = "") {
  const id = randomUUID() as MessageId;
  await person.call(postMessage, { space, id, body, note });
  return id;
}

async function talk({ coordinator, member }: Two, space: SpaceId): Promise<MessageId> {
  const dates = await say(
    coordinator,
    space,
    "Buenos días, compañeras y compañeros. Ya tenemos las fechas.",
  );
  await coordinator.call(pinMessage, { space, id: dates, pinned: true });
  await say(
    coordinator,
    space,
    "Hay cosas que pesan y que conviene leer con alguien cerca.",
    "Lo que pasó en la audiencia",
  );
  const id = await say(
    member,
    space,
    "¿Las delegaciones de dos lugares pueden llevar a una intérprete?",
  );
  const body = "¿Las delegaciones de dos lugares pueden llevar a una persona intérprete?";
  await member.call(editMessage, { space, id, body, note: "" });
  const answer = randomUUID() as MessageId;
  await coordinator.call(postMessage, {
    space,
    id: answer,
    note: "",
    body: "Sí, los lugares de interpretación van aparte de la delegación.",
    replyTo: id,
  });
  await coordinator.call(acknowledgeMessage, { space, id, acknowledgement: "i_read_you" });
  await member.call(acknowledgeMessage, { space, id: answer, acknowledgement: "thank_you" });
  return id;
}

export async function sendPhoto({ url, ask }: Hub, person: Person, space: SpaceId) {
  const { buffer, name, mimeType: type } = photo();
  const body = new FormData();
  body.set("file", new File([buffer], name, { type }));
  const path = new URL(uploadAttachment.path.replace(":space", space), url);
  const headers = { cookie: person.cookieHeader, origin: url };
  const answer = await ask(new Request(path, { method: "POST", headers, body }));
  const { id } = await readAnswer(uploadAttachment, answer);
  await person.call(postMessage, {
    ...{ space, id: randomUUID() as MessageId, body: "Así quedó la manta." },
    attachments: [id],
  });
  return id;
}

const allWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  opens: "00:00",
  closes: "23:59",
}));

/** In which the member has the word. */
async function beginCircle({ coordinator, member }: Two, space: SpaceId): Promise<void> {
  const question = "¿Qué nos sostiene en estos días?";
  await coordinator.call(circles.openCircle, { space, question, turnMinutes: 30 });
  for (const person of [member, coordinator]) await person.call(circles.joinCircle, { space });
  await coordinator.call(circles.startCircle, { space });
}

/** Two facilitate, so that it can open; what one says second waits for its turn, and a circle runs. */
async function openCircle(two: Two): Promise<SpaceId> {
  const { group, coordinator, member } = two;
  const space = await found(two, "peer_support", "Círculo de familiares", "Nube");
  await coordinator.call(changeHours, { space, zone: "America/Mexico_City", hours: allWeek });
  await join(member, space, group, "Colibrí");
  const [asking] = await coordinator.call(listAdmissions, { space });
  const who = { space, id: asking?.id as ParticipantId };
  await coordinator.call(admitParticipant, who);
  await coordinator.call(addFacilitator, who);
  await coordinator.call(openSpace, { space });
  await say(coordinator, space, "Hoy me costó levantarme, pero aquí estoy.", "Un día difícil");
  await say(coordinator, space, "Gracias por estar. Aquí no hay prisa.", "Gracias");
  await beginCircle(two, space);
  return space;
}
