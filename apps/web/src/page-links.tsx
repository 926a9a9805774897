import type { Cursor } from "@telar/contracts/paging";
import type { PageContext } from "./frame.ts";
import { pageLinkWords as words } from "./page-links.words.ts";

/** From where on a list is shown; undefined for its beginning. */
export const readAfter = (c: PageContext) =>
  (c.req.query("after") || undefined) as Cursor | undefined;

interface PageLinksProps {
  c: PageContext;
  /** Of the list, without a query. */
  path: string;
  next: Cursor | undefined;
}

/** On through a list, and back to its beginning; nothing for a list of one page. */
export function PageLinks({ c, path, next }: PageLinksProps) {
  const { t } = c.var;
  const begun = readAfter(c) !== undefined;
  if (!next && !begun) return null;
  return (
    <p class="steps">
      {next && (
        <a class="button" href={`${path}?after=${next}`}>
          {t(words.next)}
        </a>
      )}
      {begun && (
        <a class="button quiet" href={path}>
          {t(words.first)}
        </a>
      )}
    </p>
  );
}
