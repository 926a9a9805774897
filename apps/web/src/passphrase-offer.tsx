import { offerPassphrase } from "@telar/contracts/accounts";
import { Field, type FormState } from "./form.tsx";
import type { PageContext } from "./frame.ts";
import { passphraseOfferWords as words } from "./passphrase-offer.words.ts";
import type { Typed } from "./typed.ts";

export const passphraseLabels = { passphrase: words.label };

const others = "otras";
/** Whether a sent form only asks for other words. */
export const asksForOthers = (typed: Typed) => typed.text("act") === others;

/** The words that stand on the page already, or new ones: what somebody may have written down does not change. */
export async function wordsToOffer(c: PageContext, typed: Typed | undefined): Promise<string> {
  const offered = typed && !asksForOthers(typed) ? typed.text("offered") : "";
  if (offered) return offered;
  return (await c.var.call(offerPassphrase, { language: c.var.t.language })).passphrase;
}

interface PassphraseOfferProps {
  of: FormState<"passphrase">;
  offered: string;
}

/** Seven words to read and write down, which already stand in a field that a password manager knows. */
export function PassphraseOffer({ of, offered }: PassphraseOfferProps) {
  const { t, attempt } = of;
  const kept = !attempt || attempt.typed.text("passphrase") === offered;
  return (
    <section class="offer" aria-labelledby="offer">
      <h2 id="offer">{t(words.heading)}</h2>
      <p>{t(words.what)}</p>
      <ol class="offered">
        {offered.split(" ").map((word) => (
          <li>{word}</li>
        ))}
      </ol>
      {/* Enter presses a form's first button: it must not change words that somebody has copied by hand. */}
      <button type="submit" class="enter" />
      <button type="submit" name="act" value={others} formaction="#offer" formnovalidate>
        {t(words.others)}
      </button>
      <input type="hidden" name="offered" value={offered} />
      <Field
        of={of}
        name="passphrase"
        type="password"
        autocomplete="new-password"
        hint={t(words.hint)}
        value={kept ? offered : ""}
      />
    </section>
  );
}
