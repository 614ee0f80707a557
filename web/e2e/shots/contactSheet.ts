import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Shot {
  readonly page: string;
  readonly state: string;
  readonly width: number;
  readonly file: string;
  /** What axe or the ruler found; empty is right. */
  readonly wrong: readonly string[];
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** One page with every picture: pages down, widths across, what was found under each. */
export function contactSheet(folder: string, shots: readonly Shot[], widths: readonly number[]): void {
  const rows = new Map<string, Shot[]>();
  for (const shot of shots) rows.set(`${shot.page}, ${shot.state}`, [...(rows.get(`${shot.page}, ${shot.state}`) ?? []), shot]);
  const cell = (shot: Shot | undefined) =>
    shot ? `<td><a href="${shot.file}"><img loading="lazy" src="${shot.file}" alt="" height="220"></a>${shot.wrong.map((w) => `<p>${escaped(w)}</p>`).join("")}</td>` : "<td></td>";
  const body = [...rows].map(([name, of]) => `<tr><th>${escaped(name)}</th>${widths.map((w) => cell(of.find((s) => s.width === w))).join("")}</tr>`).join("\n");
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Every page in every state</title><style>body{font:14px Arial}th{text-align:left;vertical-align:top}td{vertical-align:top}p{color:#b30f0f;max-width:40em}img{border:1px solid #ccc}</style>
<h1>${shots.length} pictures, ${shots.filter((s) => s.wrong.length > 0).length} with something wrong</h1>
<table><tr><th></th>${widths.map((w) => `<th>${w} px</th>`).join("")}</tr>\n${body}</table></html>\n`,
  );
}
