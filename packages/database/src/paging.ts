/** The part of a list that is asked for: so many entries, from after this place of its order. */
export interface PageAfter<Place extends readonly string[]> {
  after?: Place | undefined;
  limit: number;
}
