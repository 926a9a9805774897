import type { MessageId, ParticipantId } from "@telar/contracts/ids";
import { listParticipants } from "@telar/contracts/participants";
import { Person } from "@telar/contracts/person";
import { foundSpace } from "@telar/contracts/spaces";
import { describe, expect, inject, test } from "vitest";
import { newcomer } from "./newcomers.ts";
import { go, goOn, openPage, pathOf, textOf } from "./pages.ts";
import { join, say } from "./settle-spaces.ts";

const hub = inject("hub");
const as = ({ cookies }: { cookies: string }) => new Person(fetch, hub.url, cookies);
const coordinator = as(hub.coordinator);

describe.each([true, false])("reports, with JavaScript: %s (W02)", (javaScript) => {
  const open = ({ cookies }: { cookies: string }) => openPage(hub.url, { javaScript, cookies });

  async function room() {
    const title = `Mesa ${crypto.randomUUID().slice(0, 6)}`;
    const { space } = await coordinator.call(foundSpace, {
      ...{ group: hub.group, kind: "working", title, alias: "Nube" },
      ...{ purpose: "Para pensar", rules: "Nos escuchamos." },
    });
    const [hurt, author] = [await newcomer(), await newcomer()];
    await join(as(hurt), space, hub.group, "Colibrí");
    await join(as(author), space, hub.group, "Tecolote");
    return { space, title, hurt, author, path: `/espacios/${space}` };
  }

  test("somebody reports a message, it is hidden, its author asks for another look (M01, M02)", async () => {
    const { space, hurt, author, path } = await room();
    const id: MessageId = await say(as(author), space, "Palabras con prisa");
    const reporting = await open(hurt);
    await reporting.goto(`${path}/mensajes/${id}`);
    await go(reporting, 'main a:text-is("Reportar")');
    await reporting.check("[name=reason][value=hurtful]");
    await reporting.fill("#words", "Me dolió leerlo");
    await goOn(reporting);
    expect(await textOf(reporting)).toContain("Gracias por decirlo");

    const caring = await open(hub.coordinator);
    await caring.goto("/reportes");
    await go(caring, 'main li:has-text("Tecolote") a');
    expect(await textOf(caring)).toContain("Quien reporta prefiere que no sepas quién es.");
    expect(await textOf(caring)).not.toContain("Colibrí");
    await caring.click('summary:text-is("Hacer algo")');
    await caring.check("[name=act][value=hide]");
    await caring.fill("#reason", "Hiere a alguien del espacio");
    await go(caring, 'main button:text-is("Hacerlo")');
    await caring.check("[name=state][value=decided]");
    await caring.fill("#answer", "Lo ocultamos. Gracias por cuidar.");
    await goOn(caring);

    await reporting.goto("/reportes/mios");
    expect(await textOf(reporting)).toContain("Lo ocultamos. Gracias por cuidar.");
    await reporting.goto(`${path}/decisiones`);
    expect(await textOf(reporting)).toContain("ocultó un mensaje");
    expect(await textOf(reporting)).toContain("Hiere a alguien del espacio");

    const writing = await open(author);
    await writing.goto("/decisiones");
    await go(writing, 'main a:text-is("Leer")');
    expect(await textOf(writing)).toContain("Una persona facilitadora ocultó este mensaje.");
    expect(await textOf(writing)).toContain("Palabras con prisa");
    await writing.fill("#words", "No quise herir a nadie");
    await goOn(writing);
    expect(await textOf(writing)).toContain("Alguien distinto lo va a revisar.");
    await caring.goto("/apelaciones");
    expect(await textOf(caring)).not.toContain("No quise herir a nadie");
  });

  test("what somebody chose not to read has no words in their list, and is one tap away (P14)", async () => {
    const { space, hurt, author, path } = await room();
    await say(as(author), space, "Palabras que pesan");
    const { entries } = await as(hurt).call(listParticipants, { space });
    const them = entries.find(({ alias }) => alias === "Tecolote")?.id as ParticipantId;
    const reading = await open(hurt);
    await reading.goto(`${path}/personas/${them}`);
    await go(reading, 'main button:text-is("No leer lo que escribe")');
    await reading.goto(path);
    expect(await textOf(reading)).toContain("Mensaje de alguien que decidiste no leer.");
    expect(await textOf(reading)).not.toContain("Palabras que pesan");
    await go(reading, 'main a:text-is("Leerlo esta vez")');
    expect(await textOf(reading)).toContain("Palabras que pesan");
  });

  test("two people talk once both want to, and one ends it (P16)", async () => {
    const { space, hurt, author, path } = await room();
    const { entries } = await as(hurt).call(listParticipants, { space });
    const them = entries.find(({ alias }) => alias === "Tecolote")?.id;
    const asking = await open(hurt);
    await asking.goto(`${path}/personas/${them}`);
    await go(asking, 'main button:text-is("Pedirle una conversación entre dos")');
    expect(await textOf(asking)).toContain("Si no responde, no hace falta nada más.");
    const asked = await open(author);
    await asked.goto("/conversaciones");
    await go(asked, "main button[value=accept]");
    await asked.fill("#body", "Aquí estoy");
    await goOn(asked);
    await asking.goto(pathOf(asked));
    expect(await textOf(asking)).toContain("Aquí estoy");
    await asking.click('main summary:text-is("Cerrar la conversación")');
    await go(asking, 'main button:text-is("Cerrarla")');
    await asked.goto(pathOf(asked));
    expect(await textOf(asked)).toContain("Esta conversación está cerrada.");
  });
});
