import type { AccountId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";

/** Lets so many pieces of work run at once, and no more of one person's; whoever comes meanwhile hears when to come back. */
export function takeTurns(
  atOnce: { person: number; hub: number },
  retryAfterSeconds = 10,
): <Result>(account: AccountId, work: () => Promise<Result>) => Promise<Result> {
  const running: AccountId[] = [];
  return async (account, work) => {
    const own = running.filter((one) => one === account).length;
    if (own >= atOnce.person || running.length >= atOnce.hub)
      throw new HubError("unavailable", undefined, { retryAfterSeconds });
    running.push(account);
    try {
      return await work();
    } finally {
      running.splice(running.indexOf(account), 1);
    }
  };
}
