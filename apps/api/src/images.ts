import { HubError } from "@telar/contracts/problems";
import limit from "p-limit";
import sharp, { type Metadata } from "sharp";

// One thread and nothing remembered: pictures take turns, and leave the rest of the machine to those who write.
sharp.cache(false);
sharp.concurrency(1);
// Whatever is not one of these four is never given to a parser of its own.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpeg",
    "VipsForeignLoadPng",
    "VipsForeignLoadWebp",
    "VipsForeignLoadNsgif",
  ],
});

const pixelsMax = 50_000_000;
/** Interlaced and progressive pictures, and those of more than eight bits, lie in memory whole while they are read. */
const wholeBytesMax = 100_000_000;
const seconds = 10;
const largeSide = 1600;
const smallMaxBytes = 60 * 1024;
const smallSizes = [
  { side: 800, quality: 60 },
  { side: 640, quality: 50 },
  { side: 480, quality: 40 },
  { side: 320, quality: 30 },
];
const oneAtATime = limit(1);
const waitingMax = 20;

export interface Images {
  small: Buffer;
  large: Buffer;
}

/**
 * A picture painted anew, still, upright, in two sizes of WebP: of what came with it (places, times, devices, thumbnails,
 * profiles, whatever hung on its end) nothing is left but what is to be seen.
 */
export async function makeImages(content: AsyncIterable<Uint8Array>): Promise<Images> {
  if (oneAtATime.pendingCount >= waitingMax)
    throw new HubError("unavailable", undefined, { retryAfterSeconds: 30 });
  return oneAtATime(async () => {
    try {
      return await paint(content);
    } catch (cause) {
      throw new HubError("invalid_input", undefined, { fields: { file: "wrong_form" }, cause });
    }
  });
}

async function paint(content: AsyncIterable<Uint8Array>): Promise<Images> {
  const bytes = Buffer.concat(await Array.fromAsync(content));
  const options = { limitInputPixels: pixelsMax, failOn: "error", autoOrient: true } as const;
  demandSmall(await sharp(bytes, options).metadata());
  const { data, info } = await sharp(bytes, options)
    .resize(within(largeSide))
    .toColourspace("srgb")
    .raw()
    .timeout({ seconds })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const painted = () => sharp(data, { raw: { width, height, channels } }).timeout({ seconds });
  const large = await painted().webp({ quality: 78, effort: 3 }).toBuffer();
  for (const { side, quality } of smallSizes) {
    const small = await painted().resize(within(side)).webp({ quality, effort: 3 }).toBuffer();
    if (small.length <= smallMaxBytes) return { small, large };
  }
  throw new Error("No size of it is small enough.");
}

function demandSmall({ width, height, channels, depth, isProgressive }: Metadata): void {
  const eightBits = depth === "uchar";
  const bytes = width * height * channels * (eightBits ? 1 : 2);
  if ((isProgressive || !eightBits) && bytes > wholeBytesMax)
    throw new Error("It would lie in memory whole.");
}

const within = (side: number) =>
  ({ width: side, height: side, fit: "inside", withoutEnlargement: true }) as const;
