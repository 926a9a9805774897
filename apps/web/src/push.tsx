import { type NoticeSettings, subscribePush, unsubscribePush } from "@telar/contracts/notices";
import { answerForm } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { noticeSettingWords as words } from "./notice-settings.words.ts";

const path = "/cuenta/avisos/aparato";

/** `enhance/push.ts` fills in where the browser's service can be reached; without it a device is only switched off. */
export function servePush(web: Web, back: string): void {
  web.post(path, (c) =>
    answerForm(c, {
      act: async (typed) => {
        const { call } = c.var;
        if (typed.text("does") === "stop") await call(unsubscribePush, {});
        else await call(subscribePush, typed.input(subscribePush));
        return `${back}#aparato`;
      },
      again: ({ refusal }) => {
        if (refusal.code === "limit_reached") return c.redirect(`${back}?lleno#aparato`, 303);
        if (refusal.code === "invalid_input") return c.redirect(`${back}?fallo#aparato`, 303);
        throw refusal;
      },
    }),
  );
}

interface PushProps {
  c: PageContext;
  push: NoticeSettings["push"];
}

export function PushSection({ c, push }: PushProps) {
  const { t } = c.var;
  return (
    <section aria-labelledby="aparato">
      <h2 id="aparato">{t(words.push)}</h2>
      <PushWays c={c} push={push} />
    </section>
  );
}

function PushWays({ c, push }: PushProps) {
  const { t, account } = c.var;
  if (account?.device === "shared") return <p>{t(words.pushShared)}</p>;
  if (!push.publicKey) return <p>{t(words.pushNone)}</p>;
  const problem =
    c.req.query("lleno") !== undefined
      ? words.pushFull
      : c.req.query("fallo") !== undefined && words.pushFailed;
  return (
    <>
      <p>{t(words.pushWhat)}</p>
      <p>{t(words.pushWho)}</p>
      {problem && (
        <p class="notice" role="alert">
          {t(problem)}
        </p>
      )}
      {push.here ? <SwitchOff c={c} /> : <SwitchOn c={c} publicKey={push.publicKey} />}
    </>
  );
}

function SwitchOn({ c, publicKey }: { c: PageContext; publicKey: string }) {
  const { t } = c.var;
  const told = { refused: t.plain(words.pushRefused), failed: t.plain(words.pushFailed) };
  return (
    <form
      method="post"
      action={path}
      data-push={publicKey}
      data-language={t.language}
      data-told={JSON.stringify(told)}
    >
      <p class="without-script hint">
        {t(words.pushScript)} {t(words.pushPhone)}
      </p>
      <input type="hidden" name="endpoint" />
      <button type="button" hidden>
        {t(words.pushOn)}
      </button>
      <p role="status" />
    </form>
  );
}

function SwitchOff({ c }: Pick<PushProps, "c">) {
  const { t } = c.var;
  return (
    <form method="post" action={path} data-push-here="">
      <p>{t(words.pushHere)}</p>
      <button type="submit" name="does" value="stop">
        {t(words.pushOff)}
      </button>
    </form>
  );
}
