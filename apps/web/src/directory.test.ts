import type { GroupCard } from "@telar/contracts/groups";
import { GroupId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, problem, publicUrl, serveAccount, signedIn } from "./testing.ts";

const card: GroupCard = {
  id: GroupId.parse("019a0000-0000-7000-8000-000000000001"),
  name: "Especialistas en terreno",
  kind: "expert_network",
  profile: { region: "Sonora", languages: ["es"], capabilities: ["forensic", "legal"] },
};

function openDirectory(page: object, asked: URLSearchParams[] = []) {
  return openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups", (c) => {
      asked.push(new URL(c.req.url).searchParams);
      return c.json(page);
    });
    api.get("/api/peer-groups", (c) => c.json({ entries: [] }));
  });
}
const read = async (web: ReturnType<typeof openWeb>, query = "", init = {}) =>
  (await web.request(`${publicUrl}/directorio${query}`, init)).text();

test("groups are shown with what they show of themselves, and the page goes on by a link", async () => {
  const html = await read(
    openDirectory({ entries: [card], next: "abc.def" }),
    "?kind=expert_network",
  );
  expect(html).toContain(`<a href="/grupos/${card.id}">Especialistas en terreno</a>`);
  expect(html).toContain("Red de especialistas · Sonora");
  expect(html).toContain("Ofrece trabajo forense y apoyo jurídico");
  expect(html).toContain('href="/directorio?kind=expert_network&amp;after=abc.def"');
});

test("empty filters are left out, and what was chosen stays chosen", async () => {
  const asked: URLSearchParams[] = [];
  const html = await read(
    openDirectory({ entries: [] }, asked),
    "?name=&region=+Sonora+&kind=&capability=legal&language=&other=x",
  );
  expect(asked.map(String)).toEqual(["capability=legal&region=Sonora"]);
  expect(html).toContain('value="Sonora"');
  expect(html).toMatch(/<option value="legal" selected/);
  expect(html).toContain("<details open");
});

test("an empty directory says what it is for and what comes next, to each in their place", async () => {
  const empty = openDirectory({ entries: [] });
  expect(await read(empty)).toContain("Con una cuenta puedes ver también");
  expect(await read(empty, "", signedIn)).toContain("Si coordinas uno, puedes decidir que se vea.");
  expect(await read(empty, "?name=zz")).toContain("Prueba con menos detalle.");
  expect(await read(empty, "?after=abc")).toContain("Aquí termina la lista.");
});

test("what could not be searched is said in plain words, with the form kept", async () => {
  const web = openWeb((api) => {
    api.get("/api/groups", (c) => c.json(problem("invalid_input"), 400));
  });
  for (const query of ["?kind=otra", `?name=${"x".repeat(200)}`, "?after=forged"]) {
    const answer = await web.request(`${publicUrl}/directorio${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("No pudimos buscar así.");
  }
});

test("groups of other hubs stand apart, with their hub, and for whoever has an account", async () => {
  const { id, ...shown } = card;
  const web = openWeb((api) => {
    serveAccount()(api);
    api.get("/api/groups", (c) => c.json({ entries: [] }));
    api.get("/api/peer-groups", (c) =>
      c.json({ entries: [{ id, ...shown, hub: "https://raices.example" }], next: "abc.def" }),
    );
  });
  const html = await read(web, "?kind=expert_network", signedIn);
  expect(html).toContain("En otros hubs");
  expect(html).toContain("<strong>Especialistas en terreno</strong>");
  expect(html).toContain("Vive en raices.example");
  expect(html).toContain('href="/directorio?kind=expert_network&amp;others=abc.def#others"');
  expect(await read(web)).not.toContain("En otros hubs");
});
