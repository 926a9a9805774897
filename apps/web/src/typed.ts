import type { Operation } from "@telar/contracts/operation";
import type { Context } from "hono";
import type * as z from "zod";

/** What a person typed into a form and sent. */
export interface Typed {
  text(name: string): string;
  list(name: string): string[];
  /** The fields that an operation takes, by their names (`visibility.about` fills a nested one). */
  input<Input extends z.ZodObject>(operation: Operation<Input, z.ZodType>): z.input<Input>;
  readonly entries: readonly (readonly [string, string])[];
}

export async function readTyped(c: Context): Promise<Typed> {
  const form = await c.req.formData().catch(() => new FormData());
  return typedFrom(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

export function typedFrom(entries: readonly (readonly [string, string])[]): Typed {
  const list = (name: string) => entries.filter(([key]) => key === name).map(([, text]) => text);
  return {
    entries,
    list,
    text: (name) => list(name)[0] ?? "",
    input: (operation) => fill(operation.input, "", list) as never,
  };
}

function fill(schema: z.ZodObject, prefix: string, list: (name: string) => string[]): object {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  return Object.fromEntries(
    fields.map(([name, field]) => [name, takeValue(field, prefix + name, list)]),
  );
}

function takeValue(field: z.ZodType, name: string, list: (name: string) => string[]): unknown {
  const inner = bare(field);
  if (inner.type === "object") return fill(inner as z.ZodObject, `${name}.`, list);
  const texts = list(name);
  if (inner.type === "boolean")
    return texts.length === 0 && inner !== field ? undefined : isYes(texts[0]);
  if (texts.length > 1) return texts;
  const [text] = texts;
  return text === "" && field.safeParse(undefined).success ? undefined : text;
}

const isYes = (text: string | undefined) => text === "on" || text === "true";

function bare(field: z.ZodType): z.ZodType {
  const { innerType } = field.def as { innerType?: z.ZodType };
  return innerType ? bare(innerType) : field;
}
