// Before a session ends the page asks; whoever answers stays, and nobody loses a word.

import { expect, lookAt, signIn, test } from "./borough.js";

test("the page asks before a session ends, and staying is one key", async ({ page, borough }) => {
  await page.clock.install();
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /left ·/ }).first().click();
  await page.clock.runFor("57:00");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.runFor("01:30");
  await expect(page.getByRole("dialog", { name: "Are you still there?" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await lookAt(page);
  // The server's reply is what puts the end off; the clock must not be run on before it is there.
  const stayed = page.waitForResponse((reply) => reply.request().method() === "POST");
  await page.keyboard.press("Enter");
  expect((await stayed).ok()).toBe(true);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.runFor("30:00");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.clock.runFor("30:30");
  await expect(page.getByRole("dialog", { name: "You are signed out" })).toBeVisible();
});
