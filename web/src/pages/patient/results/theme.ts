/** The colours of a chart, from the style sheet, so that dark, forced colours and paper are decided there. */
export interface Theme {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly paper: string;
  readonly band: string;
  readonly bandEdge: string;
  readonly runs: readonly string[];
}

const media = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"];

export function theme(): Theme {
  if (window.matchMedia("(forced-colors: active)").matches) {
    return { text: "CanvasText", quiet: "CanvasText", line: "GrayText", paper: "Canvas", band: "transparent", bandEdge: "GrayText", runs: ["CanvasText"] };
  }
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: colour("--text"),
    quiet: colour("--quiet"),
    line: colour("--line"),
    paper: colour("--paper"),
    band: colour("--green-pale"),
    bandEdge: colour("--green"),
    runs: ["--blue", "--violet", "--amber", "--text"].map(colour),
  };
}

/** Calls when the colours may be others; what is returned stops it. */
export function onTheme(changed: () => void): () => void {
  const lists = media.map((m) => window.matchMedia(m));
  lists.forEach((list) => {
    list.addEventListener("change", changed);
  });
  return () => {
    lists.forEach((list) => {
      list.removeEventListener("change", changed);
    });
  };
}
