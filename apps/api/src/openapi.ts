import type { Operation, Proof } from "@telar/contracts/operation";
import { operations } from "@telar/contracts/operations";
import { Problem } from "@telar/contracts/problems";
import * as z from "zod";
import type { Frame } from "./frame.ts";
import { cookieName } from "./session-cookie.ts";

/** The OpenAPI 3.1 document, printed from the same contracts that the routes check with. */
export function serveOpenApi({ app, publicUrl }: Frame): void {
  let document: ReturnType<typeof describeApi> | undefined;
  app.get("/api/openapi.json", (c) => {
    document ??= describeApi(publicUrl);
    return c.json(document);
  });
}

function describeApi(publicUrl: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { name, feature, operation } of operations) {
    const path = operation.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describe(name, feature, operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Telar",
      version: "1",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
      description: apiRules,
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: { session: { type: "apiKey", in: "cookie", name: cookieName(publicUrl) } },
      schemas: { Problem: schemaOf(Problem, "output") },
    },
  };
}

function describe(
  name: string,
  feature: string,
  { method, path, proof, summary, input, output, sendsFile, answersFile }: Operation,
) {
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter));
  const { properties = {}, required = [] } = schemaOf(input, "input");
  const fields = Object.entries(properties);
  const inQuery = method === "GET" || method === "DELETE";
  const rest = fields.filter(([field]) => !inPath.has(field));
  const parameters = fields
    .filter(([field]) => inPath.has(field) || inQuery)
    .map(([field, schema]) => ({
      name: field,
      in: inPath.has(field) ? "path" : "query",
      required: inPath.has(field) || required.includes(field),
      schema,
    }));
  const body = required.filter((field) => !inPath.has(field));
  return {
    operationId: name,
    summary,
    description: needs[proof],
    tags: [tagOf(feature)],
    ...(parameters.length > 0 && { parameters }),
    ...(!inQuery &&
      rest.length > 0 && {
        requestBody: {
          required: body.length > 0,
          content: json({
            type: "object",
            properties: Object.fromEntries(rest),
            required: body,
          }),
        },
      }),
    ...(sendsFile && { requestBody: { required: true, content: oneFile } }),
    ...(proof !== "none" && { security: [{ session: [] }] }),
    responses: {
      200: {
        description: "Done.",
        content: answersFile ? anyFile : json(schemaOf(output, "output")),
      },
      default: {
        description: "A refusal.",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

/** What holds for every operation. */
export const apiRules =
  "Writes send application/json and an Origin header equal to the hub's address. Refusals are RFC 9457 problems.";

/** `handOvers` reads `hand overs`. */
export const tagOf = (feature: string) =>
  feature.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What a caller must show, for people who read. */
export const needs: Record<Proof, string> = {
  none: "Open to everyone.",
  session: "Needs a session.",
  fresh_session: "Needs a session that was confirmed in the last ten minutes.",
};

const json = (schema: object) => ({ "application/json": { schema } });

const file = { type: "string", format: "binary" };
const oneFile = {
  "multipart/form-data": {
    schema: { type: "object", properties: { file }, required: ["file"] },
  },
};
const anyFile = { "application/octet-stream": { schema: file } };

interface ObjectSchema {
  properties?: Record<string, object>;
  required?: string[];
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): ObjectSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: tellLimits,
  });
  return rest as ObjectSchema;
}

/**
 * Text is tidied before its limits are checked: the limits after that are the ones to know. What a format or
 * every number says anyway is left out.
 */
function tellLimits({ zodSchema, jsonSchema }: Described): void {
  const { def } = zodSchema._zod;
  if (def.type === "pipe" && def.out._zod.def.type === "string")
    Object.assign(jsonSchema, schemaOf(def.out as z.ZodType, "output"));
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

type Described = Parameters<NonNullable<z.core.ToJSONSchemaParams["override"]>>[0];
