import { readCircle } from "./circles.tsx";
import { type Attempt, answerForm } from "./form.tsx";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import {
  ChangeForm,
  DeleteForm,
  ownMessage,
  sendChange,
  sendDeletion,
  Unchanging,
  Versions,
} from "./message-change-parts.tsx";
import { messageChangeWords as words } from "./message-changes.words.ts";
import { inItsPlace } from "./message-page.tsx";
import { whyNotChange } from "./message-writing.tsx";
import { messageWords } from "./messages.words.ts";
import {
  type JoinedSpace,
  messagePath,
  pathOfSpace,
  pathOfThisMessage,
  within,
} from "./space-inside.ts";

const changing = `${messagePath}/cambiar` as const;
const deleting = `${messagePath}/borrar` as const;

export function serveMessageChanges(web: Web): void {
  web.get(changing, (c) => within(c, (space) => changePage(c, space)));
  web.post(changing, (c) =>
    answerForm(c, {
      act: async (typed) => {
        await sendChange(c, typed);
        return inItsPlace(c);
      },
      again: (attempt) => within(c, (space) => changePage(c, space, attempt)),
    }),
  );
  web.get(deleting, (c) => within(c, () => deletePage(c)));
  web.post(deleting, (c) =>
    answerForm(c, {
      act: async () => {
        const next = await inItsPlace(c);
        await sendDeletion(c);
        return next;
      },
      again: (attempt) => within(c, () => deletePage(c, attempt)),
    }),
  );
  web.get(`${messagePath}/antes`, (c) => within(c, () => versionsPage(c)));
}

/** What was typed already stays on the page, whatever happened meanwhile. */
async function changePage(c: PageContext, space: JoinedSpace, attempt?: Attempt) {
  const { t } = c.var;
  const [message, circle] = await Promise.all([ownMessage(c), readCircle(c, space)]);
  const why = attempt ? undefined : whyNotChange(t, space, circle);
  return showPage(
    c,
    { title: words.title, attempt },
    why ? (
      <Unchanging t={t} why={why} back={pathOfThisMessage(c)} />
    ) : (
      <ChangeForm
        {...{ t, message, attempt }}
        what={t(words.editWhat)}
        noteRequired={space.settings.noteRequired}
        action={pathOfThisMessage(c, "/cambiar")}
        back={await inItsPlace(c)}
      />
    ),
  );
}

async function deletePage(c: PageContext, attempt?: Attempt) {
  const { t } = c.var;
  await ownMessage(c);
  return showPage(
    c,
    { title: words.title, attempt },
    <DeleteForm
      {...{ t, attempt }}
      what={t(words.deleteWhat)}
      action={pathOfThisMessage(c, "/borrar")}
      back={await inItsPlace(c)}
    />,
  );
}

function versionsPage(c: PageContext) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title },
    <>
      <Versions c={c} />
      <p class="steps">
        <a class="button quiet" href={pathOfThisMessage(c)}>
          {t(words.backToMessage)}
        </a>
        <a class="button quiet" href={pathOfSpace(c)}>
          {t(messageWords.latest)}
        </a>
      </p>
    </>,
  );
}
