import { registerHooks } from "node:module";

/**
 * What postgres.js 3.4.9 must do besides when PostgreSQL closes a connection: refuse further queries instead of
 * ending the process (github.com/porsager/postgres/issues/1208), forget what was still to be sent and what failed
 * last, refuse what was asked between the break and the close instead of taking the next connection's answers for it,
 * and not throw where nobody can catch it. Until a release does so, this is added behind these lines while it is loaded.
 */
const additions = {
  "    if (q.cancelled)\n      return\n": `
    if (socket === null)
      return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)
`,
  "    clearImmediate(nextWriteTimer)\n": "    chunk = nextWriteTimer = errorResponse = null\n",
  "      return reconnect()\n":
    "    hadError && error(Errors.connection('CONNECTION_CLOSED', options))\n",
  "return fetchArrayTypes()": ".catch(() => {})",
};

const hooks = registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith("/postgres/src/connection.js")) return loaded;
    return { ...loaded, source: changed(String(loaded.source)) };
  },
});
export const { default: driver } = await import("postgres");
hooks.deregister();

function changed(source: string): string {
  return Object.entries(additions).reduce((text, [place, added]) => {
    if (!text.includes(place))
      throw new Error("This release of postgres.js needs other additions.");
    return text.replaceAll(place, place + added);
  }, source);
}
