import { randomInt } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { LanguageCode } from "@telar/contracts/languages";
import { HubError } from "@telar/contracts/problems";
import pLimit from "p-limit";
import { offeredWords } from "./offered-words.ts";

const wordCount = 7;
const placesMax = 42;

export interface PassphraseCost {
  /** KiB of memory for one hash. */
  memoryCost: number;
  timeCost: number;
}

/** 64 MiB and two passes, about 0.1 s a hash. */
export const passphraseCost: PassphraseCost = { memoryCost: 65_536, timeCost: 2 };

/** Seven of more than 1,700 words: 75 random bits. */
export function newPassphrase(language: LanguageCode | undefined): string {
  const words = offeredWords(language);
  return Array.from({ length: wordCount }, () => words[randomInt(words.length)]).join(" ");
}

/** Capitals, accents and the kind of space do not count: a phone's keyboard changes them. */
export function comparedPassphrase(passphrase: string): string {
  return passphrase
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s-]+/g, " ")
    .trim();
}

/** Somebody's place where passphrases are hashed, until it is disposed of. */
export interface Place extends Disposable {
  hash(passphrase: string): Promise<string>;
  /** Takes the same time for an account that does not exist or has no passphrase. */
  matches(passphrase: string, kept: string | null | undefined): Promise<boolean>;
}

/** `known`: who shows a live session or an open invitation, and never waits behind strangers. */
export type Lane = "known" | "strangers";

export interface Passphrases {
  /** To be taken before a try is counted: `unavailable` when too many wait is nobody's wrong try. */
  place(lane: Lane): Place;
}

/** Argon2id, one at a time for the known and two for strangers, so that sign-ins cannot take the whole machine. */
export function createPassphrases({ memoryCost, timeCost }: PassphraseCost): Passphrases {
  const lanes = {
    known: { turns: pLimit(1), taken: 0 },
    strangers: { turns: pLimit(2), taken: 0 },
  };
  const make = (passphrase: string) =>
    hash(comparedPassphrase(passphrase), { memoryCost, timeCost, parallelism: 1 });
  const nobody = make("nobody signs in with this");
  return {
    place(name) {
      const lane = lanes[name];
      if (lane.taken >= placesMax)
        throw new HubError("unavailable", undefined, { retryAfterSeconds: 10 });
      lane.taken += 1;
      return {
        hash: (passphrase) => lane.turns(() => make(passphrase)),
        async matches(passphrase, kept) {
          const against = kept ?? (await nobody);
          const right = await lane.turns(() => verify(against, comparedPassphrase(passphrase)));
          return right && Boolean(kept);
        },
        [Symbol.dispose]() {
          lane.taken -= 1;
        },
      };
    },
  };
}
