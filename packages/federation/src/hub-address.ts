/**
 * Another hub's address as all write it: `https://name`, without path, login or trailing stroke. Undefined for anything
 * else. `withinOwnNetwork`: also http, for hubs that are tried out on one machine.
 */
export function hubAddress(text: string, withinOwnNetwork = false): string | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  const allowed = url?.protocol === "https:" || (withinOwnNetwork && url?.protocol === "http:");
  const bare = url?.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return url && allowed && bare ? url.origin : undefined;
}
