// A report is built, read sentence by sentence, approved and released, and read by everybody.

import { expect, lookAt, signIn, test } from "./borough.js";
import { acceptAll, approveAndRelease, clearAndGround } from "./releasing.js";

async function leave(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

test("a report goes from its build to everybody", async ({ page, borough, browser }) => {
  test.setTimeout(300_000);
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/reports`);
  await lookAt(page);
  // The report of the quarter under way: the first of the drafts.
  await page.getByRole("link", { name: /^All services/ }).first().click();
  await page.getByRole("button", { name: "Build this report" }).click();
  await expect(page.getByText("Before it can be approved")).toBeVisible();
  const report = page.url();
  await lookAt(page);

  for (const part of ["Part I", "Part II"]) {
    await page.goto(report);
    await page.getByRole("link", { name: `Sentences of ${part}`, exact: true }).click();
    await expect(page.getByText("Generated, not read yet").first()).toBeVisible();
    await lookAt(page);
    if (part === "Part I") {
      const first = page.locator("#\\31 -paragraph-1-1");
      await first.getByText("Edit").first().click();
      await first.getByRole("textbox").fill("Three children were seen.");
      await first.getByRole("button", { name: "Save" }).click();
      await expect(page.getByRole("alert")).toContainText("is a number that it did not have");
      await lookAt(page);
      const again = page.locator("#\\31 -paragraph-1-1");
      await again.getByRole("textbox").fill("This report tells everybody what the audits found.");
      await again.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Edited").first()).toBeVisible();
    }
    await acceptAll(page);
  }

  await page.goto(report);
  await page.getByRole("button", { name: "Choose this ground" }).click();
  await expect(page.getByRole("alert")).toContainText("Select the ground");
  await clearAndGround(page);
  await lookAt(page);
  await leave(page);
  await approveAndRelease(page, borough, report, leave);

  // Somebody who never signs in.
  const context = await browser.newContext({ viewport: { width: 320, height: 720 }, javaScriptEnabled: false });
  const anybody = await context.newPage();
  await anybody.goto(`${borough.address}/published`);
  await anybody.getByRole("link", { name: /Quarterly audit of children/ }).first().click();
  await expect(anybody.getByText("This report tells everybody what the audits found.")).toBeVisible();
  await anybody.getByText("Explain this figure: Table 1", { exact: false }).first().click();
  await expect(anybody.getByText(/Source: the case list/).first()).toBeVisible();
  await anybody.getByRole("link", { name: "Compare with the quarter before" }).click();
  await expect(anybody.getByText("Quarter before").first()).toBeVisible();
  expect(await context.cookies()).toEqual([]);
  await context.close();

  for (const path of ["/published", "/published/owed"]) {
    await page.goto(borough.address + path);
    await lookAt(page);
  }
  await page.goto(`${borough.address}/published`);
  await page.getByRole("link", { name: /Quarterly audit of children/ }).first().click();
  await lookAt(page);
  await page.getByRole("link", { name: "Compare with the quarter before" }).click();
  await lookAt(page);
});
