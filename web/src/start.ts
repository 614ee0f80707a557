import { begin } from "./early";
import "./styles/main.scss";

/** From then on nothing is waited for with the page, in milliseconds. */
const patience = 150;

const late = new Promise((resolve) => setTimeout(resolve, patience));
await Promise.race([begin(), late]);
await import("./main");
