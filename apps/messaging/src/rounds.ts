import { setTimeout as sleep } from "node:timers/promises";

const restFactor = 4;

/** Work that many ask for and one does: each round is for all who asked before it began, and rests longer than it took. */
export class Rounds {
  readonly #work: () => Promise<void>;
  readonly #report: (problem: unknown) => void;
  #next: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #restUntil = 0;

  constructor(work: () => Promise<void>, report: (problem: unknown) => void) {
    this.#work = work;
    this.#report = report;
  }

  ask(): void {
    if (this.#next) return;
    this.#next = this.#run();
    this.#next.catch(this.#report);
  }

  /** When the round that was asked for last is done; throws if it failed. */
  settle(): Promise<void> {
    return this.#next ?? this.#last;
  }

  async #run(): Promise<void> {
    await this.#last.catch(() => {});
    await sleep(Math.max(0, this.#restUntil - performance.now()));
    this.#next = undefined;
    const began = performance.now();
    this.#last = this.#work();
    await this.#last.finally(() => {
      const now = performance.now();
      this.#restUntil = now + restFactor * (now - began);
    });
  }
}
