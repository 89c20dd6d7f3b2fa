// A child may be unsafe: said in the middle of an audit, by keyboard; shown to a manager until it is
// acknowledged; closed by somebody else.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** The address of the concern, raised from a standard by keyboard alone. */
async function raised(page, borough) {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /left ·/ }).first().click();
  await page.getByRole("button", { name: /Check your answers/ }).click();
  await page.getByRole("link", { name: /Change/ }).first().click();
  await page.getByRole("link", { name: "This child may be unsafe now" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "This child may be unsafe now" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Raise this concern now" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Say what you saw");
  await lookAt(page);
  await page.getByRole("link", { name: /Say what you saw/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Not seen for nine weeks, and a neighbour heard shouting.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.getByRole("radio", { name: "Nobody is reached yet" }).check();
  await page.getByRole("button", { name: "Raise this concern now" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Not acknowledged yet")).toBeVisible();
  await lookAt(page);
  return page.url();
}

test("a concern is raised, shown, acknowledged and closed", async ({ page, borough }) => {
  const concern = await raised(page, borough);
  const told = await page.locator("#told, table").first().innerText();
  await signOut(page);

  const managers = [["helen.oyelaran", "Helen Oyelaran"], ["david.lindqvist", "David Lindqvist"], ["margaret.thorne", "Margaret Thorne"]];
  const [manager] = managers.find(([, name]) => told.includes(name));
  await signIn(page, borough, manager);
  await expect(page.getByText("A child may be unsafe now")).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: /To be acknowledged by/ }).click();
  await lookAt(page);
  await page.getByLabel("What is being done?").fill("The worker and I visit this afternoon.");
  await page.getByRole("button", { name: "Acknowledge this concern" }).click();
  await expect(page.getByText(/^Acknowledged by/)).toBeVisible();
  await page.goto(borough.address);
  await expect(page.getByText("A child may be unsafe now")).toHaveCount(0);
  await signOut(page);

  await signIn(page, borough, "catherine.bello");
  await page.goto(concern);
  await page.getByLabel("What was done for the child?").fill("Seen at home with the worker; safe.");
  await page.getByRole("button", { name: "Close this concern" }).click();
  await expect(page.getByText(/^Closed by/)).toBeVisible();
  await page.goto(`${borough.address}/concerns`);
  await expect(page.getByText("No concern waits to be acknowledged.")).toBeVisible();
  await lookAt(page);
});
