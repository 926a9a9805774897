import { doneWords as words } from "./done.words.ts";
import type { PageContext } from "./frame.ts";

const done = "listo";

/** Where a form leads when all went well; the page says so once, with the focus on it, so that it is heard. */
export const pathWhenDone = (path: string) => `${path}?${done}`;

export function Done({ c }: { c: PageContext }) {
  if (c.req.query(done) === undefined) return null;
  return (
    <p class="notice done" role="status" tabindex={-1} autofocus>
      {c.var.t(words.done)}
    </p>
  );
}
