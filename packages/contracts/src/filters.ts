import * as z from "zod";
import { SpaceId } from "./ids.ts";
import { operation } from "./operation.ts";
import { line, listOf } from "./text.ts";

export const filtersMax = 200;

/** A word or a few; with `*` at its end also what begins so. */
export const Filter = line(60, 2);

export const listFilters = operation({
  summary: "The words of a space that somebody who facilitates reads before the others do.",
  method: "GET",
  path: "/api/spaces/:space/filters",
  proof: "session",
  input: z.object({ space: SpaceId }),
  output: z.array(z.string()),
});

export const changeFilters = operation({
  summary: "Writes that list anew; a message with one of these words waits, and is never lost.",
  method: "PUT",
  path: "/api/spaces/:space/filters",
  proof: "session",
  input: z.object({ space: SpaceId, words: listOf(Filter, filtersMax) }),
  output: z.object({}),
});
