/** Enough for a message of 4000 characters with its note: what is longer is cut, so that matching stays quick. */
const foldedMax = 8000;

/** Letters and digits in one form: case, accents and width gone, everything else a space. */
function folded(text: string, between: string): string {
  const plain = text
    .slice(0, foldedMax)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]+/gu, between)
    .replace(/\s+/g, " ")
    .trim();
  return ` ${joined(plain)} `;
}

/** Letters that stand apart, as in "p a l o", are one word. */
const joined = (text: string) =>
  text.replace(/(?<=^| )[^ ](?: [^ ](?= |$))+/gu, (letters) => letters.replaceAll(" ", ""));

/** Which of a space's words stand in a text, however they are written; `*` at the end takes what begins so. */
export function wordsHit(words: readonly string[], ...texts: string[]): string[] {
  if (words.length === 0) return [];
  const forms = texts.flatMap((text) => [folded(text, " "), folded(text, "")]);
  return words.filter((word) => {
    const end = word.endsWith("*");
    const wanted = folded(word, " ");
    if (wanted.trim() === "") return false;
    const sought = end ? wanted.trimEnd() : wanted;
    return forms.some((form) => form.includes(sought));
  });
}
