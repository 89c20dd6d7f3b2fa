// A full audit by keyboard alone, every key press counted, beside the same answers in a spreadsheet.

import { expect, lookAt, signIn, test } from "./borough.js";

/** What is written on each standard: mostly met, now and then not. */
const ANSWERS = [
  { key: "1", judgement: "Met", seen: "", found: "" },
  { key: "1", judgement: "Met", seen: "", found: "" },
  { key: "2", judgement: "Partly met", seen: "Noted, but not every month.", found: "Case notes, May" },
  { key: "1", judgement: "Met", seen: "", found: "" },
  { key: "3", judgement: "Not met", seen: "No entry since May.", found: "Case notes, May" },
];

/**
 * The same in a sheet with a row for each standard and a list to choose from: the judgement is typed
 * until the sheet completes it (its first two letters, "No" being the start of two words takes five),
 * Tab, the words, Tab, the place, and Enter, which goes to the next row.
 */
const inSheet = ({ judgement, seen, found }) =>
  (judgement === "Not met" ? 5 : 2) + 1 + seen.length + 1 + found.length + 1;

test("a full audit is filled in by keyboard on one page, and submitted", async ({ page, borough }) => {
  test.setTimeout(300_000);
  await signIn(page, borough, "priya.anand");
  // The longest of hers: how many are asked depends on what the record is.
  const open = await page.getByRole("link", { name: /left ·|Start the audit of/ }).evaluateAll((all) => all.map((it) => it.href));
  let longest = { asked: 0 };
  for (const href of open) {
    await page.goto(href);
    const asked = Number((await page.getByText(/Answered \d+ of \d+/).innerText()).match(/of (\d+)/)[1]);
    if (asked > longest.asked) longest = { asked, href };
  }
  await page.goto(longest.href);
  await page.getByRole("link", { name: "Whole form on one page" }).click();
  await lookAt(page);
  let pressed = 0;
  const press = async (key) => { pressed += 1; await page.keyboard.press(key); };
  const type = async (words) => { pressed += words.length; await page.keyboard.type(words); };

  const forms = page.locator("form[data-quarterlight-stays]");
  const standards = await forms.count();
  expect(standards).toBeGreaterThanOrEqual(40);
  // The first question has the focus by one Tab from the link before it; from there on, keys alone.
  await forms.first().getByRole("radio").first().focus();
  let sheet = 0;
  for (let at = 0; at < standards; at += 1) {
    // What the case list proposes is confirmed here; another story overrules it.
    const proposed = await forms.nth(at).getByText("The case list proposes:").allInnerTexts();
    const answer = proposed.length === 0 ? ANSWERS[at % ANSWERS.length]
      : proposed[0].endsWith("Not met") ? ANSWERS[4] : ANSWERS[0];
    sheet += inSheet(answer);
    await press(answer.key);
    if (answer.seen) {
      await press("Tab"); // What met looks like.
      await press("Tab");
      await press("Control+a");
      await type(answer.seen);
      await press("Tab");
      await press("Control+a");
      await type(answer.found);
    }
    await press("Control+Enter");
    await expect(page.getByRole("status").first()).toHaveText(/: (Saved at|Your words)/);
  }
  await press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /Check your answers/ })).toBeVisible();
  await expect(page.getByText(/Answered \d+ of/)).toHaveCount(0);
  console.log(`${standards} standards by keyboard: ${pressed} key presses; the same in a spreadsheet: ${sheet}.`);
  expect(pressed).toBeLessThan(sheet * 1.5);
  await page.getByLabel("Requires improvement").focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Your reasons").focus();
  await page.keyboard.type("Plans are current; supervision and one visit are not.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Submitted by Priya Anand/)).toBeVisible();
});
