// Case lists: several files at once, a list of one's own mapped by hand, a doubtful match settled, and
// all of it taken in; and the pages that show where lists differ.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, lookAt, signIn, test } from "./borough.js";

const POPULATION = fileURLToPath(new URL("../../fixtures/populations/synthetic_200/", import.meta.url));

// One child of Annex A with another writing of the reference, and one whom social care does not know.
const SEND = "Unique ID,Date of birth,Disability,Notes\n0064430544,,Yes,\nSEND-9,2012-05-03,Yes,\n";

async function fileOf(name) {
  return { name: path.basename(name), mimeType: "application/octet-stream", buffer: await readFile(POPULATION + name) };
}

const sendList = () => ({ name: "send.csv", mimeType: "text/csv", buffer: Buffer.from(SEND) });

/** Today: later than the list that the borough has in use. */
async function dateIsTyped(page) {
  const today = new Date();
  await page.getByLabel("Day", { exact: true }).fill(String(today.getDate()));
  await page.getByLabel("Month", { exact: true }).fill(String(today.getMonth() + 1));
  await page.getByLabel("Year", { exact: true }).fill(String(today.getFullYear()));
}

async function opensCaseLists(page) {
  await page.getByRole("link", { name: "Case lists", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Case lists" })).toBeVisible();
}

/** The columns of the list of one's own are said; the page then shows what was found. */
async function isMapped(page) {
  await expect(page.getByRole("heading", { level: 1, name: "What are the columns of this list?" })).toBeVisible();
  await expect(page.getByText("For example “0064430544” and “SEND-9”.")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("What do you call this list?").fill("");
  await page.getByRole("button", { name: "Read the list" }).click();
  await expect(page.locator(".govuk-error-summary")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("What do you call this list?").fill("SEND list");
  await page.getByRole("button", { name: "Read the list" }).click();
}

test("several files become one list, once a list is mapped and a doubt settled", async ({ page, borough }) => {
  test.setTimeout(300_000);
  await signIn(page, borough, "amara.osei");
  await opensCaseLists(page);
  await lookAt(page);
  await page.getByRole("button", { name: "Read the files" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Choose a file");
  await lookAt(page);
  const files = [await fileOf("annex_a.xlsx"), await fileOf("csww.xml"), await fileOf("cin_census.xml"), sendList()];
  await page.locator("input[type=file]").setInputFiles(files);
  await dateIsTyped(page);
  await page.getByRole("button", { name: "Read the files" }).click();
  await isMapped(page);
  await expect(page.getByText("Nothing changes until you take the list in")).toBeVisible();
  await expect(page.getByText("How records were matched")).toBeVisible();
  await lookAt(page);

  // Where lists differ, and what stands on one of them alone.
  const list = page.url();
  for (const inner of ["lists", "conflicts", "changes?what=gone", "apart?standing=unknown", "apart?standing=closed"]) {
    await page.goto(`${list}/${inner}`);
    await lookAt(page);
  }
  await page.goto(list);

  // The doubtful match is asked of a person, never made.
  await page.getByRole("link", { name: /to settle/ }).click();
  await expect(page.getByText(/Are 64430544 and 0064430544 one record\?/)).toBeVisible();
  await lookAt(page);
  await page.getByLabel("They are the same").first().check();
  await page.getByRole("button", { name: "Keep and put the list together again" }).click();
  await expect(page.getByText("Nothing changes until you take the list in")).toBeVisible();
  expect(page.url()).not.toBe(list);
  await expect(page.getByRole("link", { name: /to settle/ })).toHaveCount(0);
  const problems = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download every problem as a spreadsheet" }).click();
  expect((await problems).suggestedFilename()).toMatch(/\.xlsx$/);
  await page.getByRole("button", { name: "Take this list in" }).click();
  await expect(page.getByText("The list is taken in.")).toBeVisible();
  await lookAt(page);

  // The next time the columns are offered as they were said.
  await opensCaseLists(page);
  await page.locator("input[type=file]").setInputFiles([sendList()]);
  await dateIsTyped(page);
  await page.getByRole("button", { name: "Read the files" }).click();
  await expect(page.getByLabel("What do you call this list?")).toHaveValue("SEND list");
});

test("a list is mapped by keyboard alone", async ({ page, borough }) => {
  await signIn(page, borough, "amara.osei");
  await opensCaseLists(page);
  await page.locator("input[type=file]").setInputFiles([sendList()]);
  await dateIsTyped(page);
  await page.getByRole("button", { name: "Read the files" }).press("Enter");
  await page.getByLabel("What do you call this list?").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("SEND list");
  // Past what it is a list of, and its four columns.
  for (let field = 0; field < 6; field++) await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Read the list" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing changes until you take the list in")).toBeVisible();
});

test("audit services find where lists differ, without dates of birth, and import nothing", async ({ page, borough }) => {
  await signIn(page, borough, "lorna.macallister");
  await page.getByRole("link", { name: "Coverage", exact: true }).click();
  await page.getByRole("link", { name: "See the records on which lists differ" }).click();
  await lookAt(page);
  await page.getByRole("link", { name: "Date of birth", exact: true }).click();
  await expect(page.getByText("Dates of birth are shown to those who look after case lists only.")).toBeVisible();
  await lookAt(page);
  expect((await page.request.get(`${borough.address}/case-lists`)).status()).toBe(404);
  expect((await page.request.get(page.url().replace(/\/conflicts.*/, ""))).status()).toBe(404);
});
