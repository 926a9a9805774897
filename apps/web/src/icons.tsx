import { raw } from "hono/html";
import look from "lucide-static/icons/eye.svg?raw";
import languages from "lucide-static/icons/languages.svg?raw";
import exit from "lucide-static/icons/log-out.svg?raw";
import menu from "lucide-static/icons/menu.svg?raw";
import pause from "lucide-static/icons/pause.svg?raw";

const drawings = { exit, languages, look, menu, pause };

const drawn = Object.fromEntries(
  Object.entries(drawings).map(([name, svg]) => {
    const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1).replace(/\s*\n\s*/g, "");
    return [name, raw(`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${inside}`)];
  }),
);

/** A drawing beside words, never instead of them. */
export function Icon({ name }: { name: keyof typeof drawings }) {
  return <>{drawn[name]}</>;
}

/** Two threads that cross over and under. */
const mark = raw(
  '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true">' +
    '<path class="warp" d="M8 2v8m0 4v8M16 2v1m0 4v15"/><path class="weft" d="M2 5h20"/>' +
    '<path class="weft" d="M2 12h4m4 0h12"/></svg>',
);

export function Mark() {
  return <>{mark}</>;
}
