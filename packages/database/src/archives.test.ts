import type { ArchiveLine } from "@telar/contracts/archives";
import type { ParticipantId, SpaceId } from "@telar/contracts/ids";
import { afterAll, expect, test } from "vitest";
import {
  type EntryPage,
  getOwnPerson,
  listOwnAcknowledgements,
  listOwnMessages,
  listOwnPlaces,
  listOwnWaiting,
  measureOwnWriting,
} from "./archives.ts";
import type { Sql } from "./connection.ts";
import { createCast, type Somebody } from "./testing/cast.ts";
import { createTestDatabase } from "./testing/database.ts";
import { createSpaceCast } from "./testing/space-cast.ts";

const { owner, as, release } = await createTestDatabase();
afterAll(release);
const cast = createCast({ owner, as });
const spaceCast = createSpaceCast(owner);
const group = await cast.group();
let place = 0;
let planted = 0;

/** A space with one who writes and another one beside them. */
async function pair() {
  const space = await spaceCast.space(group);
  const own = await cast.member(group, `Ceiba ${++planted}`);
  const other = await cast.member(group, `Copal ${++planted}`);
  return {
    space,
    own,
    other,
    ceiba: await spaceCast.place(space, { membership: own.id, alias: "Ceiba" }),
    copal: await spaceCast.place(space, { membership: other.id, alias: "Copal" }),
  };
}

async function post(
  space: SpaceId,
  author: ParticipantId,
  body: string,
  made: { note?: string; replyTo?: string; state?: string; days?: number } = {},
): Promise<string> {
  const id = crypto.randomUUID();
  place += 1;
  const { note = "", replyTo = null, state = "shown", days = 30 } = made;
  await owner`
    insert into messages (space_id, place, id, participant_id, note, body, reply_to, state, expires_on)
    values (${space}, ${place}, ${id}, ${author}, ${note}, ${body}, ${replyTo}, ${state}, current_date + ${days}::integer)`;
  return id;
}

type List<After> = (
  sql: Sql,
  place: ParticipantId,
  after?: After,
  limit?: number,
) => Promise<EntryPage<After>>;
const read = async <After>(who: Pick<Somebody, "do">, list: List<After>, of: ParticipantId) =>
  (await who.do((sql) => list(sql, of))).lines;
const bodies = (lines: ArchiveLine[]) => lines.map((line) => "body" in line && line.body);

test("somebody's own messages come in their order, page by page", async () => {
  const { space, own, ceiba, copal } = await pair();
  for (const body of ["uno", "dos", "tres"]) {
    await post(space, ceiba, body);
    await post(space, copal, "De otra persona");
  }
  const first = await own.do((sql) => listOwnMessages(sql, ceiba, undefined, 2));
  expect(bodies(first.lines)).toEqual(["uno", "dos"]);
  const second = await own.do((sql) => listOwnMessages(sql, ceiba, first.after, 2));
  expect(bodies(second.lines)).toEqual(["tres"]);
  expect(second.after).toBeUndefined();
});

test("what was erased, or is past its last day, is in no archive", async () => {
  const { space, own, ceiba } = await pair();
  await post(space, ceiba, "", { state: "deleted" });
  await post(space, ceiba, "Vencido", { days: -1 });
  expect(await read(own, listOwnMessages, ceiba)).toEqual([]);
  expect(await own.do(measureOwnWriting)).toEqual({ entries: 0, bytes: 0 });
});

test("an author takes along what was hidden from its space, and nobody else does", async () => {
  const { space, own, other, ceiba } = await pair();
  const id = await post(space, ceiba, "", { state: "hidden" });
  await owner`
    insert into withheld_messages (space_id, message_id, note, body, versions)
    values (${space}, ${id}, 'Pena', 'Lo oculto', '[{"version": 1, "note": "", "body": "Antes"}]')`;
  expect(await read(own, listOwnMessages, ceiba)).toMatchObject([
    { id, state: "hidden", note: "Pena", body: "Lo oculto", before: [{ note: "", body: "Antes" }] },
  ]);
  expect(await read(other, listOwnMessages, ceiba)).toEqual([]);
});

test("what a message said before comes along with it", async () => {
  const { space, own, ceiba } = await pair();
  const id = await post(space, ceiba, "Ahora");
  await owner`
    insert into message_versions (space_id, message_id, version, note, body)
    values (${space}, ${id}, 2, '', 'Después'), (${space}, ${id}, 1, 'Nota', 'Primero')`;
  expect(await read(own, listOwnMessages, ceiba)).toMatchObject([
    {
      before: [
        { note: "Nota", body: "Primero" },
        { note: "", body: "Después" },
      ],
    },
  ]);
});

test("of an answered message only its author's alias and its note are known", async () => {
  const { space, own, ceiba, copal } = await pair();
  const answered = await post(space, copal, "Palabras ajenas", { note: "Cansancio" });
  await post(space, ceiba, "Te leo", { replyTo: answered });
  const lines = await read(own, listOwnMessages, ceiba);
  expect(lines).toMatchObject([{ replyTo: { id: answered, alias: "Copal", note: "Cansancio" } }]);
  expect(JSON.stringify(lines)).not.toContain("Palabras ajenas");
});

test("whom somebody does not read, and whose rules they have not read, stays unknown", async () => {
  const { space, own, ceiba, copal } = await pair();
  const answered = await post(space, copal, "x", { note: "Cansancio" });
  await post(space, ceiba, "Te leo", { replyTo: answered });
  await owner`insert into blocks (space_id, participant_id, blocked_id) values (${space}, ${ceiba}, ${copal})`;
  expect(await read(own, listOwnMessages, ceiba)).toMatchObject([{ replyTo: { alias: "Copal" } }]);
  expect(JSON.stringify(await read(own, listOwnMessages, ceiba))).not.toContain("Cansancio");
  await owner`update spaces set rules_version = 2 where id = ${space}`;
  expect(JSON.stringify(await read(own, listOwnMessages, ceiba))).not.toContain("Copal");
});

test.each(["left", "removed"])(
  "whoever %s keeps their own words, and nothing of the others",
  async (state) => {
    const { space, own, ceiba, copal } = await pair();
    const answered = await post(space, copal, "x", { note: "Cansancio" });
    await post(space, ceiba, "Te leo", { replyTo: answered });
    await owner`
    insert into acknowledgements (space_id, message_id, participant_id, kind)
    values (${space}, ${answered}, ${ceiba}, 'thank_you')`;
    await owner`update participants set state = ${state} where id = ${ceiba}`;
    await owner`update memberships set ended_on = current_date where id = ${own.id}`;
    const places = await own.do(listOwnPlaces);
    expect(places).toMatchObject([
      { id: ceiba, line: { alias: "Ceiba", space: "Palabra", standing: false } },
    ]);
    const lines = [
      ...(await read(own, listOwnMessages, ceiba)),
      ...(await read(own, listOwnAcknowledgements, ceiba)),
    ];
    expect(lines).toMatchObject([
      { body: "Te leo", replyTo: { id: answered } },
      { kind: "thank_you", to: { id: answered } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/Copal|Cansancio/);
  },
);

test("a place without anything written is told of only while it stands", async () => {
  const { own, ceiba } = await pair();
  expect(await own.do(listOwnPlaces)).toMatchObject([{ line: { standing: true } }]);
  await owner`update participants set state = 'left' where id = ${ceiba}`;
  expect(await own.do(listOwnPlaces)).toEqual([]);
});

test("drafts and answers without words come along, each with what it was about", async () => {
  const { space, own, other, ceiba, copal } = await pair();
  await owner`
    insert into waiting_messages (space_id, id, participant_id, why, note, body)
    values (${space}, ${crypto.randomUUID()}, ${ceiba}, 'draft', '', 'Para después'),
      (${space}, ${crypto.randomUUID()}, ${copal}, 'draft', '', 'Ajeno')`;
  const answered = await post(space, copal, "Palabras ajenas", { note: "Cansancio" });
  const gone = await post(space, copal, "", { state: "deleted" });
  await owner`
    insert into acknowledgements (space_id, message_id, participant_id, kind)
    values (${space}, ${answered}, ${ceiba}, 'i_read_you'), (${space}, ${gone}, ${ceiba}, 'i_read_you')`;
  expect(await read(own, listOwnWaiting, ceiba)).toMatchObject([
    { line: "waiting", why: "draft", body: "Para después" },
  ]);
  expect(await read(own, listOwnAcknowledgements, ceiba)).toMatchObject([
    { kind: "i_read_you", to: { id: answered, alias: "Copal", note: "Cansancio" } },
  ]);
  expect(await read(other, listOwnWaiting, ceiba)).toEqual([]);
  expect(await read(other, listOwnAcknowledgements, ceiba)).toEqual([]);
  expect(await own.do(measureOwnWriting)).toEqual({ entries: 2, bytes: "Para después".length + 1 });
});

test("attachments are listed with their messages, without ids that would open them", async () => {
  const { space, own, ceiba } = await pair();
  const id = await post(space, ceiba, "Mira");
  await owner`
    insert into attachments (space_id, participant_id, message_id, kind, format, name, bytes)
    values (${space}, ${ceiba}, ${id}, 'document', 'pdf', 'Acta', 900)`;
  const [message] = await read(own, listOwnMessages, ceiba);
  expect(message).toHaveProperty("attachments", [
    { kind: "document", format: "pdf", name: "Acta", bytes: 900 },
  ]);
});

test("settings come with every place in a group, and a group that was left shows no name", async () => {
  const hidden = await cast.group("Escondida");
  const own = await cast.member(group, `Ocote ${++planted}`);
  const before = await cast.member(hidden, "Pirul", ["coordinator"], own.account);
  await owner`update memberships set ended_on = current_date where id = ${before.id}`;
  const person = await own.do((sql) => getOwnPerson(sql, own.account));
  expect(person).toMatchObject({ zone: "America/Mexico_City", notices: { own: "off" } });
  expect(
    person.memberships
      .map((each) => [each.group, each.alias.split(" ")[0], each.until !== undefined])
      .sort(),
  ).toEqual([
    [undefined, "Pirul", true],
    ["Tejido", "Ocote", false],
  ]);
  expect(JSON.stringify(person)).not.toContain(own.account);
});
