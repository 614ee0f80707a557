import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// jsdom has the element and not its methods; what they do to focus and keyboard is the
// real browser's, and tested there (e2e).
if (typeof HTMLDialogElement !== "undefined") {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
}

// jsdom's ArrayBuffer is another than the one that the platform's cryptography gives.
globalThis.ArrayBuffer = (Object.getPrototypeOf(Buffer.alloc(1).buffer) as { constructor: ArrayBufferConstructor }).constructor;

afterEach(() => {
  if (typeof document !== "undefined") cleanup();
});
