import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { brand, wear } from "./brand";

wear(brand);
const root = document.getElementById("root");
if (root === null) throw new Error("the document has no place for the page"); // start.ts waits for it
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
