// Who may see what: a role is given and ended, a restricted record asks why, the glass is broken and reviewed,
// and the looks are searched.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** The administrator adds somebody, gives a role of weight and another, and ends one. */
async function grants(page, borough) {
  await signIn(page, borough, "raj.bedi");
  await page.goto(`${borough.address}/people`);
  await lookAt(page);
  await page.getByRole("button", { name: "Add this person" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter their name");
  await lookAt(page);
  await page.getByLabel("Name", { exact: true }).fill("Ada Penrose");
  await page.getByLabel("Email address").fill("ada.penrose@larkmoor.example");
  await page.getByRole("button", { name: "Add this person" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ada Penrose" })).toBeVisible();
  await page.getByRole("button", { name: "Give this role" }).click();
  await expect(page.getByRole("alert")).toContainText("Select a role");
  await lookAt(page);
  for (const role of ["auditor", "quality-lead"]) {
    await page.getByLabel("Role", { exact: true }).selectOption(role);
    await page.getByLabel("Over", { exact: true }).selectOption({ index: 1 });
    await page.getByLabel("Why they need it").fill("She joins the audit team.");
    // By keyboard alone.
    await page.getByRole("button", { name: "Give this role" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toHaveCount(0);
  }
  await expect(page.getByText("Waits to be confirmed")).toBeVisible();
  await expect(page.getByText("Answer, grade and submit an audit")).toBeVisible();
  await lookAt(page);
  await page.getByText("End: Auditor over").click();
  await page.getByRole("button", { name: "End this grant" }).first().click();
  await expect(page.getByRole("alert")).toContainText("Say why it ends");
  await page.getByLabel("Why it ends").first().fill("She stays in her own team.");
  await page.getByRole("button", { name: "End this grant" }).first().click();
  await expect(page.getByText("She stays in her own team.")).toBeVisible();
  const person = page.url();
  await page.goto(`${borough.address}/people/roles`);
  await lookAt(page);
  await page.goto(`${borough.address}/people/unused`);
  await lookAt(page);
  await signOut(page);
  return person;
}

/** A second person confirms the role, and restricts a record. */
async function governance(page, borough, person, reference) {
  await signIn(page, borough, "hana.novak");
  await page.goto(person);
  await page.getByText("Confirm: Quality lead over").click();
  await page.getByLabel("How you know that it is right").fill("The director asked for it.");
  await page.getByRole("button", { name: "Confirm this grant" }).click();
  await expect(page.getByText("The director asked for it.")).toBeVisible();
  await page.goto(`${borough.address}/restricted`);
  await page.getByRole("button", { name: "Restrict this record" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("The record’s reference").fill(reference);
  await page.getByLabel("Why it is restricted").fill("The family of a colleague.");
  await page.getByRole("button", { name: "Restrict this record" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("heading", { name: reference }).first()).toBeVisible();
  await lookAt(page);
  await signOut(page);
}

test("a role is given and ended, a record asks why, the glass is broken and reviewed", async ({ page, borough }) => {
  test.setTimeout(300_000);
  const person = await grants(page, borough);
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/records`);
  const links = page.locator('main table a[href^="/records/"]');
  const reference = await links.first().innerText();
  const path = await links.first().getAttribute("href");
  const rows = page.locator("main table tbody tr").filter({ hasText: "Disabled Children Team" });
  const far = rows.filter({ hasNotText: reference }).first().locator("a");
  const [farReference, farPath] = [await far.innerText(), await far.getAttribute("href")];
  await signOut(page);

  // Whoever may open it says first why.
  await governance(page, borough, person, reference);
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}${path}`);
  await expect(page.getByRole("heading", { level: 1, name: "This record is restricted" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Open the record" }).click();
  await expect(page.getByRole("alert")).toContainText("Say why you open this record");
  await lookAt(page);
  await page.getByLabel("Why do you open it?").fill("The team manager asked me to look at the plan.");
  await page.getByRole("button", { name: "Open the record" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Record ${reference}` })).toBeVisible();
  await signOut(page);

  // A manager opens a record outside her places, and a red line says until when.
  await signIn(page, borough, "helen.oyelaran");
  await page.goto(`${borough.address}${farPath}`);
  await expect(page.getByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  await page.goto(`${borough.address}/break-glass`);
  await lookAt(page);
  await page.getByLabel("The record’s exact reference").fill(farReference);
  await page.getByLabel("Why do you need it now?").fill("urgent");
  await page.getByRole("button", { name: "Open this record for half an hour" }).click();
  await expect(page.getByRole("alert")).toContainText("at least 20 characters");
  await lookAt(page);
  await page.getByLabel("Why do you need it now?").fill("The hospital rang about a bruise and asks who knows the child.");
  await page.getByRole("button", { name: "Open this record for half an hour" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Record ${farReference}` })).toBeVisible();
  await expect(page.getByRole("region", { name: "Break-glass" })).toContainText("is open to you until");
  await lookAt(page);
  await page.goto(borough.address);
  await expect(page.getByRole("region", { name: "Break-glass" })).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // Somebody else reviews it, and sees who looked.
  await signIn(page, borough, "hana.novak");
  await page.getByRole("link", { name: `Review: ${farReference} was opened by break-glass` }).click();
  await expect(page.getByText("The hospital rang about a bruise")).toBeVisible();
  await page.getByRole("button", { name: "Keep this review" }).click();
  await expect(page.getByRole("alert")).toContainText("Say whether it was justified");
  await lookAt(page);
  await page.getByLabel("Yes", { exact: true }).check();
  await page.getByLabel("How do you know?").fill("The duty log has the call.");
  await page.getByRole("button", { name: "Keep this review" }).click();
  await expect(page.getByText("Justified", { exact: true })).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/break-glass/openings`);
  await lookAt(page);
  await page.goto(`${borough.address}/looks`);
  await page.getByLabel("Record’s reference").fill(farReference);
  await page.getByRole("button", { name: "Show looks" }).click();
  await expect(page.getByText("Break-glass: The hospital rang").first()).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: farReference }).first().click();
  await lookAt(page);
  await page.getByRole("link", { name: "See who may look at this record" }).click();
  await lookAt(page);
  await page.goto(`${borough.address}/looks/unusual`);
  await page.getByText(/^Look into this: Helen Oyelaran/).first().click();
  await page.getByRole("button", { name: "It is looked into" }).first().click();
  await expect(page.getByRole("alert")).toContainText("Say what you found");
  await lookAt(page);
});
