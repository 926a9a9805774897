import { EmbeddedProblem } from "@telar/database/embedded-problem";
import { KeyFileProblem } from "@telar/federation/private-files";
import type { Config } from "./config.ts";

/** A sentence for the person at the terminal. */
export interface Words {
  es: string;
  en: string;
}

/** Why the hub does not start, in plain words instead of a stack. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly reasons: Words[];

  constructor(reasons: Words[], options?: ErrorOptions) {
    super(reasons.map(({ en }) => en).join(" "), options);
    this.reasons = reasons;
  }
}

/** The plain words for a problem that a person can mend; everything else comes back as it is. */
export function explained(problem: unknown, { TELAR_DATA, PORT }: Config): unknown {
  const words = wordsOf(problem, TELAR_DATA, PORT);
  return words ? new Refusal([words], { cause: problem }) : problem;
}

function wordsOf(problem: unknown, folder: string, port: number): Words | undefined {
  if (problem instanceof EmbeddedProblem) return embeddedWords[problem.reason](problem.subject);
  if (problem instanceof KeyFileProblem) return keyFileWords[problem.reason](problem.file);
  return systemWords(codeOf(problem), folder, port);
}

const embeddedWords: Record<EmbeddedProblem["reason"], (subject: string) => Words> = {
  folder_closed: (path) => ({
    es: `PostgreSQL no puede pasar por la carpeta ${path}: root la tiene cerrada y PostgreSQL no trabaja como root. Pon Telar y sus datos (TELAR_DATA) en una carpeta abierta, como /srv/telar.`,
    en: `PostgreSQL cannot pass the folder ${path}: root keeps it closed, and PostgreSQL does not work as root. Put Telar and its data (TELAR_DATA) in an open folder, such as /srv/telar.`,
  }),
  no_account: (name) => ({
    es: `No se pudo crear la cuenta «${name}», con la que trabaja PostgreSQL cuando Telar empieza como root. Empieza Telar con otra cuenta.`,
    en: `The account “${name}”, as which PostgreSQL works when Telar is started by root, could not be made. Start Telar from another account.`,
  }),
  no_program: (machine) => ({
    es: `No hay un PostgreSQL de npm para este equipo (${machine}). Pon en DATABASE_URL la dirección de un PostgreSQL 18 propio.`,
    en: `npm has no PostgreSQL for this machine (${machine}). Put the address of a PostgreSQL 18 of your own in DATABASE_URL.`,
  }),
  stopped: (lastLine) => ({
    es: `PostgreSQL no pudo empezar. Lo último que dijo: ${lastLine}`,
    en: `PostgreSQL could not start. Its last words: ${lastLine}`,
  }),
};

const keyFileWords: Record<KeyFileProblem["reason"], (file: string) => Words> = {
  damaged: (file) => ({
    es: `El archivo de llaves ${file} está dañado. Devuelve el de tu copia de respaldo.`,
    en: `The key file ${file} is damaged. Put back the one of your backup.`,
  }),
  missing: (file) => ({
    es: `Falta el archivo de llaves ${file}. Devuelve el de tu copia de respaldo.`,
    en: `The key file ${file} is missing. Put back the one of your backup.`,
  }),
};

function systemWords(code: string, folder: string, port: number): Words | undefined {
  const words: Record<string, Words> = {
    EADDRINUSE: {
      es: `Otro programa ya usa el puerto ${port}. Ciérralo o elige otro puerto con PORT.`,
      en: `Another program already uses port ${port}. Close it, or choose another port with PORT.`,
    },
    EADDRNOTAVAIL: {
      es: "Este equipo no tiene la dirección de HOST.",
      en: "This machine does not have the address of HOST.",
    },
    ENOSPC: {
      es: `El disco de la carpeta de datos ${folder} está lleno.`,
      en: `The disk of the data folder ${folder} is full.`,
    },
    EROFS: {
      es: `La carpeta de datos ${folder} es de solo lectura.`,
      en: `The data folder ${folder} is read-only.`,
    },
    EACCES: {
      es: `Falta permiso para usar la carpeta de datos ${folder} o el puerto ${port}.`,
      en: `Permission to use the data folder ${folder} or port ${port} is missing.`,
    },
    ECONNREFUSED: {
      es: "La base de datos de DATABASE_URL no responde.",
      en: "The database of DATABASE_URL does not answer.",
    },
    "28P01": {
      es: "La base de datos de DATABASE_URL no acepta ese nombre, esa cuenta o esa clave.",
      en: "The database of DATABASE_URL does not accept that name, account or password.",
    },
    "42501": {
      es: "La cuenta de DATABASE_URL debe ser dueña de su base de datos y poder crear roles (CREATEROLE).",
      en: "The account of DATABASE_URL must own its database and be allowed to make roles (CREATEROLE).",
    },
    newer_database: {
      es: "Una versión más nueva de Telar ya usó esta base de datos. Empieza esa versión.",
      en: "A newer version of Telar has already used this database. Start that version.",
    },
    ENOTDIR: {
      es: `La carpeta de datos ${folder} no es una carpeta.`,
      en: `The data folder ${folder} is not a folder.`,
    },
  };
  const alike: Record<string, string> = {
    CONNECT_TIMEOUT: "ECONNREFUSED",
    ENOTFOUND: "ECONNREFUSED",
    EAI_AGAIN: "ECONNREFUSED",
    ETIMEDOUT: "ECONNREFUSED",
    "28000": "28P01",
    "3D000": "28P01",
    EDQUOT: "ENOSPC",
    "53100": "ENOSPC",
    EPERM: "EACCES",
    EEXIST: "ENOTDIR",
  };
  return words[alike[code] ?? code];
}

export function codeOf(problem: unknown): string {
  return problem instanceof Error && "code" in problem ? String(problem.code) : "";
}
