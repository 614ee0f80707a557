import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { brand, wear } from "./brand";

wear(brand);
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
