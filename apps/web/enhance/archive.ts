import type { ArchiveSize } from "@telar/contracts/archives";

/** While the browser saves the file by itself, the page says how far it is. */
const going = document.querySelector<HTMLElement>("[data-going]");
const label = going?.querySelector("label");
const bar = going?.querySelector("progress");
const status = document.querySelector<HTMLElement>("[data-over]");
const everyMs = 1000;
/** A small file has come before anybody asked for it. */
const patience = 3;

function show({ done = 0, entries }: ArchiveSize): void {
  if (!going || !label || !bar) return;
  going.hidden = false;
  bar.max = Math.max(entries, 1);
  bar.value = done;
  label.textContent = (going.dataset.going ?? "")
    .replace("{done}", String(done))
    .replace("{all}", String(entries));
}

function say(words: string | undefined): void {
  if (status) status.textContent = words ?? "";
}

let follows = 0;

async function follow(): Promise<void> {
  follows += 1;
  const own = follows;
  let seen = false;
  say(status?.dataset.begun);
  for (let asked = 0; seen || asked < patience; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    if (own !== follows) return;
    const answer = await fetch("/api/account/archive").catch(() => undefined);
    if (!answer?.ok) continue;
    const size: ArchiveSize = await answer.json();
    if (size.done === undefined && seen) break;
    if (size.done === undefined) continue;
    seen = true;
    show(size);
  }
  if (going) going.hidden = true;
  say(status?.dataset.over);
}

document.querySelector("form[data-archive]")?.addEventListener("submit", () => void follow());
