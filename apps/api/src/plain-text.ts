/** Whether bytes that go by are text in UTF-8 and nothing else. */
export class TextCheck {
  #decoder = new TextDecoder("utf-8", { fatal: true });
  #broken = false;

  take(chunk: Uint8Array): void {
    if (this.#broken) return;
    try {
      this.#broken = hasControls(this.#decoder.decode(chunk, { stream: true }));
    } catch {
      this.#broken = true;
    }
  }

  /** Ask once, at the end. */
  passes(): boolean {
    if (this.#broken) return false;
    try {
      return !hasControls(this.#decoder.decode());
    } catch {
      return false;
    }
  }
}

const hasControls = (text: string) => /[^\P{Cc}\t\n\r\f]/u.test(text);

/** Markup is not taken for text: somebody's browser or office might run it once it is on their disk. */
export function looksLikeText(head: Buffer): boolean {
  const text = head.toString().trimStart().toLowerCase();
  return text !== "" && !/^<|^\{\\rtf|<script|<svg|<html|<iframe|<!doctype|<!entity/.test(text);
}
