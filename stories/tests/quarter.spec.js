// One quarter, walked from end to end: a list goes in, a sample is drawn, records are assigned, one is
// audited, what was not met becomes an action, it is addressed and verified, and a report comes out.

import path from "node:path";
import { expect, lookAt, signIn, test } from "./borough.js";

const WORKBOOK = path.resolve("../fixtures/populations/synthetic_200/annex_a.xlsx");

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Today, as a person in England would type it. */
function today() {
  const [day, month, year] = new Date().toLocaleDateString("en-GB", { timeZone: "Europe/London" }).split("/");
  return { day, month, year };
}

/** The quality lead reads a case list, wrong file first. */
async function readsACaseList(page, borough, lookAt) {
  await signIn(page, borough, "amara.osei");
  await page.getByRole("link", { name: "Case lists" }).click();
  await lookAt(page);

  // What is no list gets its sentence.
  await page.locator("input[type=file]").setInputFiles({
    name: "list.xlsx",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("%PDF-1.7\n"),
  });
  const { day, month, year } = today();
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByText("This is a PDF document").first()).toBeVisible();
  await lookAt(page);

  await page.locator("input[type=file]").setInputFiles(WORKBOOK);
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByText(/143 records/).first()).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: /Take this list in/ }).click();
  await expect(page.getByText(/143/).first()).toBeVisible();
  await page.getByRole("link", { name: "Coverage" }).click();
  await expect(page.getByText("Disabled children placed out of area").first()).toBeVisible();
  await lookAt(page);
}

/** What an auditor found is put right by one person and seen by another, and the committee is told. */
async function isPutRightAndTold(page, borough, lookAt) {
  test.setTimeout(240_000);
  // Coverage says plainly that nobody audits them.
  await signIn(page, borough, "amara.osei");
  await page.getByRole("link", { name: "Coverage" }).click();
  await expect(page.getByText("Not audited").first()).toBeVisible();
  await signOut(page);

  // The owner of an action says that it is addressed, somebody else verifies it.
  await signIn(page, borough, "helen.oyelaran");
  const task = page.getByRole("link", { name: /^Address / }).first();
  await task.click();
  const action = new URL(page.url()).pathname;
  await lookAt(page);
  await page.getByRole("textbox").first().fill("The summary was brought up to date on 20 November; it is on the record.");
  await page.getByRole("main").getByRole("button").first().click();
  await expect(page.getByText(/Addressed on/).first()).toBeVisible();
  await lookAt(page);
  await signOut(page);

  await signIn(page, borough, "amara.osei");
  await page.goto(borough.address + action);
  await lookAt(page);
  await page.getByRole("button", { name: /It is done/ }).click();
  await expect(page.getByText(/Verified on/).first()).toBeVisible();
  await signOut(page);

  // How a report gets to members is in release.spec.js; a member reads the latest and keeps the PDF.
  await signIn(page, borough, "sylvia.marchetti");
  await page.getByRole("link", { name: "Reports" }).click();
  await page.getByRole("main").getByRole("link").first().click();
  await expect(page.getByText("Disabled children placed out of area").first()).toBeVisible();
  await expect(page.getByText(/not for publication/i).first()).toBeVisible();
  await lookAt(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /PDF/ }).first().click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);

  // A member sees no record.
  for (const elsewhere of ["/records", "/coverage", "/actions", action, "/case-lists"]) {
    const answer = await page.goto(borough.address + elsewhere);
    expect(answer.status(), elsewhere).toBe(404);
  }
}

test("the quality lead reads a case list", ({ page, borough }) => readsACaseList(page, borough, lookAt));

test("what was found is put right, and the committee is told", ({ page, borough }) =>
  isPutRightAndTold(page, borough, lookAt));

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  const pass = async () => {};

  test("the quality lead reads a case list", ({ page, borough }) => readsACaseList(page, borough, pass));

  test("what was found is put right, and the committee is told", ({ page, borough }) =>
    isPutRightAndTold(page, borough, pass));
});
