import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Counts by operation and status; nothing in it names or follows a person. */
export interface Metrics {
  registry: Registry;
  took(operation: string, status: number, seconds: number): void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "telar_answer_seconds",
    help: "Time from request to answer, by operation and status.",
    labelNames: ["operation", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers: [registry],
  });
  new Gauge({
    name: "telar_ready_since_seconds",
    help: "When this process became ready, in seconds since 1970.",
    registers: [registry],
  }).setToCurrentTime();
  return {
    registry,
    took: (operation, status, seconds) =>
      answers.observe({ operation, status: String(status) }, seconds),
  };
}
