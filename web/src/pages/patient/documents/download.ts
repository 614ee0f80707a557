import type { Content } from "../../../api";

/** Hands the document to the browser's downloads. */
export function download({ bytes, type }: Content, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next task.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 0);
}
