import { inspect } from "node:util";
import { Refusal, type Words } from "./refusals.ts";
import type { Hub } from "./start.ts";

/** The one place that writes to the terminal; the log goes to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printStep({ es, en }: Words): void {
  print(`${es}  ${en}`);
}

export function printReady({ url, firstInvitation }: Hub): void {
  const ready = `Telar está listo en ${url}\nTelar is ready at ${url}`;
  print(firstInvitation ? `${ready}\n${invite(firstInvitation)}` : ready);
}

const invite = ({ link, code }: NonNullable<Hub["firstInvitation"]>) => `
Invitación para quien va a cuidar este lugar. Vale una sola vez, durante 72 horas:
The invitation for this hub's first steward. It works once, for 72 hours:

  ${link}
  ${code}
`;

export function printProblem(problem: unknown): void {
  if (!(problem instanceof Refusal)) {
    print(`Telar no pudo empezar.\nTelar could not start.\n\n${inspect(problem)}`);
    return;
  }
  const list = (language: keyof Words) =>
    problem.reasons.map((words) => `  ${words[language]}`).join("\n");
  print(`Telar no pudo empezar:\n${list("es")}\nTelar could not start:\n${list("en")}`);
}
