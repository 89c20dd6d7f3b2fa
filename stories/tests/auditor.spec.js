// A manager audits a record between two meetings.

import { expect, lookAt, signIn, test } from "./borough.js";

/** Makes a whole audit: everything met but one standard, with a finding; then the grade. */
async function makeAnAudit(page, look) {
  await page.getByRole("link", { name: /^Start the audit of/ }).first().click();
  await look(page);
  const title = await page.locator("h1").innerText();
  const [, asked] = (await page.getByText(/Answered 0 of \d+/).innerText()).match(/of (\d+)/);
  await page.locator(".govuk-task-list a").first().click();

  // The first: not met, said in words, with what must be put right.
  await look(page);
  await page.getByRole("radio", { name: "Not met" }).check();
  await page.getByLabel("What you saw").fill("Birth date differs between the system and the plan.");
  await page.getByLabel("Where you found it").fill("Plan of 3 November");
  await page.getByLabel("What must be put right").fill("Make the two dates agree.");
  await page.getByLabel("Who is to do it").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Save and go on" }).click();

  for (let answered = 1; answered < Number(asked); answered += 1) {
    await page.getByRole("radio", { name: "Met", exact: true }).check();
    // Where the case list proposes something else, it is overruled, and that needs a reason.
    const overrule = page.getByLabel("Why you overrule it");
    if (await overrule.count()) await overrule.fill("It is in the case notes, and not on the list.");
    await page.getByRole("button", { name: "Save and go on" }).click();
  }
  await expect(page.getByText(`Answered ${asked} of ${asked}.`)).toBeVisible();

  await page.getByRole("button", { name: "Check your answers and submit" }).click();
  await look(page);
  await page.getByRole("radio", { name: "Good", exact: true }).check();
  await page.getByLabel("Your reasons").fill("The child is seen and heard, and the plan is moving.");
  await page.getByRole("button", { name: "Submit the audit" }).click();
  await expect(page.getByText(/Submitted by Priya Anand on/)).toBeVisible();
  await expect(page.getByText("Birth date differs")).toBeVisible();
  await look(page);
  return title;
}

test("the whole of an audit", async ({ page, borough }) => {
  await signIn(page, borough, "priya.anand");
  await lookAt(page);
  const title = await makeAnAudit(page, lookAt);

  // It cannot be changed any more: the standard's page says so when it is sent again.
  await page.getByRole("link", { name: "Your work" }).first().click();
  const reference = title.replace("Audit ", "");
  await expect(page.getByRole("link", { name: `Read the audit of ${reference}` })).toBeVisible();
});

test("what is wrong with a form is said at the field and at the top", async ({ page, borough }) => {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /^Start the audit of/ }).first().click();
  await page.locator(".govuk-task-list").first().locator("a").last().click();
  await page.getByLabel("What you saw").fill("Something that must not be lost.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  const summary = page.locator(".govuk-error-summary");
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel("What you saw")).toHaveValue("Something that must not be lost.");
  await lookAt(page);
  await summary.getByRole("link").first().click();
  await expect(page.getByRole("radio").first()).toBeFocused();
});

test("a form that comes after the session has ended is not lost", async ({ page, borough, context }) => {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /^Answer \d+ standards? left/ }).first().click();
  await page.locator(".govuk-task-list").first().locator("a").last().click();
  await page.getByRole("radio", { name: "Partly met" }).check();
  await page.getByLabel("What you saw").fill("Written at a quarter to midnight.");
  const at = page.url();
  await context.clearCookies();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("What you wrote is safe")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("Email address").fill("priya.anand@larkmoor.example");
  await page.getByLabel("Password", { exact: true }).fill("borough of larkmoor");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Written at a quarter to midnight.")).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Save what you wrote" }).click();
  await page.goto(at);
  await expect(page.getByLabel("What you saw")).toHaveValue("Written at a quarter to midnight.");
});

test("two windows on one standard: nobody writes over the other", async ({ page, borough, context }) => {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /^Answer \d+ standards? left/ }).first().click();
  await page.locator(".govuk-task-list a").nth(1).click();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("radio", { name: "Met", exact: true }).check();
  await other.getByLabel("What you saw").fill("Written in the other window.");
  await other.getByRole("button", { name: "Save and go on" }).click();
  await page.getByRole("radio", { name: "Not met" }).check();
  await page.getByLabel("What you saw").fill("Written in this window.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("Another answer was saved meanwhile")).toBeVisible();
  await expect(page.getByText("Written in the other window.")).toBeVisible();
  await expect(page.getByLabel("What you saw")).toHaveValue("Written in this window.");
  await lookAt(page);
  const at = page.url();
  await page.getByRole("button", { name: "Keep mine and go on" }).click();
  await expect(page.getByText("Another answer was saved")).toHaveCount(0);
  await page.goto(at);
  await expect(page.getByLabel("What you saw")).toHaveValue("Written in this window.");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the whole of an audit", async ({ page, borough }) => {
    await signIn(page, borough, "priya.anand");
    await makeAnAudit(page, async () => {});
  });
});
