import type { SpaceId } from "@telar/contracts/ids";
import type { ClientToServer, News, ServerToClient } from "@telar/contracts/live";
import { io, type Socket } from "socket.io-client";

/**
 * Follows a space while its page is open. The socket only says that something is new; what is shown comes from the same
 * pages as without a script, so that it looks the same, and nothing behind a note travels unasked.
 */
const list = document.querySelector<HTMLElement>("ol[data-live]");
const path = list?.dataset.live ?? "";
let after = Number(list?.dataset.after);
let upTo = Number(list?.dataset.upTo);
let behind = false;
let circleMoved = false;
/** What became of a message that was just sent from here, until the page says it. */
let outcome: string | undefined;
let busy = false;
const changed = new Set<string>();
/** A page that just was loaded anew is not loaded again at once. */
const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
const restUntil = visit?.type === "reload" ? Date.now() + 10_000 : 0;

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const lineOf = (id: string) => document.getElementById(`m-${id}`);
const newLink = find("[data-live-new]") as HTMLAnchorElement | null;
const signal = find("[data-live-signal]");
const writing = find(".writing form");

function isAsWritten({ id, edited, state }: News["messages"][number]): boolean {
  return !edited && state === "shown" && lineOf(id)?.querySelector(".text") !== null;
}

function take({ messages, gone, upTo: place }: News): void {
  // More happened than what is about messages: the circle.
  circleMoved ||= place - upTo > messages.length + gone.length;
  upTo = place;
  for (const id of gone) if (lineOf(id)) changed.add(id);
  for (const message of messages) {
    if (!lineOf(message.id)) behind ||= message.place > after;
    else if (!isAsWritten(message)) changed.add(message.id);
  }
  void bring();
}

/** Many are woken by the same message: each waits a moment of its own. */
const aMoment = () => new Promise((done) => setTimeout(done, Math.random() * 600));

const isWanted = () =>
  !document.hidden && (behind || circleMoved || changed.size > 0 || outcome !== undefined);

/** One fetch after another, until nothing is wanted any more or there is no signal. */
async function bring(): Promise<void> {
  if (busy) return;
  busy = true;
  while (isWanted()) if (!(await bringOnce())) break;
  busy = false;
}

async function bringOnce(): Promise<boolean> {
  if (!outcome) await aMoment();
  const asked = { ids: [...changed].slice(0, 20), outcome };
  for (const id of asked.ids) changed.delete(id);
  behind = false;
  circleMoved = false;
  outcome = undefined;
  const query = new URLSearchParams({ despues: String(after), cambiados: asked.ids.join(",") });
  if (asked.outcome) query.set("hecho", asked.outcome);
  try {
    const answer = await fetch(`${path}/novedades.html?${query}`, { redirect: "manual" });
    if (answer.ok) show(await answer.text(), asked);
    else if (answer.status < 500) startAgain();
    if (answer.status < 500) return true;
  } catch {
    // Without signal: it is asked again once the socket is back.
  }
  for (const id of asked.ids) changed.add(id);
  behind = true;
  outcome ??= asked.outcome;
  return false;
}

function show(html: string, asked: { ids: string[]; outcome: string | undefined }): void {
  const part = new DOMParser().parseFromString(html, "text/html");
  const sent = asked.outcome !== undefined;
  const stays = !sent && writing?.contains(document.activeElement) ? writing : null;
  const top = stays?.getBoundingClientRect().top ?? 0;
  const added = [...part.querySelectorAll<HTMLElement>("[data-added] > li")].filter(
    ({ id }) => !document.getElementById(id),
  );
  list?.append(...added);
  if (added.length > 0) find("[data-empty]")?.remove();
  for (const id of asked.ids) renew(id, part);
  showOwn(part, sent);
  showCircle(part.querySelector("[data-circle]"));
  for (const arrived of document.querySelectorAll("[data-arrived]")) arrived.remove();
  const told = part.querySelector<HTMLElement>("[data-added]")?.dataset;
  after = Number(told?.after ?? after);
  find("[data-newest]")?.setAttribute("href", `${path}?despues=${after}`);
  const first = added.find((line) => line.matches(".message:not(.own)"));
  if (told?.later) tell(`${path}?despues=${after}`);
  else if (first) tellIfUnseen(first);
  if (sent) find("#hecho")?.scrollIntoView({ block: "center" });
  // After the browser's own anchoring, so that what is being written stays where it was.
  if (stays) requestAnimationFrame(() => scrollBy(0, stays.getBoundingClientRect().top - top));
}

/** What waits, unless somebody is just deciding about it; and what became of what was sent from here. */
function showOwn(part: Document, sent: boolean): void {
  const show = (name: string) =>
    find(`main ${name}`)?.replaceChildren(...(part.querySelector(name)?.childNodes ?? []));
  if (sent) show("[data-outcome]");
  if (sent || !find("main [data-waiting]")?.contains(document.activeElement))
    show("[data-waiting]");
}

/** Only what is another one than before is read aloud. */
function showCircle(now: Element | null): void {
  const shown = find("main [data-circle]");
  if (now && shown && shown.innerHTML !== now.innerHTML) shown.replaceChildren(...now.childNodes);
}

/** A line as it is now; what the hub no longer has goes. Whoever was on it stays there. */
function renew(id: string, part: Document): void {
  const now = part.getElementById(`m-${id}`);
  const line = lineOf(id);
  const isOnIt = line?.contains(document.activeElement);
  if (now) line?.replaceWith(now);
  else line?.remove();
  if (!now || !isOnIt) return;
  now.tabIndex = -1;
  (now.querySelector<HTMLElement>(".acts summary") ?? now).focus({ preventScroll: true });
}

function tell(href: string): void {
  if (!newLink) return;
  newLink.href = href;
  newLink.hidden = false;
}

/** The words go once what they speak of has been in sight. */
function tellIfUnseen(line: HTMLElement): void {
  tell(`#${line.id}`);
  const sight = new IntersectionObserver(([seen]) => {
    if (!seen?.isIntersecting) return;
    sight.disconnect();
    if (newLink?.hash === `#${line.id}`) newLink.hidden = true;
  });
  sight.observe(line);
}

/** Loads the page anew, unless something is being written there. */
function startAgain(): void {
  const isWriting = [...(writing?.querySelectorAll<HTMLInputElement>("#note, #body") ?? [])].some(
    ({ value }) => value !== "",
  );
  if (isWriting || Date.now() < restUntil) tell(path);
  else location.reload();
}

/** A text behind its note, and the rest of a long one, opens where it stands. */
async function unfold(link: HTMLAnchorElement): Promise<void> {
  const [address] = link.href.split("?");
  const answer = await fetch(`${address}/texto.html`, { redirect: "manual" }).catch(
    () => undefined,
  );
  if (!answer?.ok) return location.assign(link.href);
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  const text = part.body.firstElementChild;
  if (!(text instanceof HTMLElement)) return;
  link.closest(".text")?.replaceWith(text);
  text.tabIndex = -1;
  (text.querySelector("summary") ?? text).focus({ preventScroll: true });
}

async function acknowledge(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  const body = new URLSearchParams();
  if (button instanceof HTMLButtonElement && button.name) body.set(button.name, button.value);
  const sent = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(
    () => undefined,
  );
  if (sent?.type !== "opaqueredirect") return location.assign(form.action.replace(/\/\w+$/, ""));
  const id = form.closest("li")?.id.slice("m-".length);
  if (id) changed.add(id);
  await bring();
}

list?.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a.fold");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void unfold(link);
});
list?.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-quiet]")) return;
  event.preventDefault();
  void acknowledge(form, event.submitter);
});
newLink?.addEventListener("click", () => {
  newLink.hidden = true;
});

/** A short gap is none of the reader's business. */
let silence: ReturnType<typeof setTimeout> | undefined;
function hear(connected: boolean): void {
  clearTimeout(silence);
  if (!signal) return;
  if (connected) signal.hidden = true;
  else
    silence = setTimeout(() => {
      signal.hidden = false;
    }, 5000);
}

function follow(space: SpaceId): void {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    path: "/api/live",
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelayMax: 30_000,
  });
  socket.on("connect", () => {
    hear(true);
    socket.emit("follow", { space, after: upTo }, (refused) => {
      if (refused) startAgain();
    });
    void bring();
  });
  socket.on("disconnect", () => hear(false));
  socket.on("connect_error", () => {
    if (!silence) hear(false);
  });
  socket.on("news", take);
  socket.on("startOver", startAgain);
}

if (list) {
  follow(list.dataset.space as SpaceId);
  document.addEventListener("visibilitychange", () => void bring());
  document.addEventListener("telar:sent", (event) => {
    event.preventDefault();
    outcome = (event as CustomEvent<string>).detail;
    void bring();
  });
}
