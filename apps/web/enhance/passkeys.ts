import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** How WebAuthn says that somebody changed their mind, or that the passkey is there already. */
const outcomes: Record<string, string> = {
  NotAllowedError: "cancelled",
  AbortError: "cancelled",
  InvalidStateError: "already_done",
};

/** Where the browser knows passkeys, shows the button for them; its answer goes with the form it stands in. */
if (browserSupportsWebAuthn())
  for (const place of document.querySelectorAll<HTMLElement>("[data-passkey]")) prepare(place);

function prepare(place: HTMLElement): void {
  const form = place.closest("form");
  const [button, status] = [place.querySelector("button"), place.querySelector("[role=status]")];
  const response = place.querySelector<HTMLInputElement>("input[name=response]");
  if (!form || !button || !status || !response) return;
  const told = JSON.parse(place.dataset.told ?? "{}") as Record<string, string>;
  place.hidden = false;
  for (const note of form.querySelectorAll<HTMLElement>(".without-script")) note.hidden = true;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "";
    try {
      const offer = await ask(place, form);
      if (typeof offer === "string") status.textContent = told[offer] ?? told.failed ?? "";
      else {
        response.value = JSON.stringify(await answer(place, offer));
        form.submit();
      }
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      status.textContent = told[outcomes[name] ?? "failed"] ?? "";
    }
    button.disabled = false;
  });
}

type Offer = Parameters<typeof startRegistration>[0]["optionsJSON"] &
  Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** What the hub offers, or the code of its refusal. */
async function ask(place: HTMLElement, form: HTMLFormElement): Promise<Offer | string> {
  const { offer = "", sends = "" } = place.dataset;
  const typed = new FormData(form);
  const names = sends.split(" ").filter(Boolean);
  const reply = await fetch(offer, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(Object.fromEntries(names.map((name) => [name, typed.get(name)]))),
  });
  const body = await reply.json();
  return reply.ok ? body : body.code;
}

const answer = (place: HTMLElement, optionsJSON: Offer) =>
  place.dataset.passkey === "create"
    ? startRegistration({ optionsJSON })
    : startAuthentication({ optionsJSON });
