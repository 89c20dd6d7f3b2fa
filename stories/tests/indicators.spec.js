// How an indicator stands, whether it changed, and a target that is set with a reason.

import { expect, lookAt, signIn, test } from "./borough.js";

test("an indicator is followed over time, and its target is set with a reason", async ({ page, borough }) => {
  test.setTimeout(120_000);
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/indicators`);
  await expect(page.getByRole("heading", { level: 1, name: "Indicators" })).toBeVisible();
  // Five quarters tell no change from chance, and the page says so.
  await expect(page.getByText("Not known yet: 5 of 12 quarters").first()).toBeVisible();
  await lookAt(page);

  await page.getByRole("link", { name: "Child protection visits in time" }).click();
  await expect(page.getByRole("img", { name: /^Child protection visits in time\. / }).first()).toBeVisible();
  await expect(page.getByText("This authority has not changed the indicator")).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Change the indicator" }).click();
  await expect(page.getByRole("alert")).toContainText("Select what is to change");
  await lookAt(page);
  await page.getByLabel("Another target").check();
  await page.getByLabel("The target, if there is to be another").fill("95");
  const day = page.getByRole("group", { name: "From which day" });
  await day.getByLabel("Day").fill("1");
  await day.getByLabel("Month").fill("4");
  await day.getByLabel("Year").fill("2026");
  await page.getByLabel("Why").fill("Agreed by the leadership team.");
  await page.getByRole("button", { name: "Change the indicator" }).click();
  await expect(page.getByText("The target is 95%, from 1 April 2026")).toBeVisible();
  await expect(page.getByText("At least 95%, set by Amara Osei", { exact: true })).toBeVisible();
});
