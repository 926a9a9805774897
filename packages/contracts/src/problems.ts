import * as z from "zod";

/** Every refusal a client can meet, and the HTTP status it travels as. */
export const problems = {
  invalid_input: 400,
  not_signed_in: 401,
  wrong_sign_in: 401,
  confirmation_needed: 403,
  not_allowed: 403,
  foreign_origin: 403,
  not_found: 404,
  invitation_not_open: 404,
  already_done: 409,
  name_taken: 409,
  invitation_closed: 409,
  last_coordinator: 409,
  last_steward: 409,
  last_way_in: 409,
  last_convener: 409,
  changed_meanwhile: 409,
  limit_reached: 409,
  weekly_limit: 409,
  not_yet: 409,
  /** A peer-support space opens, and stays open, with two people who facilitate it. */
  two_facilitators_needed: 409,
  space_not_open: 409,
  /** Somebody else has the word in the circle of the space. */
  not_your_turn: 409,
  /** The rules of the space are other ones than those the person said yes to. */
  rules_changed: 409,
  muted: 403,
  /** Somebody closed this door to the person, who was told why and can ask for another look. */
  banned: 403,
  /** A request of another hub that is not proven, or of one that is no peer. */
  hub_not_believed: 401,
  /** Words that somebody who facilitates reads first: as a new message they wait for that. */
  read_first: 409,
  too_large: 413,
  too_many_tries: 429,
  unexpected: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problems;

/** What is wrong with one field, so that a page can say it in words beside it. */
export const FieldProblem = z.enum([
  "missing",
  "too_short",
  "too_long",
  "too_many",
  "out_of_range",
  "wrong_form",
  "not_an_option",
  "taken",
  /** An alias that is also what the person signs in with. */
  "same_as_sign_in_name",
  /** Another hub's fingerprint is not the one that was typed. */
  "other_hub",
  /** Nothing answers there, or nothing that is a hub. */
  "no_hub",
]);
export type FieldProblem = z.infer<typeof FieldProblem>;

/** The body of every failed answer (RFC 9457, application/problem+json). */
export const Problem = z.object({
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().optional(),
  /** The request's id, by which the hub's log can be searched. */
  request: z.string().optional(),
  fields: z.record(z.string(), FieldProblem).optional(),
  retryAfterSeconds: z.int().optional(),
});
export type Problem = z.infer<typeof Problem>;

interface ProblemParts extends ErrorOptions {
  fields?: Record<string, FieldProblem>;
  retryAfterSeconds?: number;
}

/** A refusal on its way to the client. Anything else that is thrown is a bug. */
export class HubError extends Error {
  override name = "HubError";
  readonly code: ProblemCode;
  readonly fields: Record<string, FieldProblem> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail?: string, parts: ProblemParts = {}) {
    super(detail ?? code, parts);
    this.code = code;
    this.fields = parts.fields;
    this.retryAfterSeconds = parts.retryAfterSeconds;
  }
}
