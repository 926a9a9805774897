import { GroupId, MembershipId } from "@telar/contracts/ids";
import type { SpaceCard } from "@telar/contracts/spaces";
import { expect, test } from "vitest";
import { coalition, group, mesa, openSpacePages, space } from "./space-testing.ts";
import { openWeb, problem, publicUrl, sent, serveAccount, signedIn } from "./testing.ts";

const place = {
  id: MembershipId.parse("019a0000-0000-7000-8000-000000000031"),
  group: GroupId.parse(group),
  groupName: "Tejido",
  alias: "Jacaranda",
};

function openList(cards: SpaceCard[], coordinates = false) {
  const asked: (string | undefined)[] = [];
  const roles = coordinates ? (["member", "coordinator"] as const) : (["member"] as const);
  const web = openWeb((api) => {
    serveAccount({ memberships: [{ ...place, roles: [...roles] }] })(api);
    api.get("/api/spaces", (c) => {
      asked.push(c.req.query("group"));
      return c.json(cards);
    });
    api.get("/api/coalitions", (c) =>
      c.json([
        {
          ...{ id: coalition, name: "Encuentro", state: "member", convener: true },
          ...{ group, groupName: "Tejido" },
        },
      ]),
    );
    api.post("/api/spaces", async (c) => {
      asked.push(JSON.stringify(await c.req.json()));
      return c.json({ space });
    });
  });
  const read = async (path: string) => (await web.request(publicUrl + path, signedIn)).text();
  return { read, web, asked };
}

test("spaces one is in lead to what is new, the others to their rules first", async () => {
  const { read } = openList([
    { ...mesa, title: "Dentro" },
    { ...mesa, title: "Otra vez", standing: "asked_again" },
    { ...mesa, title: "Fuera", standing: "none", state: "closed" },
  ]);
  const html = await read("/espacios");
  expect(html).toContain(`<a href="/espacios/${space}#nuevo">Dentro</a>`);
  expect(html).toContain(`<a href="/espacios/${space}/entrar">Otra vez</a>`);
  expect(html).toContain("Las reglas cambiaron. Léelas y decide.");
  expect(html).toContain("Cerrado: se puede leer");
  expect(html).not.toMatch(/sin leer|\d+ nuev/);
});

test("an empty list says what spaces are for, and the first step to whoever can take it", async () => {
  expect(await openList([]).read("/espacios")).toContain("En tus grupos todavía no hay espacios.");
  expect(await openList([], true).read("/espacios")).toContain('href="/espacios/nuevo"');
});

test("a group's page asks for its spaces only", async () => {
  const { read, asked } = openList([]);
  await read(`/espacios?grupo=${group}`);
  await read("/espacios?grupo=nonsense");
  expect(asked).toEqual([group, undefined]);
});

test("a space of a coalition is made through the group that convenes", async () => {
  const { web, read, asked } = openList([], true);
  expect(await read(`/espacios/nuevo?de=${coalition}`)).toContain(
    `value="${group} ${coalition}" checked`,
  );
  const fields = {
    ...{ owner: `${group} ${coalition}`, kind: "working", title: "Mesa", purpose: "Pensar" },
    ...{ rules: "Nos escuchamos.", alias: "Nube" },
  };
  const answer = await web.request(`${publicUrl}/espacios/nuevo`, sent(fields, signedIn.headers));
  expect(answer.headers.get("location")).toBe(`/espacios/${space}`);
  expect(JSON.parse(asked[0] ?? "")).toMatchObject({ coalition, through: group, kind: "working" });
});

test("whoever asked to come in reads the rules while they wait, and decides nothing twice", async () => {
  const asked = openSpacePages({ space: { standing: "asked", you: undefined } });
  const html = await asked.read("/entrar");
  expect(html).toContain("Pediste entrar.");
  expect(html).toContain("Nos escuchamos.");
  expect(html).not.toContain('name="rulesVersion"');
});

test("rules that changed while somebody read them are shown anew, with their new number", async () => {
  const { send } = openSpacePages({
    space: { standing: "none", you: undefined },
    serve: (api) => {
      api.post("/api/spaces/:space/participation", (c) => c.json(problem("rules_changed"), 409));
    },
  });
  const { answer, text } = await send("/entrar", { rulesVersion: "2", alias: "Colibrí" });
  expect(answer.status).toBe(409);
  expect(text).toContain('name="rulesVersion" value="3"');
  expect(text).toContain("Las reglas de este espacio cambiaron.");
  expect(text).toContain('value="Colibrí"');
});

test("whoever used three aliases is told that they come back under one of them", async () => {
  const { send } = openSpacePages({
    space: { standing: "none", you: undefined },
    serve: (api) => {
      api.post("/api/spaces/:space/participation", (c) => c.json(problem("limit_reached"), 409));
    },
  });
  const { answer, text } = await send("/entrar", { rulesVersion: "3", alias: "Colibrí" });
  expect(answer.status).toBe(409);
  expect(text).toContain("ya usaste tres alias en este espacio");
  expect(text).not.toContain("puede ampliar el límite");
  expect(text).toContain("Sí, quiero entrar");
});

test("in peer support no alias is offered that somebody has elsewhere", async () => {
  const joining = { standing: "none", you: undefined } as const;
  const peer = await openSpacePages({ space: { ...joining, kind: "peer_support" } }).read(
    "/entrar",
  );
  expect(peer).not.toContain("Jacaranda");
  expect(await openSpacePages({ space: joining }).read("/entrar")).toContain('value="Jacaranda"');
});

test("settings are sent whole, what is not ticked as no", async () => {
  const { send, done } = openSpacePages({ space: { mayChange: true } });
  await send("/ajustes", {
    ...{ title: "Mesa", purpose: "Pensar", rules: "Nos escuchamos.", rulesVersion: "3" },
    ...{ "settings.keepsDays": "30", "settings.slowMinutes": "2", "settings.holdsFirst": "1" },
    ...{ "settings.weeklyHoursMax": "12", "settings.admission": "on" },
  });
  expect(done).toEqual([
    [
      "PUT",
      "",
      expect.objectContaining({
        rulesVersion: "3",
        settings: {
          keepsDays: "30",
          slowMinutes: "2",
          holdsFirst: "1",
          weeklyHoursMax: "12",
          admission: "on",
        },
      }),
    ],
  ]);
});

test("hours are added for several days and taken away one by one", async () => {
  const monday = { weekday: 1, opens: "18:00", closes: "20:00" };
  const { send, done } = openSpacePages({ space: { mayChange: true, hours: [monday] } });
  await send("/horario", { remove: "1 18:00" });
  await send("/horario", { weekdays: "3", opens: "09:00", closes: "10:00", zone: "Europe/Madrid" });
  expect(done).toEqual([
    ["PUT", "/hours", { zone: "America/Mexico_City", hours: [] }],
    [
      "PUT",
      "/hours",
      { zone: "Europe/Madrid", hours: [monday, { weekday: 3, opens: "09:00", closes: "10:00" }] },
    ],
  ]);
  const { answer, text } = await send("/horario", {
    weekdays: "3",
    opens: "10:00",
    closes: "09:00",
  });
  expect(answer.status).toBe(400);
  expect(text).toContain('id="closes-problem"');
});

test("the last of two who facilitate is told what to do first, in words", async () => {
  const { send } = openSpacePages({
    serve: (api) => {
      api.delete("/api/spaces/:space/participation", (c) =>
        c.json(problem("two_facilitators_needed"), 409),
      );
    },
  });
  const { answer, text } = await send("/salir", {});
  expect(answer.status).toBe(409);
  expect(text).toContain("Antes de salir, pide a otra persona que facilite, o cierra el espacio.");
});
