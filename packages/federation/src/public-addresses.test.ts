import type { LookupAddress } from "node:dns";
import { get } from "node:https";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress, isPublicEndpoint, publicLookup } from "./public-addresses.ts";

/** What services of browsers hand out. */
const services = [
  "https://fcm.googleapis.com/fcm/send/dGVzdA:APA91bE",
  "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl",
  "https://web.push.apple.com/QGuQyavXutnMH",
  "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2b",
  "https://push.example.net/up?token=x",
];

test.each(services)("%s is an address that the hub sends to", (endpoint) => {
  expect(isPublicEndpoint(endpoint)).toBe(true);
});

const names = [
  ...[
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "router",
    "hub.local",
    "hub.internal",
    "nas.lan",
  ],
  ...[
    "metadata.google.internal",
    "fritz.home",
    "a.home.arpa",
    "abc.onion",
    "x.test",
    "x.invalid",
    "x.example",
  ],
  ...[
    "127.0.0.1",
    "127.1",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
  ],
  ...[
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0xa9fea9fe",
    "2852039166",
  ],
  ...["1.1.1.1", "8.8.8.8", "１２７.0.0.1", "127。0。0。1", "⑯⑨.254.169.254", "127.0.0.1."],
  ...[
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
  ],
  ...[
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[2002:7f00:1::]",
    "[2001:0:53aa:64c::1]",
    "[ff02::1]",
  ],
  ...["[2606:4700::1111]", "[fe80::1%25eth0]"],
];
const hostile = [
  ...names.map((name) => `https://${name}/push`),
  ...names.map((name) => `https://${name}:443/push`),
  ...["80", "22", "8443", "5432", "6379", "444", "0", "65536"].map(
    (port) => `https://push.example.net:${port}/`,
  ),
  ...[
    "http://push.example.net/",
    "ftp://push.example.net/",
    "file:///etc/passwd",
    "data:text/plain,x",
  ],
  ...[
    "javascript:alert(1)",
    "blob:https://push.example.net/x",
    "ws://push.example.net",
    "gopher://push.example.net",
  ],
  ...[
    "https://user@push.example.net/",
    "https://u:p@push.example.net/",
    "//push.example.net/",
    "push.example.net",
  ],
  ...[
    "https://",
    "https:///x",
    "https://push.example.net@127.0.0.1/",
    "https://127.0.0.1#@push.example.net/",
  ],
  ...[
    "https://127.0.0.1\\@push.example.net/",
    "https://push.example.net%00.lan/",
    "",
    " ",
    "\u0000",
    "https://[::1",
  ],
];

test("no address that leads into a network of somebody's own is taken (T12)", () => {
  const taken = hostile.filter(isPublicEndpoint);
  process.stdout.write(`T12 endpoints: ${hostile.length} tried, ${taken.length} taken\n`);
  expect(taken).toEqual([]);
  expect(hostile.length).toBeGreaterThan(100);
});

const addresses = [
  ...[
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
  ],
  ...[
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.127.255.255",
  ],
  ...[
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
  ],
  ...["224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
  ...[
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
  ],
  ...[
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:0:53aa:64c::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
  ],
  ...[
    "2002:7f00:1::",
    "2002:a00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
  ],
  ...["ff02::1", "4000::1", "", "localhost", "1.2.3", "fe80::1%eth0"],
];

test("a name that leads to such an address is not called, nor one that leads there among others (T12)", async () => {
  const called: string[] = [];
  for (const address of addresses) {
    const family = address.includes(":") ? 6 : 4;
    for (const found of [
      [{ address, family }],
      [
        { address: "93.184.215.14", family: 4 },
        { address, family },
      ],
    ])
      for (const all of [true, false]) if (await leadsSomewhere(found, all)) called.push(address);
  }
  process.stdout.write(`T12 lookups: ${addresses.length * 4} tried, ${called.length} called\n`);
  expect(called).toEqual([]);
});

test("a name that leads to a public address is called there, and looked up once", async () => {
  let looks = 0;
  const found = [
    { address: "93.184.215.14", family: 4 },
    { address: "2606:2800:21f:cb07:6820:80da:af6b:8b2c", family: 6 },
  ];
  const lookup = promisify(
    publicLookup((_name, _options, done) => {
      looks += 1;
      done(null, found);
    }),
  );
  expect(await lookup("push.example.net", { all: true })).toEqual(found);
  expect(looks).toBe(1);
});

test("the guard stands in the connection itself: a name that changes where it leads is met there (T12)", async () => {
  const answers: LookupAddress[][] = [[{ address: "127.0.0.1", family: 4 }]];
  const lookup = publicLookup((_name, _options, done) => done(null, answers[0] ?? []));
  const code = await new Promise((resolve) => {
    get("https://rebound.example.net/", { lookup }).on("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code),
    );
  });
  expect(code).toBe("ENOTPUBLIC");
});

test("every IPv4 address of a private network is refused, whoever wrote it down (T13)", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const inside = fc.oneof(
    fc.tuple(fc.constantFrom("10", "127", "0"), byte, byte, byte),
    fc.tuple(fc.constantFrom("192.168", "169.254"), byte, byte),
    fc.tuple(fc.constant("172"), fc.integer({ min: 16, max: 31 }), byte, byte),
  );
  fc.assert(
    fc.property(inside, (parts) => {
      expect(isPublicAddress(parts.join("."))).toBe(false);
      expect(isPublicAddress(`::ffff:${parts.join(".")}`)).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test("no text makes the judgement fail (T13)", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.ipV6(), fc.ipV4Extended()), (text) => {
      expect(typeof isPublicEndpoint(text)).toBe("boolean");
      expect(typeof isPublicEndpoint(`https://${text}/`)).toBe("boolean");
      expect(typeof isPublicAddress(text)).toBe("boolean");
    }),
    { numRuns: 10_000 },
  );
});

function leadsSomewhere(found: LookupAddress[], all: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    publicLookup((_name, _options, done) => done(null, found))("x", { all }, (error) =>
      resolve(error === null),
    );
  });
}
