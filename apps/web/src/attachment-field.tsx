import { attachmentsPerMessage as most } from "@telar/contracts/attachments";
import type { FieldProblem } from "@telar/contracts/problems";
import { attachmentWords as words } from "./attachments.words.ts";
import type { Attempt } from "./form.tsx";
import type { Message, Translate } from "./words.ts";

const accepted = [
  ...["image/jpeg", "image/png", "image/webp", "image/gif"],
  ...["application/pdf", ".pdf", ".docx", ".odt", ".txt"],
].join();

interface FieldProps {
  t: Translate;
  /** The id of the space. */
  space: string;
  attempt: Attempt | undefined;
}

/** Files to send along; with a script they are sent while the message is being written, and there are voice notes. */
export function AttachmentField({ t, space, attempt }: FieldProps) {
  const { file, attachments } = attempt?.refusal.fields ?? {};
  const problem = file ? problemWords[file] : attachments && words.gone;
  const kept = attachments ? [] : (attempt?.typed.list("attachments") ?? []);
  return (
    <details
      data-upload={`/api/spaces/${space}/attachments`}
      data-told={toldTo(t)}
      open={problem !== undefined || kept.length > 0}
    >
      <summary>{t(words.add)}</summary>
      <div class="field">
        <label for="file">{t(words.field)}</label>
        <p class="hint" id="file-hint">
          {t(words.hint, { most })} {t(words.cleaned)}
        </p>
        {problem && (
          <p class="problem" id="file-problem">
            {t(problem, { most })}
          </p>
        )}
        <input
          id="file"
          name="file"
          type="file"
          multiple
          accept={accepted}
          aria-describedby={problem ? "file-problem file-hint" : "file-hint"}
        />
        <div data-uploaded id="attachments">
          {kept.map((id, at) => (
            <label class="choice">
              <input type="checkbox" name="attachments" value={id} checked />
              <span>{t(words.kept, { n: at + 1 })}</span>
            </label>
          ))}
        </div>
        <p role="status" class="hint" data-upload-status></p>
        <progress max={100} hidden></progress>
      </div>
      <VoiceNote t={t} />
    </details>
  );
}

const problemWords: Partial<Record<FieldProblem, Message>> = {
  missing: words.field_missing,
  wrong_form: words.field_wrong_form,
  not_an_option: words.field_not_an_option,
  too_many: words.field_too_many,
  too_long: words.field_too_long,
};

/** What `enhance/attachments.ts` and `enhance/voice.ts` say, with places for what only they know. */
function toldTo(t: Translate): string {
  const { sending, failed, refused, tooMany, ready, image, voice, document } = words;
  const { recording, recorded, noMicrophone } = words;
  const place = { percent: "{percent}", what: "{what}", kb: "{kb}", seconds: "{seconds}" };
  const said = { sending, failed, refused, tooMany, ready, image, voice, document };
  const all = Object.entries({ ...said, recording, recorded, noMicrophone });
  return JSON.stringify(
    Object.fromEntries(
      all.map(([name, message]) => [
        name,
        t.plain(message, { ...place, format: "{format}", most }),
      ]),
    ),
  );
}

/** Shown where the device can record; what was recorded is sent only after its person said so (P18). */
function VoiceNote({ t }: { t: Translate }) {
  return (
    <div class="stack" data-voice hidden>
      <p class="steps">
        <button type="button" data-voice-record>
          {t(words.record)}
        </button>
        <button type="button" data-voice-stop hidden>
          {t(words.stop)}
        </button>
        <span aria-hidden="true" data-voice-seconds></span>
      </p>
      <label class="choice">
        <input type="checkbox" data-voice-mask aria-describedby="mask-hint" />
        <span>{t(words.mask)}</span>
      </label>
      <p class="hint" id="mask-hint">
        {t(words.maskHint)}
      </p>
      <div class="stack" data-voice-recorded hidden>
        {/* biome-ignore lint/a11y/useMediaCaption: who hears it has just said it. */}
        <audio controls data-voice-listen aria-label={t.plain(words.listen)}></audio>
        <p class="steps">
          <button type="button" data-voice-use>
            {t(words.use)}
          </button>
          <button type="button" class="quiet" data-voice-discard>
            {t(words.discard)}
          </button>
        </p>
      </div>
    </div>
  );
}
