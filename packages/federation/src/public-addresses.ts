import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup as lookUp } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Names that only some machine, network or overlay knows. */
const privateNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|arpa|test|invalid|example)$/;

/**
 * Whether the hub may send to an address that somebody's browser named: https on the usual port, by a public name and not by
 * number, without a login. Where the name leads is looked at when it is called.
 */
export function isPublicEndpoint(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "")
    return false;
  const name = url.hostname.replace(/\.$/, "");
  return (
    name.includes(".") && !name.startsWith("[") && isIP(name) === 0 && !privateNames.test(name)
  );
}

const refused = new BlockList();
const refusedIpv4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
for (const [net, prefix] of refusedIpv4) refused.addSubnet(net, prefix, "ipv4");

/** Within the one part of IPv6 that is given out: Teredo and other protocols, documentation, 6to4. */
const refusedIpv6: [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];
for (const [net, prefix] of refusedIpv6) refused.addSubnet(net, prefix, "ipv6");
const givenOut = new BlockList();
givenOut.addSubnet("2000::", 3, "ipv6");

/** Whether an address is one of the public internet: no network of somebody's own, and none that leads into one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, "ipv4");
  return family === 6 && givenOut.check(address, "ipv6") && !refused.check(address, "ipv6");
}

type LookUpAll = (
  name: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Where a connection goes is judged here and nowhere before: between two looks a name can change where it leads. */
export function publicLookup(lookUpAll: LookUpAll = lookUp): LookupFunction {
  return (name, options, done) => {
    lookUpAll(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const failed =
        error ??
        (first && addresses.every(({ address }) => isPublicAddress(address)) ? null : notPublic());
      if (failed || !first) done(failed ?? notPublic(), "", 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

const notPublic = () =>
  Object.assign(new Error("The name leads to no public address."), { code: "ENOTPUBLIC" });
