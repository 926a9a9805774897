import * as z from "zod";
import { Refusal, type Words } from "./refusals.ts";

const settings = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(8080)
    .describe("The port on which the hub answers."),
  HOST: z
    .string()
    .regex(/^[0-9a-zA-Z.:-]+$/)
    .default("127.0.0.1")
    .describe("The address on which it listens; 0.0.0.0 lets other machines in without a proxy."),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl)
    .transform((text) => new URL(text).origin)
    .optional()
    .describe(
      "Where people reach the hub. https, except for localhost and .onion. Left out: http://localhost and the port.",
    ),
  TELAR_DATA: z
    .string()
    .default(".telar")
    .describe(
      "The folder that holds everything the hub keeps: the embedded PostgreSQL and the keys.",
    ),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl)
    .optional()
    .describe(
      "A PostgreSQL (18 or later) of your own, as its database's owner, who may make roles (CREATEROLE): postgres://owner:password@localhost/database; with ?sslmode=require for another machine. Left out: the embedded one.",
    ),
  EXIT_URL: z
    .string()
    .refine(isWebUrl)
    .default("https://www.wikipedia.org/")
    .describe("The harmless page that the quick exit leads to."),
  LOG_LEVEL: z
    .enum(["silent", "error", "warn", "info", "debug"])
    .default("warn")
    .describe("How much is logged; never addresses, agents, tokens or what people write."),
  METRICS_FROM: z
    .enum(["loopback", "nobody", "anywhere"])
    .default("loopback")
    .describe("Who may read /metrics."),
});

/** Everything that can be set from outside, as environment variables or in the file `.env`. */
export const Config = settings.transform((given) => ({
  ...given,
  PUBLIC_URL: given.PUBLIC_URL ?? `http://localhost:${given.PORT}`,
}));
export type Config = z.output<typeof Config>;

/** Throws a refusal with a reason for every value that is wrong; the values themselves may be secret and are not repeated. */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.entries(variables).filter(([, value]) => value !== "");
  const read = Config.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const names = new Set(read.error.issues.map(({ path }) => path[0] as keyof typeof demands));
  throw new Refusal(
    [...names].map((name) => ({
      es: `${name} debe ser ${demands[name].es}.`,
      en: `${name} must be ${demands[name].en}.`,
    })),
  );
}

const demands: Record<keyof z.input<typeof settings>, Words> = {
  PORT: { es: "un número entero de 1 a 65535", en: "a whole number from 1 to 65535" },
  HOST: {
    es: "una dirección de este equipo, como 127.0.0.1",
    en: "an address of this machine, such as 127.0.0.1",
  },
  PUBLIC_URL: {
    es: "una dirección que empiece con https:// y no siga después del nombre, como https://telar.example (http:// solo para localhost y .onion)",
    en: "an address that begins with https:// and has nothing after the name, such as https://telar.example (http:// only for localhost and .onion)",
  },
  TELAR_DATA: { es: "el nombre de una carpeta", en: "the name of a folder" },
  DATABASE_URL: {
    es: "una dirección como postgres://cuenta:clave@localhost/base, o con ?sslmode=require al final si la base está en otro equipo: así nadie lee lo que viaja",
    en: "an address such as postgres://owner:password@localhost/database, or with ?sslmode=require at its end if the database is on another machine: so that nobody reads what travels",
  },
  EXIT_URL: {
    es: "una dirección que empiece con https://",
    en: "an address that begins with https://",
  },
  LOG_LEVEL: {
    es: "una de estas palabras: silent, error, warn, info, debug",
    en: "one of these words: silent, error, warn, info, debug",
  },
  METRICS_FROM: {
    es: "una de estas palabras: loopback, nobody, anywhere",
    en: "one of these words: loopback, nobody, anywhere",
  },
};

/** The text of `.env.example`. */
export function exampleEnv(): string {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input" });
  const entries = Object.entries(properties).map(([name, schema]) => {
    const { description, default: usual = "" } = schema as {
      description: string;
      default?: unknown;
    };
    return `# ${description}\n#${name}=${usual}\n`;
  });
  return `# Copy this file to .env and take the # off what you change.\n\n${entries.join("\n")}`;
}

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text);
  return isWebUrl(text) && url?.href === `${url?.origin}/`;
}

/** Plain http is safe where no network lies between, or where the network itself encrypts. */
function isPrivateName(name: string): boolean {
  return /^(.+\.)?localhost$|^127\.[\d.]+$|^\[::1\]$|\.onion$/.test(name);
}

function isDatabaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length <= 1) return false;
  const encrypts = /^(require|verify-ca|verify-full)$/.test(url.searchParams.get("sslmode") ?? "");
  return encrypts || /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isPrivateName(url.hostname));
}
