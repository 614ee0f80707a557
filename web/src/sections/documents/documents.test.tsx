// @vitest-environment jsdom
import { expect, test } from "vitest";
import { show, worded } from "../../testing/card";
import { documents } from "./documents";

test("H-10: a hostile title is shown as it is and does nothing", () => {
  const title = '../../etc/passwd";<svg onload=alert(1)>.pdf';
  const { rows, region } = show(documents, [["Clinical letter", { status: "current", title, category: null, contentType: "application/pdf", content: { opens: true, reason: null }, size: 123_456, custodian: { ods: null, name: "Infirmary" }, service: worded("Cardiology") }]]);
  expect(rows()[0]?.main).toBe(title);
  expect(region.querySelector("svg[onload]")).toBeNull();
  expect(rows()[0]?.text).toContain("application/pdf · 123 kB");
});
