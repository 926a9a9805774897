/** Why something of another hub is not believed; peers and stewards get these words. */
export type ProtocolReason =
  | "too_large"
  | "malformed"
  | "wrong_algorithm"
  | "wrong_type"
  | "unknown_peer"
  | "unknown_key"
  | "bad_signature"
  | "wrong_hub"
  | "wrong_time"
  | "wrong_target"
  | "wrong_body"
  | "wrong_reply"
  | "broken_chain";

export class ProtocolProblem extends Error {
  readonly reason: ProtocolReason;

  constructor(reason: ProtocolReason, options?: ErrorOptions) {
    super(`Not believed: ${reason}.`, options);
    this.reason = reason;
  }
}
