// The history is proved; something is held, disposed of by two people, and taken out for its subject.

import { expect, lookAt, signIn, test } from "./borough.js";

async function leave(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

test("the history is proved with one button, and a mistyped checkpoint is said to be one", async ({ page, borough }) => {
  test.setTimeout(180_000);
  await signIn(page, borough, "lorna.macallister");
  await page.goto(`${borough.address}/history`);
  await lookAt(page);
  await page.getByLabel("Checkpoints that were kept elsewhere").fill("41");
  await page.getByRole("button", { name: "Check every entry now" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter each checkpoint as the number of entries");
  await lookAt(page);
  await page.getByLabel("Checkpoints that were kept elsewhere").fill("");
  // The button works by keyboard too.
  await page.getByRole("button", { name: "Check every entry now" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/The history is whole: all \d+ entries are there/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Nothing from elsewhere was compared.")).toBeVisible();
  await lookAt(page);
});

test("one proposes a disposal, another confirms it, and what is held stays", async ({ page, borough }) => {
  test.setTimeout(240_000);
  await signIn(page, borough, "hana.novak");
  await page.goto(`${borough.address}/retention`);
  await lookAt(page);
  await page.getByRole("button", { name: "Place this hold" }).click();
  await expect(page.getByRole("alert")).toContainText("Select what is to be held");
  await lookAt(page);
  await page.getByLabel("Everything of a kind").check();
  await page.getByLabel("Kind, for a kind").selectOption({ label: "Words of concerns" });
  await page.locator("#because").fill("The inquiry has asked that nothing about concerns be destroyed.");
  await page.getByRole("button", { name: "Place this hold" }).click();
  await expect(page.getByText("The inquiry has asked that nothing about concerns be destroyed.")).toBeVisible();

  await page.getByLabel("Which kind").selectOption({ label: "Words of audits" });
  await page.getByLabel("How long it is kept").fill("1");
  await page.getByLabel("On whose authority").fill("The retention schedule of this story.");
  await page.getByRole("button", { name: "Change it from today" }).click();
  await expect(page.getByText(/The authority’s own: The retention schedule of this story/)).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Propose to dispose of this" }).click();
  await expect(page.getByText("Waits to be confirmed by somebody else").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm, and dispose of it" })).toHaveCount(0);
  await lookAt(page);
  const disposal = page.url();
  await leave(page);

  await signIn(page, borough, "amara.osei");
  await page.goto(disposal);
  await lookAt(page);
  await page.getByRole("button", { name: "Confirm, and dispose of it" }).click();
  await expect(page.getByText("Carried out").first()).toBeVisible({ timeout: 120_000 });
  await lookAt(page);
  const certificate = page.waitForEvent("download");
  await page.getByRole("link", { name: /^PDF/ }).click();
  expect((await certificate).suggestedFilename()).toMatch(/^disposal-\d+\.pdf$/);
  await leave(page);

  // The history still verifies, and says how much went.
  await signIn(page, borough, "lorna.macallister");
  await page.goto(`${borough.address}/history`);
  await page.getByRole("button", { name: "Check every entry now" }).click();
  await expect(page.getByText(/went by retention, each in a disposal/)).toBeVisible({ timeout: 60_000 });
});

test("everything about a record is taken out, once it is said what may be withheld", async ({ page, borough }) => {
  test.setTimeout(120_000);
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/records`);
  const reference = (await page.locator("main a[href^='/records/']").first().innerText()).trim().split(/\s/).pop();
  await leave(page);
  await signIn(page, borough, "hana.novak");
  await page.goto(`${borough.address}/subject-access`);
  await lookAt(page);
  await page.getByLabel("The record’s reference").fill(reference);
  await page.getByRole("button", { name: "Take out everything that is held" }).click();
  await expect(page.getByRole("alert")).toContainText("Select what may be withheld");
  await lookAt(page);
  await page.getByLabel("Nothing is to be withheld").check();
  await page.getByLabel("Why it is taken out").fill("Request 17");
  const bundle = page.waitForEvent("download");
  await page.getByRole("button", { name: "Take out everything that is held" }).click();
  expect((await bundle).suggestedFilename()).toBe("subject-access.zip");
});
