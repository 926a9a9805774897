/** Makes the quick exit instant: blank and silent first, then away, while the hub is told in the background. */
const link = document.querySelector<HTMLAnchorElement>("a.exit");

/** What waits to be sent goes with the session: on the way out, and wherever nobody is signed in. */
const forget = () => window.indexedDB?.deleteDatabase("telar");
if (document.body.dataset.visitor !== undefined) forget();

function leave(): void {
  if (!link) return;
  forget();
  document.documentElement.hidden = true;
  globalThis.speechSynthesis?.cancel();
  document.title = "";
  fetch(link.href, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => undefined);
  // Also without network Back finds a blank page; the name says nothing.
  // biome-ignore lint/suspicious/noDocumentCookie: it has to stand before the page is left.
  document.cookie = "v=1; path=/; max-age=600; SameSite=Lax";
  location.replace(link.dataset.exit ?? link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let shifts = 0;
addEventListener("keydown", ({ key, repeat }) => {
  if (repeat) return;
  shifts = key === "Shift" ? shifts + 1 : 0;
  if (shifts === 3) leave();
});

export {};
