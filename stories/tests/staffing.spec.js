// A service that was mainstreamed keeps its past, and a record is held otherwise than is advised for a
// reason about the child.

import { expect, lookAt, signIn, test } from "./borough.js";

async function leave(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Fills the three boxes of a date with a day so many days from now. */
async function inDays(page, legend, days) {
  const day = new Date(Date.now() + days * 86_400_000);
  const boxes = page.getByRole("group", { name: legend });
  await boxes.getByLabel("Day").fill(String(day.getDate()));
  await boxes.getByLabel("Month").fill(String(day.getMonth() + 1));
  await boxes.getByLabel("Year").fill(String(day.getFullYear()));
}

test("the asylum service had fewer records and the same staff, and a manager says why", async ({ page, borough }) => {
  test.setTimeout(180_000);
  await signIn(page, borough, "catherine.bello");
  await page.goto(`${borough.address}/trend`);
  await expect(page.getByRole("heading", { level: 1, name: "Service trend" })).toBeVisible();
  await lookAt(page);
  await page.getByLabel("What they were then").check();
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByLabel("Which service or team?").selectOption("Asylum Service");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Asylum Service" })).toBeVisible();
  await expect(page.getByText(/full-time equivalent went from/).first()).toBeVisible();
  await lookAt(page);
  await leave(page);

  // Staff are given as lines, all or none.
  await signIn(page, borough, "raj.bedi");
  await page.goto(`${borough.address}/staff`);
  await page.getByLabel("Lines from a spreadsheet or a CSV file").fill("Transitions Team,2026-01,1.5\nNobody,2026-01,1");
  await page.getByLabel("Where do the numbers come from?").fill("Payroll");
  await page.getByLabel("Why are they given now?").fill("Asked for by the director");
  await page.getByRole("button", { name: "Give these lines" }).click();
  await expect(page.getByRole("alert")).toContainText("Line 2: there is no team of this name.");
  await lookAt(page);
  await page.getByLabel("Lines from a spreadsheet or a CSV file").fill("Transitions Team,2026-01,1.5");
  await page.getByRole("button", { name: "Give these lines" }).click();
  await expect(page.getByRole("cell", { name: "Payroll" }).first()).toBeVisible();
  await page.getByRole("link", { name: "What became of teams" }).click();
  await expect(page.getByText("Moved from Asylum Service").first()).toBeVisible();
  await lookAt(page);
  await leave(page);

  // The manager says why, and names nobody.
  await signIn(page, borough, "helen.oyelaran");
  await page.goto(`${borough.address}/allocation`);
  await expect(page.getByText("Advice, not a rule").first()).toBeVisible();
  await lookAt(page);
  await page.locator("a[href^='/allocation/records/']").first().click();
  await page.getByLabel("The child’s circumstances").fill("Bethan Pryce is trusted.");
  await inDays(page, "When do you look at it again?", 30);
  await page.getByRole("button", { name: "Keep this reason" }).click();
  await expect(page.getByRole("alert")).toContainText("the name of somebody who works here");
  await lookAt(page);
  await page.getByLabel("The child’s circumstances").fill("The child asked to keep the worker until the exams are over.");
  await page.getByRole("button", { name: "Keep this reason" }).click();
  await expect(page.getByText("until the exams are over").first()).toBeVisible();
  await leave(page);

  // The lead writes the protocol that supersedes.
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/allocation/protocol/next`);
  await lookAt(page);
  await page.getByLabel("Why is there another, and who agreed it?").fill("The heads of service agreed it.");
  await page.getByLabel("Records for each full-time equivalent").fill("15");
  await page.getByRole("button", { name: "Keep the protocol" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Allocation" })).toBeVisible();
  await expect(page.getByText("Records for each full-time equivalent: 15.").first()).toBeVisible();
});
