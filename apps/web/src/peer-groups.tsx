import type { Cursor } from "@telar/contracts/paging";
import { listPeerGroups, type PeerGroup } from "@telar/contracts/peer-groups";
import type { PageContext } from "./frame.ts";
import { Autonyms, joined } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { peerGroupWords as words } from "./peer-groups.words.ts";
import type { Translate } from "./words.ts";

export interface PeerGroupsFound {
  entries: PeerGroup[];
  next?: Cursor | undefined;
}

/** The same search among the groups of other hubs; undefined for visitors, and for what that list cannot be asked. */
export async function findPeerGroups(
  c: PageContext,
  { others, region, after, ...query }: Record<string, string | undefined>,
): Promise<PeerGroupsFound | undefined> {
  const input = listPeerGroups.input.safeParse({ ...query, ...(others && { after: others }) });
  if (!c.var.account || region !== undefined || !input.success) return undefined;
  return c.var.call(listPeerGroups, input.data);
}

export function PeerGroups({
  c,
  found: { entries, next },
  pathTo,
}: {
  c: PageContext;
  found: PeerGroupsFound;
  /** Where the list goes on. */
  pathTo(others: Cursor): string;
}) {
  const { t } = c.var;
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h2 id="others">{t(words.heading)}</h2>
      <p>{t(words.lead)}</p>
      <ul class="cards">
        {entries.map((group) => (
          <Card t={t} group={group} />
        ))}
      </ul>
      {next && (
        <p class="steps">
          <a class="button" href={`${pathTo(next)}#others`}>
            {t(words.more)}
          </a>
        </p>
      )}
    </section>
  );
}

function Card({ t, group: { name, kind, hub, profile } }: { t: Translate; group: PeerGroup }) {
  const { region, languages = [], capabilities = [] } = profile;
  const offered = capabilities.map((one) => t.plain(groupWords[one]));
  return (
    <li>
      <strong>{name}</strong>
      <small>
        {t(groupWords[kind])}
        {region && ` · ${region}`}
      </small>
      {offered.length > 0 && <small>{t(words.offers, { what: joined(t, offered) })}</small>}
      {languages.length > 0 && (
        <small>
          <Autonyms codes={languages} />
        </small>
      )}
      <small>{t(words.at, { hub: new URL(hub).host })}</small>
    </li>
  );
}
