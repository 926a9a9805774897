/**
 * Sends files while the message is being written, pictures made small first, and opens what others sent where it stands.
 * Without it the form sends them with the message, and each attachment has a page.
 */
const field = document.querySelector<HTMLDetailsElement>("[data-upload]");
const told = JSON.parse(field?.dataset.told ?? "{}") as Record<string, string>;
const input = field?.querySelector<HTMLInputElement>("input[type=file]");
const uploaded = field?.querySelector<HTMLElement>("[data-uploaded]");
const status = field?.querySelector<HTMLElement>("[data-upload-status]");
const progress = field?.querySelector("progress");
const submit = field?.closest("form")?.querySelector<HTMLButtonElement>(".main");
const most = 4;

/** What a press on "send" does to a recording first; true once the message can go. */
let beforeSending: (() => Promise<boolean>) | undefined;

interface Uploaded {
  id: string;
  kind: string;
  format: string;
  bytes: number;
  voiceSeconds?: number;
}

/** One of the hub's sentences, with what only this page knows. */
function say(sentence: string, values: Record<string, string | number> = {}): void {
  if (status) status.textContent = filled(sentence, values);
  if (field && sentence) field.open = true;
}
const filled = (sentence: string, values: Record<string, string | number>) =>
  (told[sentence] ?? "").replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));

const largeSide = 1600;
const smallEnough = 200 * 1024;

/** What a picture says about its place, time and phone does not even leave the phone. */
async function shrink(file: Blob): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= smallEnough) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, largeSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

function send(content: Blob, name: string): Promise<Uploaded> {
  const body = new FormData();
  body.set("file", content, name);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", field?.dataset.upload ?? "");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.round((100 * loaded) / Math.max(1, total));
      if (progress) progress.value = percent;
      say("sending", { percent });
    };
    request.onerror = () => fail(new Error("failed"));
    request.onload = () => {
      if (request.status === 200) done(request.response as Uploaded);
      else fail(new Error(request.status >= 500 || request.status === 429 ? "failed" : "refused"));
    };
    request.send(body);
  });
}

function show({ id, kind, format, bytes, voiceSeconds = 0 }: Uploaded): void {
  const kb = Math.max(1, Math.ceil(bytes / 1024));
  const what = filled(kind, { kb, seconds: voiceSeconds, format: format.toUpperCase() });
  const [label, box, text] = [
    document.createElement("label"),
    document.createElement("input"),
    document.createElement("span"),
  ];
  label.className = "choice";
  Object.assign(box, { type: "checkbox", name: "attachments", value: id, checked: true });
  text.textContent = filled("ready", { what });
  label.append(box, text);
  uploaded?.append(label);
}

/** False, with the reason said, where it did not get there. */
async function upload(content: Blob, name: string): Promise<boolean> {
  if ((uploaded?.querySelectorAll(":checked").length ?? 0) >= most) {
    say("tooMany");
    return false;
  }
  if (submit) submit.disabled = true;
  if (progress) progress.hidden = false;
  try {
    show(await send(await shrink(content), name));
    if (status) status.textContent = "";
    return true;
  } catch (problem) {
    say(problem instanceof Error && told[problem.message] ? problem.message : "failed");
    return false;
  } finally {
    if (submit) submit.disabled = false;
    if (progress) progress.hidden = true;
  }
}

input?.addEventListener("change", async () => {
  const files = [...(input.files ?? [])];
  // What did not get there stays chosen, and goes with the message.
  while (files[0] && (await upload(files[0], files[0].name))) files.shift();
  const left = new DataTransfer();
  for (const file of files) left.items.add(file);
  input.files = left.files;
});

field?.closest("form")?.addEventListener(
  "submit",
  async (event) => {
    if (!beforeSending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await beforeSending()) submit?.form?.requestSubmit(submit);
  },
  { capture: true },
);

const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
const place = field?.querySelector<HTMLElement>("[data-voice]");
const type = "MediaRecorder" in window && types.find((one) => MediaRecorder.isTypeSupported(one));
if (place && type && "mediaDevices" in navigator) {
  place.hidden = false;
  const button = place.querySelector<HTMLElement>("[data-voice-record]");
  button?.addEventListener("click", async () => {
    const { record } = await import("./voice.ts");
    await record({
      place,
      type,
      say,
      use: (sound) => upload(sound, "voz"),
      holdSending: (first) => {
        beforeSending = first;
      },
    });
  });
}

document.addEventListener("click", async (event) => {
  const link =
    event.target instanceof Element && event.target.closest<HTMLAnchorElement>("a[data-view]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [path, query = ""] = link.href.split("?");
  const part = await fetch(`${path}/vista.html?${query}`, { redirect: "manual" }).catch(
    () => undefined,
  );
  if (!part?.ok) return location.assign(link.href);
  const opened = new DOMParser().parseFromString(await part.text(), "text/html").body;
  const shown = opened.firstElementChild;
  if (!shown) return;
  link.replaceWith(shown);
  if (shown instanceof HTMLAudioElement) {
    shown.focus();
    await shown.play().catch(() => undefined);
  }
});
