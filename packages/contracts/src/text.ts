import * as z from "zod";

/** What cannot be seen or has no meaning of its own: with it two names could look the same. */
const unwelcome = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const unwelcomeButLines = /[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** One line people wrote: NFC, outer spaces gone, inner runs of spaces made one; `max` in characters. */
export const line = (max: number, min = 1) =>
  z
    .string()
    .max(max * 4)
    .transform((text) => text.normalize("NFC").trim().replace(/ +/g, " "))
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .refine((text) => !unwelcome.test(text) && (min === 0 || letterOrDigit.test(text))),
    );

/** How people are called: letters of two alphabets that look alike never stand in one name. */
export const alias = line(40, 2).refine(
  (text) =>
    !(/\p{Script=Latin}/u.test(text) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text)),
);

/** Several paragraphs people wrote: NFC, line ends made `\n`; `max` in characters. */
export const paragraphs = (max: number, min = 0) =>
  z
    .string()
    .max(max * 4)
    .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .refine((text) => !unwelcomeButLines.test(text)),
    );

/** What a form or a query sends for a list: nothing, one value or several; at most `max`. */
export const listOf = <Entry extends z.ZodType>(entry: Entry, max: number) =>
  z.preprocess(
    (value) => (value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value]),
    z.array(entry).max(max),
  );

/** Turns or hides text around it, or is hidden itself. Comes along when people copy; joiners of scripts and emoji stay. */
const stowaways =
  /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Something to see: a text of blanks and joiners says nothing. */
const visible = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
const unwritable = /[^\P{Cc}\n\t]|\p{Cs}/u;

/** What people write to each other, in paragraphs: stowaways gone, line ends made `\n`; controls are refused. */
export const words = (max: number, min = 0) =>
  written(max, min, /\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");

/** The same on one line. */
export const wordsOnOneLine = (max: number, min = 0) => written(max, min, /[\s\u0085]+/g, " ");

function written(max: number, min: number, breaks: RegExp, instead: string) {
  return z
    .string()
    .max(max * 4)
    .transform((text) =>
      text.replace(stowaways, "").normalize("NFC").replace(breaks, instead).trim(),
    )
    .pipe(
      z
        .string()
        .min(min)
        .max(max)
        .refine((text) => !unwritable.test(text) && (text === "" || visible.test(text))),
    );
}
