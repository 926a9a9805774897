import * as z from "zod";

/** Where a list goes on: opaque and signed by the hub, taken from the page before. */
export const Cursor = z.string().max(800).brand("Cursor");
export type Cursor = z.infer<typeof Cursor>;

/** The answer of every list: a page, and where the next one starts if there is one. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ entries: z.array(entry), next: Cursor.optional() });

export const PageInput = z.object({ after: Cursor.optional() });
