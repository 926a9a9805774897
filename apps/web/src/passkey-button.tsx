import type { Operation } from "@telar/contracts/operation";
import type { Child } from "hono/jsx";
import { passkeyButtonWords as words } from "./passkey-button.words.ts";
import { problemWords } from "./problems.words.ts";
import type { Typed } from "./typed.ts";
import type { Translate } from "./words.ts";

interface PasskeyButtonProps {
  t: Translate;
  /** Where the browser gets what it is asked with. */
  offer: Pick<Operation, "path">;
  /** `get` answers with a passkey that exists, `create` makes one. */
  act: "get" | "create";
  /** The fields of the form that the offer needs. */
  sends?: readonly string[];
  /** What is asked only of whoever uses a passkey. */
  fields?: Child;
  children: Child;
}

/**
 * Inside a form: with JavaScript, and where the browser knows passkeys, it fills `response` and sends the form.
 * `enhance/passkeys.ts` shows it, and hides what is `without-script`.
 */
export function PasskeyButton({ t, offer, act, sends = [], fields, children }: PasskeyButtonProps) {
  const told = Object.fromEntries(
    Object.entries({ ...words, invitation_closed: problemWords.invitation_closed }).map(
      ([code, message]) => [code, t.plain(message)],
    ),
  );
  return (
    <div
      class="passkey"
      data-passkey={act}
      data-offer={offer.path}
      data-sends={sends.join(" ")}
      data-told={JSON.stringify(told)}
      hidden
    >
      {fields}
      <input type="hidden" name="response" />
      <button type="button">{children}</button>
      <p role="status" />
    </div>
  );
}

/** What the browser's passkey answered, if that is how the form was sent. What is no JSON is no answer to anything. */
export function passkeyResponse(typed: Typed): Record<string, unknown> | undefined {
  const text = typed.text("response");
  if (text === "") return undefined;
  try {
    const response: unknown = JSON.parse(text);
    return typeof response === "object" && response !== null ? { ...response } : {};
  } catch {
    return {};
  }
}
