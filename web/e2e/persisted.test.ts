import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, openByNumber, signIn, visit } from "./browser";
import { ownRegion, type OwnRegion } from "./ownRegion";
import { places } from "./pages";
import { only } from "./region";

/* Where a region runs registered operations only, the viewer is as it is elsewhere. */

/** Where those begin who do not find patients. */
const begins: Readonly<Record<string, string>> = { administrator: "Policies", "privacy-officer": "Reviews", "data-quality": "Whose record is it?" };

let own: OwnRegion;
let browser: Browser;

beforeAll(async () => {
  own = await ownRegion("--persisted-only", "--patients", "20");
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await own.stop();
});

test("every page of the viewer asks what is registered, and by its id", async () => {
  const { region } = own;
  const person = only(region.patients.find((p) => p.scenario === "everything"), "person with everything");
  const everyPage = places({ patient: person.id });
  const asked: string[] = [];
  const refused: string[] = [];
  for (const username of new Set(everyPage.map((place) => place.user))) {
    const visitor = await visit(browser, region);
    const { page } = visitor;
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/graphql") asked.push(request.postData() ?? "");
    });
    page.on("response", (response) => {
      if (new URL(response.url()).pathname !== "/graphql") return;
      // A stream has no end, and none of them was refused if it is one.
      if (response.headers()["content-type"]?.startsWith("text/event-stream")) return;
      void response.text().then((text) => {
        if (text.includes("PERSISTED_")) refused.push(text);
      }, () => undefined);
    });
    await signIn(page, only(region.users.find((u) => u.username === username), username), begins[username]);
    if (username === "gp") await openByNumber(page, person.nhsNumber);
    for (const place of everyPage.filter((p) => p.user === username)) {
      await page.goto(region.url + place.path);
      await page.locator("main h1").first().waitFor();
    }
    await page.context().close();
  }
  expect(refused).toEqual([]);
  expect(asked.length).toBeGreaterThan(everyPage.length);
  for (const body of asked) expect(JSON.parse(body)).toEqual(expect.objectContaining({ documentId: expect.stringMatching(/^[0-9a-f]{64}$/) as string }));
  for (const body of asked) expect(body).not.toContain('"query"');
});

test("what somebody writes is not run", async () => {
  const { region } = own;
  const token = only((region.users as readonly { username: string; token?: string }[]).find((u) => u.username === "gp"), "gp").token ?? "";
  const answer = await fetch(`${region.url}/graphql`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "{ sources { id } }" }),
  });
  expect(await answer.json()).toMatchObject({ data: null, errors: [{ extensions: { code: "PERSISTED_ONLY" } }] });
});
