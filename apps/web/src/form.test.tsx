import { HubError } from "@telar/contracts/problems";
import { expect, test } from "vitest";
import { Check, Choices, Field, Form, formOf, Select, Submit, Textarea } from "./form.tsx";
import { typedFrom } from "./typed.ts";
import { defineWords, translateInto } from "./words.ts";

const words = defineWords({
  es: { name: "Nombre", passphrase: "Tus palabras", kind: "Tipo", about: "Sobre el grupo" },
  en: { name: "Name", passphrase: "Your words", kind: "Kind", about: "About the group" },
});
const t = translateInto("es");
const refused = {
  typed: typedFrom([
    ["name", '"Ceiba"'],
    ["passphrase", "siete palabras secretas"],
    ["kind", "b"],
    ["about", "<p>"],
  ]),
  refusal: new HubError("invalid_input", undefined, {
    fields: { name: "taken", kind: "missing", unknown: "too_long" },
  }),
};
const options = [
  { value: "a", label: "Uno" },
  { value: "b", label: "Dos" },
];

function page(state: Parameters<typeof formOf>[2]) {
  const form = formOf(t, words, state);
  return (
    <Form of={form} action="/grupos">
      <Field of={form} name="name" autocomplete="organization" hint="Como se conoce" />
      <Field of={form} name="passphrase" type="password" />
      <Choices of={form} name="kind" options={options} />
      <Textarea of={form} name="about" optional />
      <Submit>Guardar</Submit>
    </Form>
  ).toString();
}

test("a field has its label, its hint and its autocomplete", () => {
  const html = page({});
  expect(html).toContain('<label for="name">Nombre</label>');
  expect(html).toContain('aria-describedby="name-hint"');
  expect(html).toContain('autocomplete="organization"');
  expect(html).toContain("(opcional)");
  expect(html).not.toContain('role="alert"');
});

test("a form that came back says on top what to mend, with links to the fields", () => {
  const html = String(page({ attempt: refused }));
  const summary = html.slice(0, html.indexOf("</section>"));
  expect(summary).toContain('<a href="#name">Nombre – Ya está en uso. Elige otro.</a>');
  expect(summary).toContain('<a href="#kind">Tipo – ');
  expect(summary.match(/<li>/g)).toHaveLength(2);
});

test("a choice that nobody has made yet is not called wrong, until it came back", () => {
  const marks = (html: unknown) => String(html).match(/(?<=type="radio"[^>]*aria-invalid=")\w+/g);
  expect(marks(page({}))).toEqual(["false", "false"]);
  expect(marks(page({ attempt: refused }))).toEqual(["true", "true"]);
});

test("the words for a field stand beside it, and it is marked", () => {
  const html = page({ attempt: refused });
  expect(html).toContain('<p class="problem" id="kind-problem">Falta completar esto.</p>');
  expect(html).toMatch(/aria-describedby="name-problem name-hint" aria-invalid="true"/);
});

test("what was typed is kept, escaped, and a passphrase never comes back", () => {
  const html = page({ attempt: refused });
  expect(html).toContain('value="&quot;Ceiba&quot;"');
  expect(html).toContain("\n&lt;p&gt;</textarea>");
  expect(html).toContain('name="kind" value="b" checked=""');
  expect(html).not.toContain("siete palabras secretas");
});

test("values stand in a form at first, and what was typed wins over them", () => {
  expect(page({ values: { name: "Red", kind: "a" } })).toContain('value="Red"');
  expect(page({ values: { name: "Red" }, attempt: refused })).not.toContain('value="Red"');
});

test("a select, several choices and a single yes keep what was chosen", () => {
  const form = formOf(t, words, { values: { kind: "b", name: ["a", "b"], about: "true" } });
  const html = (
    <>
      <Select of={form} name="kind" options={options} none="Ninguno" />
      <Choices of={form} name="name" many options={options} />
      <Check of={form} name="about" />
    </>
  ).toString();
  expect(html).toContain('<option value="b" selected="">Dos</option>');
  expect(html).toMatch(/type="checkbox" name="name" value="a" checked=""/);
  expect(html).toMatch(/id="about" name="about"[^>]*type="checkbox" checked=""/);
});
