import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { MessageId, SpaceId } from "@telar/contracts/ids";
import { postMessage } from "@telar/contracts/messages";
import type { Person } from "@telar/contracts/person";

export interface Acknowledged {
  id: MessageId;
  place: number;
  /** When it was first sent, and when the hub said yes; of `performance.now`. */
  sentAt: number;
  writer: number;
}

/** Writes one message after another, and sends each again with its id until the hub says yes: what the outbox does. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** How long somebody waited for an answer, whatever it was. */
  longestMs = 0;
  readonly #space: SpaceId;
  readonly #done: Promise<unknown>;
  #stopped = false;

  constructor(space: SpaceId, people: Person[]) {
    this.#space = space;
    this.#done = Promise.all(people.map((person, writer) => this.#write(person, writer)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #write(person: Person, writer: number): Promise<void> {
    for (let count = 1; !this.#stopped; count += 1) {
      const id = randomUUID() as MessageId;
      const sentAt = performance.now();
      const place = await this.#send(person, id, `Mensaje ${writer} ${count}`);
      this.acknowledged.push({ id, place, sentAt, writer });
    }
  }

  async #send(person: Person, id: MessageId, body: string): Promise<number> {
    for (;;) {
      const began = performance.now();
      const asked = person.call(postMessage, { space: this.#space, id, body });
      const posting = await asked.catch(() => undefined);
      this.longestMs = Math.max(this.longestMs, performance.now() - began);
      if (posting?.outcome === "posted") return posting.place;
      await sleep(20);
    }
  }
}
