import type { ReportId } from "@telar/contracts/ids";
import { HubError } from "@telar/contracts/problems";
import { getReport } from "@telar/contracts/reports";
import type * as z from "zod";
import { Attachments, fileOf, inKb, Picture, Voice } from "./attachments.tsx";
import { attachmentWords as words } from "./attachments.words.ts";
import type { PageContext, Web } from "./frame.ts";
import { demandAccount } from "./group-inside.ts";
import { judgingWords } from "./judging.words.ts";
import { showPage } from "./layout.tsx";
import type { Translate } from "./words.ts";

/** A picture or a voice note of a reported message, for whoever judges it. */
export function serveReportedAttachments(web: Web, report: `${string}/:id{[0-9a-f-]{36}}`): void {
  web.get(`${report}/adjuntos/:attachment{[0-9a-f-]{36}}/:view{(?:foto|voz)}`, (c) => viewPage(c));
}

interface ReportedProps {
  t: Translate;
  report: Pick<z.output<(typeof getReport)["output"]>, "space" | "attachments">;
  /** Of the report's page. */
  path: string;
}

/** What was sent along with the message: its size is said before anything of it is loaded. */
export function ReportedAttachments({ t, report, path }: ReportedProps) {
  const { attachments, space } = report;
  if (attachments.length === 0) return null;
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{t(judgingWords.attachments)}</h2>
      <p class="hint">{t(judgingWords.attachmentsHint)}</p>
      <Attachments
        t={t}
        space={`/espacios/${space.id}`}
        attachments={attachments}
        views={`${path}/adjuntos`}
      />
    </section>
  );
}

async function viewPage(c: PageContext) {
  demandAccount(c);
  const { t } = c.var;
  const report = await c.var.call(getReport, { id: c.req.param("id") as ReportId });
  const id = c.req.param("attachment");
  const kind = c.req.param("view") === "voz" ? "voice" : "image";
  const attachment = report.attachments.find((one) => one.id === id && one.kind === kind);
  if (!attachment) throw new HubError("not_found");
  const file = fileOf(`/espacios/${report.space.id}`, attachment.id);
  return showPage(
    c,
    { title: judgingWords.title },
    <>
      <h1>{t(kind === "voice" ? words.voiceNote : words.photo)}</h1>
      {kind === "voice" ? (
        <Voice t={t} src={file} />
      ) : (
        <Covered c={c} file={file} largeBytes={attachment.largeBytes} />
      )}
      <p>
        <a href={`/reportes/${report.id}`}>{t(judgingWords.backToReport)}</a>
      </p>
    </>,
  );
}

interface CoveredProps {
  c: PageContext;
  file: string;
  largeBytes: number | undefined;
}

/** Also in its large size. */
function Covered({ c, file, largeBytes }: CoveredProps) {
  const { t } = c.var;
  const large = c.req.query("grande") !== undefined;
  return (
    <figure class="opened">
      <Picture t={t} src={large ? `${file}?size=large` : file} veiled />
      {largeBytes !== undefined && !large && (
        <figcaption>
          <a class="button quiet" href="?grande">
            {t(words.larger, { kb: inKb(largeBytes) })}
          </a>
        </figcaption>
      )}
    </figure>
  );
}
