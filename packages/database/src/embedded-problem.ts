/**
 * Why PostgreSQL could not be started; `subject` is the folder or account it is about, or PostgreSQL's own last line.
 * - `folder_closed`: root starts the hub, and the account `postgres` may not pass this folder.
 * - `no_account`: root starts the hub, and the account `postgres` could not be made.
 * - `no_program`: npm holds no PostgreSQL for this machine.
 * - `stopped`: it ended before it was ready.
 */
export class EmbeddedProblem extends Error {
  override name = "EmbeddedProblem";
  readonly reason: "folder_closed" | "no_account" | "no_program" | "stopped";
  readonly subject: string;

  constructor(reason: EmbeddedProblem["reason"], subject: string, options?: ErrorOptions) {
    super(`${reason}: ${subject}`, options);
    this.reason = reason;
    this.subject = subject;
  }
}
