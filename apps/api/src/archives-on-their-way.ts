import type { ArchiveSize } from "@telar/contracts/archives";
import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";

/** How far a copy has come; only here, and only until it arrived or nobody takes it any more. */
interface OnItsWay extends ArchiveSize {
  done: number;
  movedAt: number;
}

/** After the hub's own port gave up on a silent reader. */
const silentMs = 90_000;
const mostAtOnce = 16;

export function createArchivesOnTheirWay(now = Date.now) {
  const onTheirWay = new Map<AccountId, OnItsWay>();
  const isSilent = ({ movedAt }: OnItsWay) => movedAt + silentMs < now();

  const find = (account: AccountId): OnItsWay | undefined => {
    const found = onTheirWay.get(account);
    return found && !isSilent(found) ? found : undefined;
  };
  return {
    find,
    /** One for each person: one that is asked for again ends the one before. */
    begin(account: AccountId, size: Pick<ArchiveSize, "entries" | "bytes">): OnItsWay {
      for (const [whose, one] of onTheirWay) if (isSilent(one)) onTheirWay.delete(whose);
      onTheirWay.delete(account);
      if (onTheirWay.size >= mostAtOnce)
        throw new HubError("unavailable", undefined, { retryAfterSeconds: 30 });
      const begun = { ...size, done: 0, movedAt: now() };
      onTheirWay.set(account, begun);
      return begun;
    },
    /** False once it has ended. */
    move(account: AccountId, one: OnItsWay, entries: number): boolean {
      if (onTheirWay.get(account) !== one) return false;
      one.done += entries;
      one.entries = Math.max(one.entries, one.done);
      one.movedAt = now();
      return true;
    },
    end(account: AccountId, one: OnItsWay): void {
      if (onTheirWay.get(account) === one) onTheirWay.delete(account);
    },
  };
}
