// The work of a quarter is shared out: suggestions, conflicts, handing over, another day, reminders,
// and a cycle that is closed with what was missed.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Draws the next quarter's sample, and gives where its cycle is. */
async function drawn(page, borough) {
  await page.goto(`${borough.address}/cycles`);
  await page.getByRole("button", { name: "Open the cycle" }).click();
  const cycle = page.url();
  await page.goto(`${cycle}/draw`);
  await page.getByLabel("Seed").fill("dice 4-2-6-1 thrown at the committee");
  await page.getByRole("button", { name: /^Draw \d+ records$/ }).click();
  await expect(page.getByText("The sample is drawn").first()).toBeVisible();
  return cycle.split("?")[0];
}

/** Priya declares that she keeps away from a team; ending that asks for a reason at its field. */
async function declares(page, borough) {
  await signIn(page, borough, "priya.anand");
  await page.goto(`${borough.address}/conflicts`);
  await page.getByRole("button", { name: "Declare this conflict" }).click();
  await expect(page.getByText("Select what the conflict is with").first()).toBeVisible();
  await lookAt(page);
  await page.getByLabel("A team or place, and every record there").check();
  await page.getByLabel("Team or place, for a team or place").selectOption({ label: "Children in Care Team" });
  await page.getByRole("button", { name: "Declare this conflict" }).click();
  await expect(page.getByText("Children in Care Team").first()).toBeVisible();
  await page.getByText("Say that the conflict with Children in Care Team has ended").first().click();
  await page.getByRole("button", { name: "It ends today" }).first().click();
  await expect(page.getByRole("alert")).toContainText("reason");
  await expect(page.getByLabel("Why it has ended").first()).toBeVisible();
  await lookAt(page);
  await signOut(page);
}

test("the work is shared out, handed over, moved, reminded of, and a cycle is closed", async ({ page, borough }) => {
  test.setTimeout(300_000);
  await declares(page, borough);
  await signIn(page, borough, "amara.osei");
  const cycle = await drawn(page, borough);

  // Each record has a suggestion, and whoever cannot have it is said to be so, with the reason.
  await page.goto(`${cycle}/assign`);
  await lookAt(page);
  const choices = page.locator("main select");
  const records = await choices.count();
  expect(records).toBeGreaterThan(5);
  for (let at = 0; at < records; at += 1) expect(await choices.nth(at).inputValue()).not.toBe("");
  await page.locator("main details summary").first().click();
  await expect(page.locator("main details").first()).toContainText(/cannot audit|because|conflict|holds|manages/);
  // The button works by keyboard too.
  await page.getByRole("button", { name: "Assign these audits" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/audits were assigned/).first()).toBeVisible();

  // One of them goes to somebody else; without a reason it does not.
  await page.goto(cycle);
  const audit = await page.locator('main table a[href^="/audits/"]').first().getAttribute("href");
  const allocate = `${borough.address}${audit.match(/^\/audits\/\d+/)[0]}/allocation`;
  await page.goto(allocate);
  await page.getByRole("button", { name: "Give this audit" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await lookAt(page);
  const other = page.getByLabel("Who is to make it");
  await other.selectOption(await other.locator('option:not([value=""])').first().getAttribute("value"));
  await page.getByLabel("Why it goes to somebody else").fill("She is away for two weeks.");
  await page.getByRole("button", { name: "Give this audit" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);

  // Its day moves, and the passage says both.
  await page.goto(allocate);
  await page.getByLabel("Day", { exact: true }).fill("19");
  await page.getByLabel("Month", { exact: true }).fill("3");
  await page.getByLabel("Year", { exact: true }).fill("2027");
  await page.getByLabel("Why the day moves").fill("The file is at the court until then.");
  await page.getByRole("button", { name: "Move the day" }).click();
  await page.goto(allocate);
  await expect(page.locator("main")).toContainText("She is away for two weeks.");
  await expect(page.locator("main")).toContainText("The file is at the court until then.");

  // How it comes on, and reminders.
  await page.goto(`${cycle}/progress`);
  await lookAt(page);
  await page.getByRole("button", { name: "Remind them now" }).click();
  await expect(page.locator("main table").last()).toBeVisible();
  await lookAt(page);

  // Before its day a cycle cannot be closed, and the page says until when.
  await page.getByRole("link", { name: "Close this cycle" }).click();
  await lookAt(page);
  await expect(page.getByRole("button", { name: "Close the cycle" })).toHaveCount(0);

  // One whose day is past asks why each audit was not made, and keeps the answers.
  await page.goto(`${borough.address}/cycles`);
  const cycles = page.locator('main table a[href^="/cycles/"]');
  const paths = await cycles.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of paths) {
    await page.goto(`${borough.address}${path}/close`);
    const asks = (await page.getByRole("button", { name: "Close the cycle" }).count()) > 0;
    if (!asks) continue;
    const missed = page.getByLabel(/^Why .* was not audited/);
    if ((await missed.count()) === 0) continue;
    await page.getByRole("button", { name: "Close the cycle" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await lookAt(page);
    for (const why of await missed.all()) await why.selectOption({ index: 1 });
    await page.getByRole("button", { name: "Close the cycle" }).click();
    await page.goto(`${borough.address}${path}/progress`);
    await expect(page.getByRole("heading", { name: "Audits that were not made" })).toBeVisible();
    await lookAt(page);
    return;
  }
  throw new Error(`No cycle of ${paths.length} that is past asks why an audit was not made.`);
});
