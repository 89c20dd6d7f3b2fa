// The filing of a record is checked by keyboard alone; what is found is cleared by name; and the
// same form does its work without a script.

import { expect, lookAt, signIn, test } from "./borough.js";

/** The box of a column in a line of the grid. */
const box = (page, column, line) => page.getByLabel(new RegExp(`^${column}\\s*, ${line}$`));

/** The day so many days ago, as people type it. */
function daysAgo(days) {
  const day = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  return `${day.getDate()} ${day.getMonth() + 1} ${day.getFullYear()}`;
}

/** Opens the form for a record whose filing was checked before and that is still open. */
async function openForm(page, borough) {
  await page.goto(`${borough.address}/filing`);
  const references = await page.locator("#checks tbody th a").allTextContents();
  for (const reference of references) {
    await page.goto(`${borough.address}/filing`);
    await page.getByLabel("Reference of the record").fill(reference);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/filing\/(records|find)/);
    const heading = page.getByRole("heading", { name: "Check the filing of this record" });
    if ((await heading.count()) > 0) return reference;
  }
  throw new Error("None of the records is open still.");
}

const focused = (page) => page.evaluate(() => document.activeElement.id);

test("a records officer checks a record by keyboard alone and clears what is found", async ({ page, borough }) => {
  test.setTimeout(240_000);
  await signIn(page, borough, "ines.moreira");
  await page.goto(`${borough.address}/filing`);
  await lookAt(page);
  const reference = await openForm(page, borough);
  await lookAt(page);

  // The first line: letters choose in a list, Tab goes on, Enter begins the next item.
  await page.getByLabel("Day of the check").focus();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("newest");
  await page.keyboard.type(daysAgo(4));
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("item-kind-1");
  await page.keyboard.type("Letter r");
  await page.keyboard.press("Tab");
  await page.keyboard.type(daysAgo(60));
  await page.keyboard.press("Tab");
  await page.keyboard.type(daysAgo(59));
  await page.keyboard.press("Tab");
  await page.keyboard.type("20:15");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("item-outcome-1");
  await page.keyboard.type("F");
  await page.keyboard.press("Enter");
  expect(await focused(page)).toBe("item-kind-2");

  // The arrows go from box to box, and in a list up and down still choose.
  await page.keyboard.type("Health");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe("item-dated-2");
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe("item-dated-1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type(daysAgo(60));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type(daysAgo(20));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("F");
  await page.keyboard.press("Enter");

  // Two lines from a spreadsheet.
  expect(await focused(page)).toBe("item-kind-3");
  const lines = [
    ["Minutes of a meeting", daysAgo(70), daysAgo(65), "", "Unfiled scans", "Misfiled"],
    ["Court order", daysAgo(70), "", "", "", "Missing"],
  ];
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(paste);
  }, lines.map((line) => line.join("\t")).join("\r\n"));
  await expect(page.getByText("2 lines were pasted.")).toBeVisible();
  await expect(box(page, "Kind", "Item 4")).toHaveValue("court-order");

  // Something is wrong in one line: it is said there, and nothing is lost.
  await box(page, "Date on it", "Item 4").fill("31 2 2026");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toContainText("Item 4: Enter a real date");
  await lookAt(page);
  await page.getByRole("link", { name: /Item 4/ }).focus();
  await page.keyboard.press("Enter");
  expect(await focused(page)).toBe("item-dated-4");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(daysAgo(70));

  // The paper, which the electronic record does not mention.
  await page.getByRole("group", { name: "Is there a paper record?" }).getByLabel("Yes").focus();
  await page.keyboard.press("Space");
  await page.getByRole("group", { name: "Does the electronic record say so?" }).getByLabel("No", { exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByLabel("Where is the paper?").focus();
  await page.keyboard.type("Archive store, bay 4");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Filing check of/ })).toBeVisible();
  for (const said of ["Filed", "Late", "Misfiled", "Missing"]) {
    await expect(page.locator("#items").getByText(said, { exact: true })).toBeVisible();
  }
  await expect(page.locator("#items")).toContainText("in the evening");
  await expect(page.locator("#to-put-right tbody tr")).toHaveCount(3);
  await lookAt(page);

  // Cleared by name, without leaving the keyboard; and nothing is cleared without a word.
  await page.goto(`${borough.address}/filing/mismatches`);
  await lookAt(page);
  const tick = page.getByLabel(new RegExp(`^${reference}: Misfiled`)).last();
  await tick.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toContainText("Give a reason");
  await lookAt(page);
  await page.getByLabel("What did you do?").focus();
  await page.keyboard.type("Moved to meetings.");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#cleared tbody tr").first()).toContainText("Moved to meetings.");
  await expect(page.locator("#cleared tbody tr").first()).toContainText("Ines Moreira on");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Put right by ____")).toBeVisible();
  await expect(page.getByLabel("What did you do?")).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  await page.goto(`${borough.address}/filing/figures`);
  await expect(page.getByText(/known for \d+ of \d+/).first()).toBeVisible();
  await lookAt(page);
});

test("the quality lead reads the protocol and writes the one that supersedes it", async ({ page, borough }) => {
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/filing/protocol`);
  await lookAt(page);
  await page.getByRole("button", { name: "Write the protocol that supersedes it" }).click();
  await lookAt(page);
  await page.getByLabel("Name", { exact: true }).fill("Larkmoor, one system");
  await box(page, "Working days", "Line 1").fill("1");
  await page.getByRole("button", { name: "Keep this protocol" }).click();
  await expect(page.getByRole("alert")).toContainText("Give a reason");
  await lookAt(page);
  await page.getByLabel("Why is there another?").fill("Everything is scanned on the day.");
  await page.getByRole("button", { name: "Keep this protocol" }).click();
  await expect(page.locator("#others")).toContainText("Larkmoor, one system");
});

test("an auditor checks filing within an audit, without a script", async ({ browser, borough }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /left ·/ }).first().click();
  await page.getByRole("link", { name: "Check the filing of this record" }).click();
  await page.getByRole("button", { name: "Show more lines" }).click();
  await box(page, "Kind", "Item 20").selectOption({ label: "Letter received" });
  await box(page, "Date on it", "Item 20").fill(daysAgo(60));
  await box(page, "Entered on", "Item 20").fill(daysAgo(59));
  await box(page, "What you found", "Item 20").selectOption({ label: "Filed" });
  await page.getByRole("button", { name: "Save this check" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Filing check of/ })).toBeVisible();
  await expect(page.getByText("Priya Anand checked it.")).toBeVisible();
  await context.close();
});
