// A finding until it holds, by keyboard and four people: given, more time, addressed, sent back,
// verified, and looked at again by somebody who had no part in it.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Presses a button by keyboard. */
async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
}

/** Unfolds something by keyboard. */
async function unfold(page, words) {
  await page.locator("summary", { hasText: words }).focus();
  await page.keyboard.press("Enter");
}

async function typeDay(page, name, [day, month, year]) {
  await page.locator(`input[name="${name}-day"]`).fill(day);
  await page.locator(`input[name="${name}-month"]`).fill(month);
  await page.locator(`input[name="${name}-year"]`).fill(year);
}

const next = String(new Date().getFullYear() + 1);

test("a finding is seen to until it holds", async ({ page, borough }) => {
  test.setTimeout(300_000);

  // The quality lead finds an open action in the register, by a plain link, and gives it.
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/actions`);
  await lookAt(page);
  await unfold(page, "Counts, and what to show");
  await page.getByRole("link", { name: /^Open \(\d+ of \d+\)/ }).click();
  await expect(page.getByText("Shown here: Open.")).toBeVisible();
  await lookAt(page);
  await page.locator(".quarterlight-queue a").first().click();
  const action = page.url();
  await expect(page.getByRole("heading", { name: "What has happened" })).toBeVisible();
  const give = page.locator("summary", { hasText: "Give it to somebody else" });
  if ((await give.count()) > 0) await unfold(page, "Give it to somebody else");
  await page.getByLabel("Who is to do it").selectOption({ label: "Marcus Bellamy" });
  await page.getByLabel("Who confirms it").selectOption({ label: "Marcus Bellamy" });
  await typeDay(page, "due", ["10", "1", next]);
  await press(page, "Give this action");
  await expect(page.getByRole("alert")).toContainText("Select somebody other than the owner");
  await lookAt(page);
  await page.getByLabel("Who confirms it").selectOption({ label: "David Lindqvist" });
  await page.getByLabel("What will be done, and how it will be proved").fill("A visit, and its entry on the record.");
  await press(page, "Give this action");
  await expect(page.getByText("To Marcus Bellamy").first()).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // The owner asks for more time, with a reason; the day does not move by that.
  await signIn(page, borough, "marcus.bellamy");
  await page.goto(action);
  await lookAt(page);
  await unfold(page, "Ask for more time");
  await press(page, "Ask for more time");
  await expect(page.getByRole("alert")).toBeVisible();
  await lookAt(page);
  await typeDay(page, "until", ["31", "1", next]);
  await page.getByLabel("Why is more time needed?").fill("The school is closed until the middle of the month.");
  await press(page, "Ask for more time");
  await expect(page.getByText(`More time was asked for`).first()).toBeVisible();
  await expect(page.getByText(`Due on 10 January ${next}.`).first()).toBeVisible();
  await signOut(page);

  // Whoever gave it agrees, and both days stay.
  await signIn(page, borough, "amara.osei");
  await page.goto(action);
  await lookAt(page);
  await press(page, "Agree to more time");
  await expect(page.getByText(`Due on 31 January ${next} instead of 10 January ${next}.`)).toBeVisible();
  await expect(page.getByText(/At first it was due on/)).toBeVisible();
  await signOut(page);

  // The owner says what was done; the confirmer sends it back, and then sees that it is done.
  for (const [proof, word] of [
    ["Visited; the entry is on the record.", "Not yet"],
    ["The entry now has its date.", "It is done"],
  ]) {
    await signIn(page, borough, "marcus.bellamy");
    await page.goto(action);
    await page.getByLabel("What was done, and where the proof is").fill(proof);
    await press(page, "Mark as addressed");
    await expect(page.getByText(/Addressed on/).first()).toBeVisible();
    await lookAt(page);
    await signOut(page);
    await signIn(page, borough, "david.lindqvist");
    await page.goto(action);
    await lookAt(page);
    if (word === "Not yet") await page.getByLabel("If it is not done yet, why?").fill("The entry has no date.");
    await press(page, word);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await signOut(page);
  }

  // A moderator, who had no part in it, looks again at what was verified in an earlier quarter.
  await signIn(page, borough, "farah.siddiqui");
  await page.goto(action);
  await expect(page.getByText("You can say whether it held once that day has come.")).toBeVisible();
  await page.goto(`${borough.address}/actions`);
  await lookAt(page);
  await page.getByRole("link", { name: /^Look again at / }).first().click();
  await lookAt(page);
  await press(page, "It held");
  await expect(page.getByRole("alert")).toContainText("Say what you looked at");
  await page.getByLabel("What did you look at, and what did you see?").fill("The record as it is today: it is still so.");
  await press(page, "It held");
  await expect(page.getByText(/^Held: looked at again/)).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // The quality lead joins findings that are alike, and sees themes and good practice.
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/findings`);
  await lookAt(page);
  await page.getByRole("button", { name: /^Join: / }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Also sees to")).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/findings/themes`);
  await lookAt(page);
  await page.goto(`${borough.address}/good-practice`);
  await lookAt(page);
  await page.getByRole("button", { name: /^Offer to others/ }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Offered to others").first()).toBeVisible();
});
