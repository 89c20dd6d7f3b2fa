// What is done to a report on its way to members, for each story that follows one there.

import { expect, lookAt, signIn } from "./borough.js";

/** Accepts every sentence on the page that nobody has read yet. */
export async function acceptAll(page) {
  const all = page.getByRole("button", { name: /Accept all of this section/ });
  while (await all.count()) await all.first().click();
  await expect(page.getByText("Generated, not read yet")).toHaveCount(0);
}

/** Clears the leak check of a report, and says why Part II is private. */
export async function clearAndGround(page) {
  await page.getByLabel("What you looked at, and what you found").fill("Read whole. Nobody can be recognised.");
  await page.getByRole("button", { name: "Clear the leak check" }).click();
  await page.getByLabel(/Paragraph 2/).check();
  await page.getByLabel(/Why the public interest/).fill("Small numbers could show who a child is.");
  await page.getByRole("button", { name: "Choose this ground" }).click();
  await expect(page.getByText("Leak check cleared")).toBeVisible();
}

/** The director approves a report, and the clerk releases it; nobody is signed in before or afterwards. */
export async function approveAndRelease(page, borough, report, leave, look = lookAt) {
  await signIn(page, borough, "catherine.bello");
  await page.goto(report);
  await look(page);
  await page.getByRole("button", { name: "Approve this report" }).click();
  await expect(page.getByText("Approved").first()).toBeVisible();
  await leave(page);
  await signIn(page, borough, "bernard.quill");
  await page.goto(report);
  await page.getByRole("button", { name: "Release this report" }).click();
  await page.waitForURL(/reports\/\d+$/);
  await expect(page.getByText(/Read by Bernard Quill on/)).toBeVisible();
  await look(page);
}
