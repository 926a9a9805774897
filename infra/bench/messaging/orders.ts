import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Writer {
  /** Empty: over a socket that asks nobody who it is. */
  cookie: string;
  space: string;
}
export type Order =
  | { kind: "follow"; url: string; places: (Writer & { after: number })[]; comesBack: boolean }
  /** What came since the beginning; `timed`: takes the time of everything that comes from now on. */
  | { kind: "count"; timed: boolean }
  | { kind: "post"; url: string; writers: Writer[]; seconds: number; body: string }
  | { kind: "rate"; url: string; writers: Writer[]; seconds: number; body: string; rate: number };

interface Counted {
  delivered: number;
  /** News that brought nothing new, or came out of order. */
  missed: number;
  latencies: number[];
  connected: number;
  least: number;
}
export interface Sent {
  acknowledged: number;
  refused: number;
  latencies: number[];
}
export type Answer = Counted | Sent;
type AnswerTo<One extends Order> = One extends { kind: "follow" | "count" } ? Counted : Sent;

/** A process of clients, in `clients.ts`. */
export class Clients {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #asked = 0;

  constructor() {
    this.#child = fork(fileURLToPath(new URL("clients.ts", import.meta.url)), {
      serialization: "advanced",
    });
    this.#child.on(
      "message",
      ({ n, answer, problem }: { n: number; answer: Answer; problem?: string }) => {
        if (problem) this.#waiting.get(n)?.reject(new Error(problem));
        else this.#waiting.get(n)?.resolve(answer);
        this.#waiting.delete(n);
      },
    );
  }

  ask<One extends Order>(order: One): Promise<AnswerTo<One>> {
    this.#asked += 1;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(this.#asked, waiting);
    this.#child.send({ ...order, n: this.#asked });
    return waiting.promise as Promise<AnswerTo<One>>;
  }

  [Symbol.dispose](): void {
    this.#child.disconnect();
  }
}
