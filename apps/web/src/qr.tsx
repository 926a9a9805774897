import { encode } from "uqr";

interface QrProps {
  text: string;
  /** What it leads to, for those who cannot see it. */
  label: string;
}

/** A QR code, dark on light in every theme, with the empty edge that cameras look for. */
export function Qr({ text, label }: QrProps) {
  const { size, data } = encode(text, { border: 4 });
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={data.map(rowPath).join("")} />
    </svg>
  );
}

/** Neighbours become one bar, which keeps the page small. */
function rowPath(row: boolean[], y: number): string {
  const dark = row.map((is) => (is ? "1" : "0")).join("");
  return Array.from(dark.matchAll(/1+/g), ({ index, 0: { length } }) => {
    return `M${index} ${y}h${length}v1h-${length}z`;
  }).join("");
}
