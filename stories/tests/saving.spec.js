// Nothing that was typed is lost: not with the browser, the network, the server or the session.

import { expect, lookAt, signIn, test } from "./borough.js";

const SEEN = "What you saw";

/** Opens the page of a standard that is not answered yet. */
async function open(page, borough) {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /left ·/ }).first().click();
  await page.getByRole("link", { name: /^K\. / }).click();
  await expect(page.getByLabel(SEEN)).toBeVisible();
  return page.url();
}

const status = (page) => page.getByRole("status").first();

test("an answer is saved as it is made, and is there after the browser was killed", async ({ page, borough, browser }) => {
  const standard = await open(page, borough);
  await page.getByLabel("Partly met").check();
  await expect(status(page)).toHaveText(/^Saved at \d+:\d\d$/);
  await page.getByLabel(SEEN).pressSequentially("Supervision is noted, and not every month");
  await expect(status(page)).toHaveText(/^Your words are kept/);
  await lookAt(page);
  await page.context().close({ reason: "the browser is killed" });

  const context = await browser.newContext();
  const again = await context.newPage();
  await signIn(again, borough, "priya.anand");
  await again.goto(standard);
  await expect(again.getByLabel("Partly met")).toBeChecked();
  await expect(again.getByLabel(SEEN)).toHaveValue("Supervision is noted, and not every month");
  await expect(again.getByText("is not saved as your answer yet")).toBeVisible();
  await lookAt(again);
  // Leaving the box saves the answer, without any button.
  await again.getByLabel(SEEN).focus();
  await again.keyboard.press("End");
  await again.keyboard.type(".");
  await again.getByLabel("Where you found it").focus();
  await expect(status(again)).toHaveText(/^Saved at/);
  await again.reload();
  await expect(again.getByLabel(SEEN)).toHaveValue("Supervision is noted, and not every month.");
  await expect(again.getByText("is not saved as your answer yet")).toHaveCount(0);
  await context.close();
});

test("the network is cut and the server killed in the middle of a sentence", async ({ page, borough }) => {
  test.setTimeout(120_000);
  const standard = await open(page, borough);
  await page.context().setOffline(true);
  await page.getByLabel("Not met").check();
  await page.getByLabel(SEEN).fill("No supervision since May.");
  await expect(status(page)).toHaveText(/^Not saved: the server does not answer/);
  await page.context().setOffline(false);
  await page.getByLabel("Where you found it").focus();
  await expect(status(page)).toHaveText(/^Saved at/, { timeout: 40_000 });

  await borough.kill();
  await page.getByLabel("Where you found it").fill("Supervision notes");
  await page.getByLabel(SEEN).focus();
  await expect(status(page)).toHaveText(/^Not saved: the server does not answer/);
  await borough.restart();
  await expect(status(page)).toHaveText(/^Saved at/, { timeout: 40_000 });
  await page.goto(standard);
  await expect(page.getByLabel(SEEN)).toHaveValue("No supervision since May.");
  await expect(page.getByLabel("Where you found it")).toHaveValue("Supervision notes");
});

test("two windows on one standard: both answers are shown and neither is written over", async ({ page, borough }) => {
  const standard = await open(page, borough);
  const other = await page.context().newPage();
  await other.goto(standard);
  await page.getByLabel("Partly met").check();
  await page.getByLabel(SEEN).fill("Seen in the first window.");
  await page.getByLabel("Where you found it").focus();
  await expect(status(page)).toHaveText(/^Saved at/);
  await other.getByLabel("Not met").check();
  await expect(status(other)).toHaveText(/^Another answer was saved meanwhile/);
  await other.getByLabel(SEEN).fill("Seen in the second window.");
  await other.getByRole("button", { name: "Save and go on" }).click();
  await expect(other.getByRole("heading", { name: "Another answer was saved meanwhile" })).toBeVisible();
  await expect(other.getByRole("region", { name: "Another answer was saved meanwhile" })).toContainText("Seen in the first window.");
  await lookAt(other);
  await other.getByLabel(SEEN).fill("Seen in both windows.");
  await other.getByRole("button", { name: "Keep mine and go on" }).click();
  await other.goto(standard);
  await expect(other.getByLabel(SEEN)).toHaveValue("Seen in both windows.");
});

test("signed out in the middle of a sentence: it goes through signing in", async ({ page, borough }) => {
  const standard = await open(page, borough);
  await page.context().clearCookies();
  await page.getByLabel("Not met").check();
  await page.getByLabel(SEEN).fill("Written after the session ended.");
  await expect(status(page)).toHaveText(/^You are signed out/);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.getByLabel("Email address").fill("priya.anand@larkmoor.example");
  await page.getByLabel("Password", { exact: true }).fill("borough of larkmoor");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /Send|Save/ }).first().click();
  await page.goto(standard);
  await expect(page.getByLabel(SEEN)).toHaveValue("Written after the session ended.");
});
