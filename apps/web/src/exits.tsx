import { signOut } from "@telar/contracts/sessions";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { exitWords as words } from "./exits.words.ts";
import type { PageContext, Web } from "./frame.ts";
import type { Translate } from "./words.ts";

const veilCookie = "v";
const veilSeconds = 600;

/** The quick exit, and the blank page that whoever presses Back finds instead of ours. Asks nothing of the account. */
export function serveExits(web: Web): void {
  web.on(["GET", "POST"], "/salir-rapido", leaveQuickly);
  web.post("/continuar", (c) => {
    deleteCookie(c, veilCookie, { path: "/", secure: isSecure(c) });
    return c.redirect("/", 303);
  });
  web.use(async (c, next) => {
    if (getCookie(c, veilCookie) === undefined) return next();
    return c.html(`<!doctype html>${await (<Blank t={c.var.t} />).toString()}`);
  });
}

/** Leaves even when the API does not answer. */
async function leaveQuickly(c: PageContext): Promise<Response> {
  const { call, options } = c.var;
  await call(signOut, {}).catch(() => undefined);
  const secure = isSecure(c);
  for (const name of Object.keys(getCookie(c)))
    deleteCookie(c, name, { path: "/", secure: secure || name.startsWith("__") });
  setCookie(c, veilCookie, "1", {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure,
    maxAge: veilSeconds,
  });
  // Cookies are ended one by one: "cookies" in this header would take the one just set along with them.
  c.header("clear-site-data", '"storage"');
  return c.redirect(options.exitUrl, 303);
}

const isSecure = (c: PageContext) => c.var.options.publicUrl.startsWith("https:");

function Blank({ t }: { t: Translate }) {
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{t.plain(words.blank)}</title>
      </head>
      <body>
        <main>
          <form method="post" action="/continuar">
            <button type="submit">{t(words.goOn)}</button>
          </form>
        </main>
      </body>
    </html>
  );
}
