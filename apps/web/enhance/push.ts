/** Where the browser can be told of something with the page closed, shows the button that asks it to. */
const form = document.querySelector<HTMLFormElement>("form[data-push]");
if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window)
  prepare(form);

document
  .querySelector<HTMLFormElement>("form[data-push-here]")
  ?.addEventListener("submit", () => void forget());

function prepare(place: HTMLFormElement): void {
  const [button, status] = [place.querySelector("button"), place.querySelector("[role=status]")];
  const endpoint = place.querySelector<HTMLInputElement>("input[name=endpoint]");
  if (!button || !status || !endpoint) return;
  const told = JSON.parse(place.dataset.told ?? "{}") as Record<string, string>;
  button.hidden = false;
  for (const note of place.querySelectorAll<HTMLElement>(".without-script")) note.hidden = true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "";
    try {
      if ((await Notification.requestPermission()) === "granted") {
        endpoint.value = await subscribe(place.dataset);
        place.submit();
      } else status.textContent = told.refused ?? "";
    } catch {
      status.textContent = told.failed ?? "";
    }
    button.disabled = false;
  });
}

async function subscribe({ push = "", language = "es" }: DOMStringMap): Promise<string> {
  const registered = await navigator.serviceWorker.register(`/avisos.js?${language}`);
  await navigator.serviceWorker.ready;
  const before = await registered.pushManager.getSubscription();
  await before?.unsubscribe();
  const made = await registered.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: push,
  });
  return made.endpoint;
}

/** The hub forgets the device by the form itself; the browser forgets the hub. */
async function forget(): Promise<void> {
  for (const registered of await navigator.serviceWorker.getRegistrations())
    await registered.unregister();
}

export {};
