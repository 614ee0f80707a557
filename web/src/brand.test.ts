// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { brandOf, wear } from "./brand";

beforeEach(() => {
  document.head.innerHTML = "";
  document.documentElement.removeAttribute("style");
});

function page(content: string): Document {
  const meta = document.createElement("meta");
  meta.name = "patchwork-brand";
  meta.content = content;
  document.head.append(meta);
  return document;
}

test("without a brand it is Patchwork's own look", () => {
  const brand = brandOf(document);
  expect([brand.name, brand.shortName, brand.what, brand.colour, brand.logo]).toEqual(["Patchwork", "Patchwork", "shared care record", "", ""]);
  wear(brand);
  expect(document.documentElement.getAttribute("style")).toBeNull();
});

test("the region's name, colour and picture", () => {
  const brand = brandOf(page(JSON.stringify({ name: "Westmarch Care Record", colour: "#00664f", logo: "/brand/logo-0011aabb.svg", supportText: "Ring 1234", supportUrl: "https://support.example/", help: "mailto:help@westmarch.example" })));
  expect(brand).toMatchObject({ name: "Westmarch Care Record", shortName: "Westmarch Care Record", what: "", logo: "/brand/logo-0011aabb.svg", supportUrl: "https://support.example/", help: "mailto:help@westmarch.example" });
  wear(brand);
  expect(document.documentElement.style.getPropertyValue("--brand-solid")).toBe("#00664f");
});

test.each([
  ["no JSON", "{"],
  ["a list", "[1]"],
  ["other types", '{"name":1,"colour":{},"logo":[],"help":2}'],
  ["a colour that is more", '{"colour":"#00664f;background:url(https://evil.example)"}'],
  ["a picture from elsewhere", '{"logo":"https://evil.example/logo.svg"}'],
  ["a script for an address", '{"supportUrl":"javascript:alert(1)","help":"data:text/html,x"}'],
])("%s is left out", (_, content) => {
  const brand = brandOf(page(content));
  expect([brand.name, brand.colour, brand.logo, brand.supportUrl, brand.help]).toEqual(["Patchwork", "", "", "", ""]);
});
