interface Recording {
  place: HTMLElement;
  type: string;
  say(sentence: string, values?: Record<string, number>): void;
  use(sound: Blob): Promise<boolean>;
  /** What "send" does first from now on: no recording is lost by sending, and none is sent before it has ended. */
  holdSending(first: (() => Promise<boolean>) | undefined): void;
}

const longestSeconds = 60;
const bitsPerSecond = 16_000;

/** Records until somebody stops it, at the latest after a minute; nothing leaves the device before they say so. */
export async function record(recording: Recording): Promise<void> {
  const { place, type, say, holdSending } = recording;
  const find = partsOf(place);
  const [start, stop, counted] = [find("record"), find("stop"), find("seconds")];
  const audio = { channelCount: 1, echoCancellation: true, noiseSuppression: true };
  const microphone = await navigator.mediaDevices.getUserMedia({ audio }).catch(() => undefined);
  if (!microphone) return say("noMicrophone");
  const masked = find<HTMLInputElement>("mask").checked ? mask(microphone) : undefined;
  const recorder = new MediaRecorder(masked?.stream ?? microphone, {
    mimeType: type,
    audioBitsPerSecond: bitsPerSecond,
  });
  const pieces: Blob[] = [];
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  const stopped = new Promise((done) => {
    recorder.onstop = done;
  });
  find("recorded").hidden = true;
  start.hidden = true;
  stop.hidden = false;
  const end = () => {
    if (recorder.state === "recording") recorder.stop();
  };
  stop.onclick = end;
  holdSending(async () => {
    end();
    return false;
  });
  stop.focus();
  say("recording");
  recorder.start();
  const began = Date.now();
  const counting = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    counted.textContent = `${seconds} s`;
    if (seconds >= longestSeconds) end();
  }, 250);
  await stopped;
  clearInterval(counting);
  masked?.end();
  for (const track of microphone.getTracks()) track.stop();
  const wasOnStop = stop.contains(document.activeElement);
  counted.textContent = "";
  stop.hidden = true;
  start.hidden = false;
  offer(new Blob(pieces, { type: type.split(";")[0] ?? type }), recording);
  if (wasOnStop) find("use").focus();
}

/** To be heard, sent along or erased by whoever recorded it. */
function offer(sound: Blob, { place, say, use, holdSending }: Recording): void {
  const find = partsOf(place);
  const [listen, recorded] = [find<HTMLAudioElement>("listen"), find("recorded")];
  const address = URL.createObjectURL(sound);
  listen.src = address;
  recorded.hidden = false;
  say("recorded");
  const forget = () => {
    const wasOnIt = recorded.contains(document.activeElement);
    holdSending(undefined);
    URL.revokeObjectURL(address);
    listen.removeAttribute("src");
    recorded.hidden = true;
    if (wasOnIt) find("record").focus();
  };
  const take = async () => {
    const taken = await use(sound);
    if (taken) forget();
    return taken;
  };
  holdSending(take);
  find("discard").onclick = () => {
    forget();
    say("");
  };
  find("use").onclick = take;
}

const partsOf =
  (place: HTMLElement) =>
  <Found extends HTMLElement>(name: string) =>
    place.querySelector<Found>(`[data-voice-${name}]`) as Found;

/** The lowest tones go, and two tones by chance are multiplied in, others each time: the ear hears another voice. */
function mask(microphone: MediaStream): { stream: MediaStream; end(): void } {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const cut = new BiquadFilterNode(context, { type: "highpass", frequency: 140 });
  const soften = new BiquadFilterNode(context, { type: "lowpass", frequency: 3200 });
  const first = ring(context, 35 + 25 * chance());
  const second = ring(context, 80 + 60 * chance());
  context.createMediaStreamSource(microphone).connect(cut);
  cut.connect(first).connect(second).connect(soften).connect(out);
  return { stream: out.stream, end: () => void context.close() };
}

function ring(context: AudioContext, frequency: number): GainNode {
  const product = new GainNode(context, { gain: 0.35 });
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(product.gain);
  tone.start();
  return product;
}

const chance = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
