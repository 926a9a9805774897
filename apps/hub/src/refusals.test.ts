import { EmbeddedProblem } from "@telar/database/embedded-problem";
import { KeyFileProblem } from "@telar/federation/private-files";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { demandVersion } from "./database.ts";
import { explained, Refusal } from "./refusals.ts";

const config = readConfig({ PORT: "8090", TELAR_DATA: "/srv/datos" });
const system = (code: string) =>
  Object.assign(new Error(`${code}: as the system says it`), { code });

test.each([
  [new EmbeddedProblem("folder_closed", "/root"), "/root"],
  [new EmbeddedProblem("no_account", "postgres"), "postgres"],
  [new EmbeddedProblem("no_program", "aix-ppc"), "aix-ppc"],
  [new EmbeddedProblem("stopped", "FATAL:  no room"), "FATAL:  no room"],
  [new KeyFileProblem("damaged", "/srv/datos/keys/hub.key"), "/srv/datos/keys/hub.key"],
  [new KeyFileProblem("missing", "/srv/datos/keys/hub.key"), "/srv/datos/keys/hub.key"],
  [system("EADDRINUSE"), "8090"],
  [system("EADDRNOTAVAIL"), "HOST"],
  [system("ENOSPC"), "/srv/datos"],
  [system("EDQUOT"), "/srv/datos"],
  [system("53100"), "/srv/datos"],
  [system("EROFS"), "/srv/datos"],
  [system("EACCES"), "/srv/datos"],
  [system("EPERM"), "/srv/datos"],
  [system("ENOTDIR"), "/srv/datos"],
  [system("EEXIST"), "/srv/datos"],
  [system("ECONNREFUSED"), "DATABASE_URL"],
  [system("ENOTFOUND"), "DATABASE_URL"],
  [system("28P01"), "DATABASE_URL"],
  [system("3D000"), "DATABASE_URL"],
  [system("42501"), "CREATEROLE"],
  [system("newer_database"), "Telar"],
])("%s is told in both languages, with what it is about", (problem, subject) => {
  const told = explained(problem, config);
  expect(told).toBeInstanceOf(Refusal);
  const { reasons } = told as Refusal;
  expect(reasons).toEqual([
    { es: expect.stringContaining(subject), en: expect.stringContaining(subject) },
  ]);
  expect(reasons[0]?.es).not.toBe(reasons[0]?.en);
});

test("what nobody foresaw comes back as it is", () => {
  const bug = new TypeError("undefined is not a function");
  expect(explained(bug, config)).toBe(bug);
});

test("PostgreSQL 18 and later serve, earlier ones are refused by their version", () => {
  for (const version of ["18.0", "18.4 (Debian 18.4-1)", "19beta1"]) demandVersion(version);
  for (const version of ["17.5", "9.6.24", ""])
    expect(() => demandVersion(version)).toThrow(Refusal);
});
