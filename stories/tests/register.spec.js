// What a committee asked is found in its minutes, replied to, and accepted at its next meeting.

import { expect, lookAt, signIn, test } from "./borough.js";

const MINUTES = `12. AUDIT OF CHILDREN'S RECORDS

12.1 Councillor Marchetti asked who visits children who are placed in Kent.

12.2 The Director would provide a note on the chart of page 46.

RESOLVED that:
(a) the report be noted;
(b) Members be provided with the figures by team.`;

async function leave(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Fills the three boxes of a date with today. */
async function today(page, legend) {
  const day = new Date();
  const boxes = page.getByRole("group", { name: legend });
  await boxes.getByLabel("Day").fill(String(day.getDate()));
  await boxes.getByLabel("Month").fill(String(day.getMonth() + 1));
  await boxes.getByLabel("Year").fill(String(day.getFullYear()));
}

test("a question is followed until the committee has accepted the reply", async ({ page, borough }) => {
  test.setTimeout(180_000);
  await signIn(page, borough, "bernard.quill");
  await page.goto(`${borough.address}/register`);
  await expect(page.getByText(/owed\. /)).toBeVisible();
  await lookAt(page);
  await page.getByLabel("Which committee?").fill("Corporate Parenting Board");
  await today(page, "On which day does it meet?");
  await page.getByRole("button", { name: "Enter the meeting" }).click();
  await expect(page.getByText("No item is entered for this meeting.")).toBeVisible();
  const meeting = page.url();

  await page.getByRole("link", { name: "Enter an item" }).or(page.getByRole("button", { name: "Enter an item" })).click();
  await lookAt(page);
  await page.getByRole("button", { name: "Enter the item" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose who replies");

  await page.goto(`${meeting}/minutes`);
  await lookAt(page);
  await page.getByLabel(/The minutes/).fill(MINUTES);
  await page.getByRole("button", { name: "Find the items" }).click();
  await expect(page.getByLabel("What item 4 says")).toHaveValue("Members be provided with the figures by team.");
  await lookAt(page);
  // The report is noted already: that is no item.
  await page.getByRole("group", { name: "Item 3" }).getByLabel("Enter this").uncheck();
  for (const item of [1, 2, 4]) {
    await page.getByLabel(`Who replies to item ${item}`).selectOption({ label: "Catherine Bello" });
  }
  await page.getByRole("button", { name: "Enter the ticked items" }).click();
  await expect(page.locator(".quarterlight-facts > li")).toHaveCount(3);
  await lookAt(page);
  await leave(page);

  await signIn(page, borough, "catherine.bello");
  await page.getByRole("link", { name: /Reply to the committee · .*, item 1$/ }).last().click();
  const item = page.url();
  await lookAt(page);
  await page.getByLabel("Your reply to the committee").fill("The social workers of the placing team do, every six weeks.");
  await page.getByRole("button", { name: "Reply to the committee" }).click();
  await expect(page.getByText("Replied, for the committee")).toBeVisible();
  await leave(page);

  await signIn(page, borough, "bernard.quill");
  await page.goto(item);
  await page.getByLabel("At which meeting?").selectOption({ index: 1 });
  await page.getByLabel("Yes, it is settled").check();
  await page.getByLabel("What it said").fill("Noted with thanks.");
  await page.getByRole("button", { name: "Note what the committee said" }).click();
  await expect(page.getByText("Accepted by the committee").first()).toBeVisible();
  await leave(page);

  await signIn(page, borough, "sylvia.marchetti");
  await page.goto(item);
  await expect(page.getByText("every six weeks")).toBeVisible();
  await lookAt(page);
});
