// Audits are read a second time: by keyboard, beside the auditor's answers and blind; confirmed with
// another grade, returned with a note, and agreement leads to a wish for the next draft.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Opens the second reading of the first audit that waits under a heading, and goes to its first standard. */
async function open(page, borough, heading) {
  await page.goto(`${borough.address}/moderation`);
  const group = page.locator("h2", { hasText: heading }).locator("xpath=following-sibling::ul[1]");
  await group.getByRole("link", { name: /^Read .* a second time$/ }).first().click();
  await lookAt(page);
  await page.getByRole("button", { name: "Open the second reading" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Settled 0 of/)).toBeVisible();
  const overview = page.url();
  await lookAt(page);
  await page.locator(".govuk-task-list a").first().click();
  return overview;
}

test("audits are read a second time, by keyboard, and what comes of it is kept", async ({ page, borough }) => {
  test.setTimeout(300_000);
  await signIn(page, borough, "farah.siddiqui");
  await page.goto(`${borough.address}/moderation`);
  await expect(page.getByText(/are read a second time/)).toBeVisible();
  await lookAt(page);

  // Beside the answer: to disagree takes a judgement and a reason, to agree one key.
  const overview = await open(page, borough, /^(Every audit graded|A share of the others)/);
  await expect(page.getByText("Press a to agree")).toBeVisible();
  await page.getByRole("button", { name: "Disagree" }).click();
  await expect(page.getByRole("alert")).toContainText("Select what you found");
  await lookAt(page);
  const theirs = await page.locator("section").first().innerText();
  const other = theirs.includes("Cannot tell") ? "4" : "5";
  await page.locator("h1").click();
  await page.keyboard.press(other);
  await page.getByRole("button", { name: "Disagree" }).click();
  await expect(page.getByRole("alert")).toContainText("Say why.");
  await page.getByLabel("Why you disagree").fill("The entry could not be opened.");
  await page.keyboard.press("Control+Enter");
  for (let at = 0; at < 80; at += 1) {
    if (!page.url().includes("/standards/")) break;
    const before = page.url();
    await page.keyboard.press("a");
    await page.waitForURL((url) => url.toString() !== before);
  }

  // What the keys did: everything is settled, and with a reason the grade changes.
  await page.goto(overview);
  await expect(page.getByText(/^Settled (\d+) of \1\./)).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Confirm the audit" }).click();
  await expect(page.getByText("The entry could not be opened.")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("Inadequate").check();
  await page.getByRole("button", { name: "Confirm the audit" }).click();
  await expect(page.getByRole("alert")).toContainText("Say in a sentence why the grade changes");
  await lookAt(page);
  await page.getByLabel("Why the grade changes").fill("Nothing shows that the child was seen.");
  await page.getByRole("button", { name: "Confirm the audit" }).click();
  await expect(page.getByText("Nothing shows that the child was seen.").first()).toBeVisible();
  await lookAt(page);

  // Blind: the answer comes only after mine is saved.
  await open(page, borough, "Read blind");
  await expect(page.getByText("This audit is read blind.")).toBeVisible();
  await expect(page.getByText("What was seen")).toHaveCount(0);
  await lookAt(page);
  await page.locator("h1").click();
  await page.keyboard.press("5");
  await page.getByLabel("What you saw").fill("The document it points to is not attached.");
  await page.getByRole("button", { name: "Save mine and show both" }).click();
  await page.goBack();
  await expect(page.getByText("What was seen").first()).toBeVisible();
  await lookAt(page);

  // Returned, with a note that its auditor finds.
  await page.getByRole("link", { name: "All standards of this audit" }).click();
  await page.getByRole("button", { name: "Return it to its auditor" }).click();
  await page.getByRole("button", { name: "Return the audit" }).click();
  await expect(page.getByRole("alert")).toContainText("Write at least one note");
  await lookAt(page);
  await page.getByLabel("About the audit as a whole").fill("Say which volume you read.");
  await page.getByRole("button", { name: "Return the audit" }).click();
  await expect(page.getByText("with your notes").first()).toBeVisible();

  // Agreement, in a sentence and in tables; a standard is suggested for the next draft.
  await page.goto(`${borough.address}/agreement`);
  await expect(page.getByText(/judged the same \d+ of \d+ times/)).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: /^Re-word/ }).first().click();
  await page.getByRole("button", { name: "Suggest it" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await lookAt(page);
  await page.getByLabel("What is unclear").fill("Say how old a summary may be.");
  await page.getByRole("button", { name: "Suggest it" }).click();
  await expect(page.getByText("waits for the framework’s next draft").first()).toBeVisible();
  await signOut(page);

  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/frameworks`);
  await page.locator('main a[href^="/frameworks/drafts/"]').first().click();
  await expect(page.getByText("Say how old a summary may be.")).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/agreement/auditors`);
  await expect(page.getByRole("cell", { name: "Priya Anand" }).or(page.getByRole("rowheader", { name: "Priya Anand" }))).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/moderation/rule`);
  await lookAt(page);
});
