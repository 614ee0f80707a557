import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles/main.scss";
import { StatesPage } from "./StatesPage";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <StatesPage />
    </StrictMode>,
  );
}
