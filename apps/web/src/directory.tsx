import { Capability, type GroupCard, GroupKind, listGroups } from "@telar/contracts/groups";
import { LanguageCode, languages } from "@telar/contracts/languages";
import type { Cursor } from "@telar/contracts/paging";
import { HubError } from "@telar/contracts/problems";
import { directoryWords as words } from "./directory.words.ts";
import { EmptyState } from "./empty-state.tsx";
import type { PageContext, Web } from "./frame.ts";
import { Autonyms, begun, joined, kindOptions } from "./group-parts.tsx";
import { groupWords } from "./groups.words.ts";
import { showPage } from "./layout.tsx";
import { findPeerGroups, PeerGroups } from "./peer-groups.tsx";
import type { Message, Translate } from "./words.ts";

export function serveDirectory(web: Web): void {
  web.get("/directorio", (c) => directoryPage(c));
}

const narrowing = ["region", "kind", "capability", "language"] as const;
/** `others`: where the list of other hubs goes on. */
const asked = ["name", ...narrowing, "after", "others"] as const;
type Asked = Partial<Record<(typeof asked)[number], string>>;

interface Found {
  entries: GroupCard[];
  next?: Cursor | undefined;
}

async function directoryPage(c: PageContext) {
  const { t } = c.var;
  const query = readQuery(c);
  const [found, beyond] = await Promise.all([find(c, query), findPeerGroups(c, query)]);
  return showPage(
    c,
    { title: words.title, ...(!found && { status: 400 }) },
    <>
      <h1>{t(words.heading)}</h1>
      <p>{t(words.lead)}</p>
      {!found && <p class="notice">{t(words.unread)}</p>}
      <Filters t={t} query={query} />
      {found && <Groups c={c} query={query} found={found} />}
      {beyond && (
        <PeerGroups c={c} found={beyond} pathTo={(others) => pathTo({ ...query, others })} />
      )}
    </>,
  );
}

function readQuery(c: PageContext): Asked {
  const given = asked.map((name) => [name, c.req.query(name)?.trim()]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

/** Undefined for what a list could not be asked. */
async function find(c: PageContext, query: Asked): Promise<Found | undefined> {
  const { others, ...own } = query;
  const input = listGroups.input.safeParse(own);
  if (!input.success) return undefined;
  try {
    return await c.var.call(listGroups, input.data);
  } catch (error) {
    if (error instanceof HubError && error.code === "invalid_input") return undefined;
    throw error;
  }
}

/** The beginning of a name is enough for most; the rest waits behind one tap. */
function Filters({ t, query }: { t: Translate; query: Asked }) {
  const capabilities = Capability.options.map((value) => ({
    value,
    label: begun(t.plain(groupWords[value])),
  }));
  const spoken = LanguageCode.options.map((value) => ({
    value,
    label: languages[value].autonym,
    lang: value,
  }));
  return (
    <form method="get" action="/directorio">
      <Typed t={t} name="name" label={words.name} query={query} maxlength={120} />
      <details open={narrowing.some((name) => query[name] !== undefined)}>
        <summary>{t(words.more)}</summary>
        <div class="stack">
          <Typed t={t} name="region" label={words.region} query={query} maxlength={80} />
          <Chosen
            t={t}
            name="kind"
            label={words.kind}
            query={query}
            options={kindOptions(t, GroupKind.options)}
          />
          <Chosen
            t={t}
            name="capability"
            label={words.capability}
            query={query}
            options={capabilities}
          />
          <Chosen t={t} name="language" label={words.language} query={query} options={spoken} />
        </div>
      </details>
      <button type="submit" class="main">
        {t(words.find)}
      </button>
    </form>
  );
}

interface FilterProps {
  t: Translate;
  name: keyof Asked;
  label: Message;
  query: Asked;
}

function Typed({ t, name, label, query, maxlength }: FilterProps & { maxlength: number }) {
  return (
    <div class="field">
      <label for={name}>{t(label)}</label>
      <input
        id={name}
        name={name}
        type="search"
        value={query[name]}
        maxlength={maxlength}
        autocomplete="off"
      />
    </div>
  );
}

type ChosenProps = FilterProps & {
  options: readonly { value: string; label: string; lang?: string }[];
};

function Chosen({ t, name, label, query, options }: ChosenProps) {
  return (
    <div class="field">
      <label for={name}>{t(label)}</label>
      <select id={name} name={name} autocomplete="off">
        <option value="">{t.plain(words.any)}</option>
        {options.map((option) => (
          <option value={option.value} lang={option.lang} selected={option.value === query[name]}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Groups({
  c,
  query,
  found: { entries, next },
}: {
  c: PageContext;
  query: Asked;
  found: Found;
}) {
  const { t } = c.var;
  if (entries.length === 0) return <NoGroups c={c} query={query} />;
  return (
    <section aria-labelledby="found">
      <h2 id="found">{t(words.found)}</h2>
      <ul class="cards">
        {entries.map((group) => (
          <Card t={t} group={group} />
        ))}
      </ul>
      <p class="steps">
        {next && (
          <a class="button" href={pathTo({ ...query, after: next })}>
            {t(words.nextPage)}
          </a>
        )}
        {query.after && (
          <a class="button quiet" href={pathTo({ ...query, after: "" })}>
            {t(words.firstPage)}
          </a>
        )}
      </p>
    </section>
  );
}

function Card({ t, group: { id, name, kind, profile } }: { t: Translate; group: GroupCard }) {
  const { region, languages: spoken = [], capabilities = [] } = profile;
  return (
    <li>
      <a href={`/grupos/${id}`}>{name}</a>
      <small>
        {t(groupWords[kind])}
        {region && ` · ${region}`}
      </small>
      {capabilities.length > 0 && (
        <small>
          {t(words.offers, {
            what: joined(
              t,
              capabilities.map((one) => t.plain(groupWords[one])),
            ),
          })}
        </small>
      )}
      {spoken.length > 0 && (
        <small>
          <Autonyms codes={spoken} />
        </small>
      )}
    </li>
  );
}

function NoGroups({ c, query }: { c: PageContext; query: Asked }) {
  const { t, account } = c.var;
  if (query.after)
    return (
      <EmptyState step={{ href: "/directorio", words: t(words.all) }}>{t(words.end)}</EmptyState>
    );
  if (Object.keys(query).length > 0)
    return (
      <EmptyState step={{ href: "/directorio", words: t(words.all) }}>
        {t(words.noMatch)}
      </EmptyState>
    );
  if (account)
    return (
      <EmptyState step={{ href: "/grupos", words: t(words.mine) }}>
        {t(words.noneSignedIn)}
      </EmptyState>
    );
  return (
    <EmptyState step={{ href: "/entrar", words: t(words.signIn) }}>{t(words.none)}</EmptyState>
  );
}

function pathTo(query: Asked): string {
  const given = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(given as [string, string][]);
  return search.size > 0 ? `/directorio?${search}` : "/directorio";
}
