const kept = 10_000;
const keptForMs = 1000;

/** What every page asks for several times, looked up at most once a second. */
export interface Memory {
  recall<Value>(key: string, look: () => Promise<Value>): Promise<Value>;
  /** At every write of this process; what another process writes counts here within the second. */
  forget(): void;
}

/** `forgotten` hears that somebody's rights may have changed. */
export function createMemory(forgotten = () => {}): Memory {
  const found = new Map<string, { value: unknown; until: number }>();
  let writes = 0;
  return {
    async recall<Value>(key: string, look: () => Promise<Value>) {
      const known = found.get(key);
      if (known && known.until > Date.now()) return known.value as Value;
      const before = writes;
      const value = await look();
      if (found.size >= kept) found.clear();
      // What was read while somebody wrote may be the state before.
      if (before === writes) found.set(key, { value, until: Date.now() + keptForMs });
      return value;
    },
    forget() {
      writes += 1;
      found.clear();
      forgotten();
    },
  };
}
