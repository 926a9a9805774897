import type { Frame } from "./frame.ts";

/** One log line and one count an answer; neither says who asked, from where, or with what. */
export function noteAnswer(
  { metrics, log }: Pick<Frame, "metrics" | "log">,
  answer: { request: string; operation: string; status: number; began: number },
): void {
  const { began, ...told } = answer;
  const ms = performance.now() - began;
  metrics.took(told.operation, told.status, ms / 1000);
  log.info({ ...told, ms: Math.round(ms) });
}
