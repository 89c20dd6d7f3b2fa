// Coverage: the quality lead claims a cell and adds it to the next draw; others read the numbers.

import { expect, lookAt, signIn, test } from "./borough.js";

/** The first cell that nobody has claimed. */
async function nobodysCell(page) {
  await page.getByRole("link", { name: "Coverage", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Nobody has said who audits these \d+ records$/ })).toBeVisible();
  await lookAt(page);
  await page.locator("#unclaimed tbody tr").first().getByRole("link").first().click();
  await expect(page.getByText(/Nobody has said who audits (this|these) \d+ records?\./)).toBeVisible();
  await lookAt(page);
}

test("a quality lead claims a cell and adds it to the next draw", async ({ page, borough }) => {
  await signIn(page, borough, "amara.osei");
  await nobodysCell(page);
  await page.getByRole("button", { name: "Add to the next draw" }).click();
  await expect(page.locator("#requests")).toContainText("by Amara Osei");
  await page.getByRole("button", { name: "Keep this claim" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("Select the service or directorate");
  await lookAt(page);
  await page.getByLabel("Who audits them?").selectOption({ label: "Education" });
  await page.getByLabel("Who answers for it?").selectOption({ label: "Margaret Thorne" });
  await page.getByLabel("What is to be done?").fill("Two each quarter, the longest placed first.");
  await page.getByRole("button", { name: "Keep this claim" }).click();
  await expect(page.locator(".govuk-summary-list")).toContainText("Margaret Thorne, for Education");
  await expect(page.locator("#history")).toContainText("Two each quarter");
  await lookAt(page);
});

test("a cell is claimed by keyboard alone", async ({ page, borough }) => {
  await signIn(page, borough, "amara.osei");
  await nobodysCell(page);
  await page.getByLabel("Who audits them?").focus();
  await page.keyboard.type("Education");
  for (let field = 0; field < 3; field++) await page.keyboard.press("Tab");
  await page.keyboard.type("All of them this year.");
  for (let field = 0; field < 4; field++) await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Keep this claim" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#history")).toContainText("All of them this year.");
});

for (const [who, opensRecords] of [["catherine.bello", false], ["lorna.macallister", true]]) {
  test(`${who} reads coverage and changes nothing`, async ({ page, borough }) => {
    await signIn(page, borough, who);
    await nobodysCell(page);
    await expect(page.getByRole("button", { name: "Keep this claim" })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Add to the next draw" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: /: show/ })).toHaveCount(opensRecords ? 1 : 0);
    const headers = { origin: new URL(page.url()).origin };
    const form = { plan: "Mine." };
    const answer = await page.request.post(`${page.url()}/claim`, { form, headers });
    expect(answer.status()).toBe(404);
  });
}
