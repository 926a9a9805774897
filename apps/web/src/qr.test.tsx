import { encode } from "uqr";
import { expect, test } from "vitest";
import { Qr } from "./qr.tsx";

test("the drawing darkens exactly the squares of the code", async () => {
  const text = "http://hub.test/invitacion#S02HB-1Z2GR-NZ5G6-69S7Z-9ZK5D-G";
  const { size, data } = encode(text, { border: 4 });
  const drawn = data.map((row) => row.map(() => false));
  const svg = await (<Qr text={text} label="código" />).toString();
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g))
    drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(length));
  expect(drawn).toEqual(data);
  expect(svg).toContain(`viewBox="0 0 ${size} ${size}" role="img" aria-label="código"`);
});
