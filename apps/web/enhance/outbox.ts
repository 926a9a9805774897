import type { Posting } from "@telar/contracts/messages";

/**
 * On a device of one's own, a message is kept by the browser before it is sent, and sent until the hub says that it has
 * it: a closed tab or an empty battery loses nothing. Its id was made before, so that sending again is no second message.
 */
interface Entry {
  id: string;
  space: string;
  /** Whose it is: two people may share a browser, one after the other. */
  you: string;
  note: string;
  body: string;
  replyTo: string;
  attachments?: string[];
  at: number;
  /** The hub said no; the person mends it in the form. */
  refused?: boolean;
}

function inStore<Result>(
  mode: IDBTransactionMode,
  use: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((done, fail) => {
    const opening = indexedDB.open("telar", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "id" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction("outbox", mode, { durability: "strict" });
      const request = use(transaction.objectStore("outbox"));
      transaction.oncomplete = () => {
        database.close();
        done(request.result);
      };
      transaction.onabort = () => {
        database.close();
        fail(transaction.error);
      };
    };
  });
}

const keep = (entry: Entry) => inStore("readwrite", (store) => store.put(entry));
/** After what waits already, also if the clock of this device was set back since. */
const keepLast = async (entry: Entry) => {
  const last = (await listKept()).at(-1)?.at ?? 0;
  await keep({ ...entry, at: Math.max(entry.at, last + 1) });
};
const drop = ({ id }: Entry) => inStore("readwrite", (store) => store.delete(id));
const forgetAll = () => inStore("readwrite", (store) => store.clear());
const listKept = async (): Promise<Entry[]> => {
  const entries = await inStore<Entry[]>("readonly", (store) => store.getAll());
  return entries.sort((one, other) => one.at - other.at);
};

const place = document.querySelector<HTMLElement>(".writing[data-outbox]");
const form = place?.querySelector("form") ?? null;
const pending = document.querySelector<HTMLElement>("[data-pending]");
const signal = document.querySelector<HTMLElement>("[data-outbox-signal]");
const isHere = ({ space, you }: Entry) =>
  space === place?.dataset.space && you === place?.dataset.outbox;

const field = (name: string) =>
  form?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="${name}"]`);
const typed = (name: string) => field(name)?.value ?? "";

/** Those that were sent already, and are ticked. */
const attached = "input[name=attachments]:is(:checked, [type=hidden])";

function readForm(): Entry {
  return {
    id: typed("id"),
    space: place?.dataset.space ?? "",
    you: place?.dataset.outbox ?? "",
    note: typed("note"),
    body: typed("body"),
    replyTo: typed("replyTo"),
    attachments: [...(form?.querySelectorAll<HTMLInputElement>(attached) ?? [])].map(
      ({ value }) => value,
    ),
    at: Date.now(),
  };
}

function fillForm(entry: Pick<Entry, "id" | "note" | "body" | "attachments">): void {
  for (const name of ["id", "note", "body"] as const) {
    const one = field(name);
    if (one) one.value = entry[name];
  }
  const hidden = (entry.attachments ?? []).map((value) =>
    Object.assign(document.createElement("input"), { type: "hidden", name: "attachments", value }),
  );
  form?.querySelector("[data-uploaded]")?.replaceChildren(...hidden);
}

/** As a line under the form, made from the page's own template. */
function showPending({ id, note, body }: Entry): void {
  const template = document.querySelector<HTMLTemplateElement>("#pendiente");
  const line = template?.content.firstElementChild?.cloneNode(true);
  if (!pending || !(line instanceof HTMLElement)) return;
  line.dataset.id = id;
  for (const [name, text] of Object.entries({ note, body })) {
    const shown = line.querySelector(`[data-${name}]`);
    if (shown) shown.textContent = text;
  }
  pending.append(line);
}

function showArrived({ id }: Entry): void {
  const line = pending?.querySelector<HTMLElement>(`[data-id="${id}"]`);
  const state = line?.querySelector<HTMLElement>("[data-state]");
  if (!line || !state) return;
  state.textContent = state.dataset.state ?? "";
  line.dataset.arrived = "";
}

/** The page of the space brings it in by itself; from everywhere else one is led there. */
function tellSent(entry: Entry, { outcome }: Posting): void {
  showArrived(entry);
  const sent = new CustomEvent("telar:sent", { detail: outcome, cancelable: true });
  if (document.dispatchEvent(sent) && isHere(entry) && typed("replyTo"))
    location.assign(`/espacios/${entry.space}?hecho=${outcome}#hecho`);
}

/** The hub's own page says in its words what to mend, with the text in its form. */
async function mend(entry: Entry): Promise<void> {
  await keep({ ...entry, refused: true });
  if (!isHere(entry)) return;
  fillForm(entry);
  form?.submit();
}

/** False while it should be tried again later. */
async function send(entry: Entry): Promise<boolean> {
  const { space, id, you, note, body, replyTo, attachments } = entry;
  const answer = await fetch(`/api/spaces/${space}/messages/${id}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: you, note, body, attachments, ...(replyTo && { replyTo }) }),
  }).catch(() => undefined);
  if (!answer || answer.status >= 500 || answer.status === 429) return false;
  if (answer.ok) {
    await drop(entry);
    tellSent(entry, await answer.json());
  } else if (answer.status === 401) {
    await forgetAll();
    if (isHere(entry)) {
      fillForm(entry);
      form?.submit();
    }
  } else await mend(entry);
  return true;
}

const firstWait = 2000;
const longestWait = 60_000;
let wait = firstWait;
let again: ReturnType<typeof setTimeout> | undefined;
let busy = false;
let asked = false;

async function sendAll(): Promise<void> {
  asked = true;
  if (busy) return;
  busy = true;
  clearTimeout(again);
  let through = true;
  while (asked && through) {
    asked = false;
    for (const entry of await listKept())
      if (!entry.refused) through = through && (await send(entry));
  }
  busy = false;
  if (signal) signal.hidden = through;
  wait = through ? firstWait : Math.min(wait * 2, longestWait);
  if (!through) again = setTimeout(sendAll, wait * (0.75 + Math.random() / 2));
}

form?.addEventListener("submit", async (event) => {
  const entry = readForm();
  const lacks = (name: string) => field(name)?.required && !typed(name).trim();
  const carries = (entry.attachments ?? []).length > 0;
  const brings = (form.querySelector<HTMLInputElement>("input[type=file]")?.files ?? []).length > 0;
  if ((lacks("body") && !carries) || lacks("note") || brings) return;
  event.preventDefault();
  try {
    await keepLast(entry);
  } catch {
    form.submit();
    return;
  }
  fillForm({ id: crypto.randomUUID(), note: "", body: "" });
  document.querySelector("[data-outcome]")?.replaceChildren();
  showPending(entry);
  await sendAll();
});

/** What waited here before: shown, or handed back to the form if the hub had said no. */
async function resume(): Promise<void> {
  for (const entry of await listKept()) {
    if (entry.space !== place?.dataset.space) continue;
    if (entry.you !== place.dataset.outbox || entry.id === typed("id")) await drop(entry);
    else if (!entry.refused) showPending(entry);
    else if (!typed("body")) return mend(entry);
  }
  await sendAll();
}

addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void sendAll();
});
resume().catch(() => undefined);
