import type { MessageId, SpaceId } from "@telar/contracts/ids";
import type { News } from "@telar/contracts/live";
import type { Happening } from "@telar/database/news";

/** A message to which several things happened is told once, as it stands now. */
export function newsOf(space: SpaceId, upTo: number, happened: Happening[]): News {
  const told = new Set<MessageId>();
  const news: News = { space, upTo, messages: [], gone: [] };
  for (const { message, shared } of happened) {
    if (!message || told.has(message)) continue;
    told.add(message);
    if (shared) news.messages.push(shared);
    else news.gone.push(message);
  }
  return news;
}
