/** Reads the page with the device's own voice, where it has one: a voice from elsewhere would be told what is read. */
const place = document.querySelector<HTMLElement>("[data-aloud]");
const button = place?.querySelector("button");
const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
if (place && button && speech) prepare(place, button, speech);

function prepare(place: HTMLElement, button: HTMLButtonElement, speech: SpeechSynthesis): void {
  const [start, stop] = [button.textContent, place.dataset.aloud ?? ""];
  let spoken: (SpeechSynthesisUtterance | undefined)[] = [];
  const offer = () => {
    place.hidden = !partsToRead(place).every((part) => utteranceOf(speech, part));
  };
  const fallSilent = () => {
    spoken = [];
    button.textContent = start;
    speech.cancel();
  };
  const read = () => {
    button.textContent = stop;
    spoken = partsToRead(place).map((part) => utteranceOf(speech, part));
    for (const utterance of spoken) if (utterance) speech.speak(utterance);
    spoken.at(-1)?.addEventListener("end", fallSilent);
  };
  button.addEventListener("click", () => (spoken.length > 0 ? fallSilent() : read()));
  // Whoever puts the phone away in a hurry does not hear it speak on.
  document.addEventListener("visibilitychange", fallSilent);
  speech.addEventListener?.("voiceschanged", offer);
  offer();
}

/** In the order of the page, without what is there to be pressed, and without what is about one person. */
function partsToRead(place: HTMLElement): HTMLElement[] {
  const parts = document.querySelectorAll<HTMLElement>("main :is(h1, h2, p, li):not(.notices *)");
  return [...parts].filter((part) => !place.contains(part) && !part.querySelector("a, button"));
}

/** None without a voice for its language; what falls back to another language is marked inside. Mexican Spanish first. */
function utteranceOf(speech: SpeechSynthesis, part: HTMLElement) {
  const marked = part.querySelector<HTMLElement>("[lang]") ?? part.closest<HTMLElement>("[lang]");
  const voices = speech
    .getVoices()
    .filter(({ localService, lang }) => localService && lang.split(/[-_]/)[0] === marked?.lang);
  const voice = voices.find(({ lang }) => /MX|US|419/.test(lang)) ?? voices[0];
  if (!voice) return undefined;
  return Object.assign(new SpeechSynthesisUtterance(part.textContent), { voice, lang: voice.lang });
}

export {};
