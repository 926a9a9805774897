import type { NewInvitation } from "@telar/contracts/invitations";
import { invitationCardWords as words } from "./invitation-card.words.ts";
import { Qr } from "./qr.tsx";
import type { Translate } from "./words.ts";

/** A made invitation to hand over: as drawing, as typed code and as link. Prints alone, as a small card. */
export function InvitationCard({ t, made }: { t: Translate; made: NewInvitation }) {
  const { link, code, expiresAt } = made;
  const { host, pathname } = new URL(link);
  return (
    <>
      <p class="notice">
        {t(words.once)} {t(words.share)}
      </p>
      <article class="invitation">
        <h2>{t(words.heading)}</h2>
        <p>{t(words.scan)}</p>
        <Qr text={link} label={t.plain(words.qr)} />
        <p>{t(words.type, { address: <strong>{host + pathname}</strong> })}</p>
        <p class="spelled">
          {code.split(/(?<=-)/).map((part) => (
            <code>{part}</code>
          ))}
        </p>
        <p>
          {t(words.until, { moment: t.moment(expiresAt) })} {t(words.promise)}
        </p>
      </article>
      <div class="field">
        <label for="link">{t(words.link)}</label>
        <p class="hint" id="link-hint">
          {t(words.linkHint)}
        </p>
        <input id="link" value={link} readonly aria-describedby="link-hint" />
      </div>
      <p class="hint">{t(words.print)}</p>
    </>
  );
}
