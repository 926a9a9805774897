import type { Attachment } from "@telar/contracts/attachments";
import type { JSX } from "hono/jsx/jsx-runtime";
import { attachmentWords as words } from "./attachments.words.ts";
import type { PageContext, Web } from "./frame.ts";
import { showPage } from "./layout.tsx";
import { type JoinedSpace, pathOfSpace, spacePath, within } from "./space-inside.ts";
import { spaceWords } from "./spaces.words.ts";
import type { Translate } from "./words.ts";

const view = ":view{(?:foto|voz)}";
const viewPath = `${spacePath}/adjuntos/:attachment{[0-9a-f-]{36}}/${view}`;

/** What was sent along, opened on a page of its own; `vista.html` is that part of it for `enhance/attachments.ts`. */
export function serveAttachments(web: Web): void {
  web.get(viewPath, (c) => within(c, (space) => viewPage(c, space)));
  web.get(`${viewPath}/vista.html`, (c) =>
    within(c, async (space) => c.html(await (<Opened c={c} space={space} />).toString())),
  );
}

/** In kilobytes, as people know them. */
export const inKb = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));

function labelOf(t: Translate, { kind, format, bytes, voiceSeconds = 0 }: Attachment) {
  const values = { kb: inKb(bytes), seconds: voiceSeconds, format: format.toUpperCase() };
  return t.plain(words[kind], values);
}

interface AttachmentsProps {
  t: Translate;
  /** `/espacios/…`, without a slash at its end. */
  space: string;
  attachments: readonly Attachment[] | undefined;
  /** Where each is looked at, if not in its space. */
  views?: string;
}

/** What was sent along with a message: each with what it costs, and nothing of it loaded before somebody asks (W03). */
export function Attachments({ t, space, attachments = [], views }: AttachmentsProps) {
  if (attachments.length === 0) return null;
  return (
    <ul class="attachments">
      {attachments.map((attachment) => (
        <li>
          <AttachmentLink t={t} space={space} attachment={attachment} views={views} />
        </li>
      ))}
    </ul>
  );
}

interface LinkProps extends Pick<AttachmentsProps, "t" | "space"> {
  attachment: Attachment;
  views: string | undefined;
}

function AttachmentLink({ t, space, attachment, views }: LinkProps): JSX.Element {
  const { id, kind, name, largeBytes } = attachment;
  if (kind === "document")
    return (
      <a class="button quiet" href={fileOf(space, id)} download="">
        {labelOf(t, attachment)}
        {name && <small>{name}</small>}
      </a>
    );
  const view = kind === "image" ? "foto" : "voz";
  if (views)
    return (
      <a class="button quiet" href={`${views}/${id}/${view}`}>
        {labelOf(t, attachment)}
      </a>
    );
  const large = kind === "image" ? `?grande=${largeBytes ?? 0}` : "";
  return (
    <a class="button quiet" href={`${space}/adjuntos/${id}/${view}${large}`} data-view>
      {labelOf(t, attachment)}
    </a>
  );
}

export const fileOf = (space: string, id: string) =>
  `/api${space.replace("espacios", "spaces")}/attachments/${id}`;

function viewPage(c: PageContext, space: JoinedSpace) {
  const { t } = c.var;
  return showPage(
    c,
    { title: words.title },
    <>
      <h1>{t(c.req.param("view") === "voz" ? words.voiceNote : words.photo)}</h1>
      <Opened c={c} space={space} />
      <p class="steps">
        <a class="button quiet" href={pathOfSpace(c)}>
          {t(spaceWords.back)}
        </a>
      </p>
    </>,
  );
}

function Opened({ c, space }: { c: PageContext; space: JoinedSpace }) {
  const { t } = c.var;
  const file = fileOf(pathOfSpace(c), c.req.param("attachment") ?? "");
  if (c.req.param("view") === "voz") return <Voice t={t} src={file} />;
  const large = Number(c.req.query("grande")) || 0;
  return (
    <figure class="opened">
      <Picture t={t} src={file} veiled={space.you.facilitator} />
      {large > 0 && (
        <figcaption>
          <a class="button quiet" href={`${file}?size=large`}>
            {t(words.larger, { kb: inKb(large) })}
          </a>
        </figcaption>
      )}
    </figure>
  );
}

interface OpenedProps {
  t: Translate;
  src: string;
}

export const Voice = ({ t, src }: OpenedProps) => (
  // biome-ignore lint/a11y/useMediaCaption: what people say to each other is not written down by anybody.
  <audio class="opened" controls preload="none" src={src} aria-label={t.plain(words.voiceNote)} />
);

/** Grey and blurred until it is touched, for those who have to look at a lot. */
export function Picture({ t, src, veiled }: OpenedProps & { veiled: boolean }) {
  const picture = <img src={src} alt={t.plain(words.alt)} />;
  if (!veiled) return picture;
  return (
    <label class="veil">
      <input type="checkbox" />
      <span class="covered">
        {t(words.veiled)} <u>{t(words.unveil)}</u>
      </span>
      <span class="bare">
        <u>{t(words.veil)}</u>
      </span>
      {picture}
    </label>
  );
}
