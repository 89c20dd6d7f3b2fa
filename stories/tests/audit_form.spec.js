// An auditor takes the form of an audit along as a spreadsheet, fills it in, and hands it in; what was
// saved meanwhile is chosen between, and nothing is written over.

import { readFile } from "node:fs/promises";

import { expect, lookAt, signIn, test } from "./borough.js";
import { filledIn } from "./workbook.js";

/** The audit that somebody is making, by its address. */
async function audit(page, borough) {
  await page.goto(borough.address);
  const link = page.locator('main a[href^="/audits/"]').filter({ hasText: "left ·" }).first();
  return borough.address + (await link.getAttribute("href"));
}

test("a form is taken along, filled in and handed in", async ({ page, borough }) => {
  test.setTimeout(120_000);
  await signIn(page, borough, "priya.anand");
  const address = await audit(page, borough);
  await page.goto(address);
  await page.getByRole("link", { name: "fill it in as a spreadsheet" }).click();
  await lookAt(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the form" }).click();
  const form = await readFile(await (await download).path());

  // Meanwhile one of its standards is answered on its own page.
  const { rows } = filledIn(form, {});
  const blank = rows.filter((row) => row.answer === "");
  expect(blank.length).toBeGreaterThan(2);
  await page.goto(`${address}/standards/${blank[0].code}`);
  await page.getByRole("radio", { name: "Not met" }).check();
  await page.getByLabel("What you saw").fill("Nothing on the electronic record.");
  await page.getByRole("button", { name: "Save and go on" }).click();

  // A wrong cell is named, and nothing of the file is saved.
  const hand = async (answers) => {
    await page.goto(`${address}/spreadsheet`);
    const file = { name: "form.xlsx", mimeType: "application/octet-stream" };
    await page.locator('input[type="file"]').setInputFiles({ ...file, buffer: filledIn(form, answers).bytes });
    await page.getByRole("button", { name: "See what would change" }).click();
  };
  await hand({ [blank[0].code]: { answer: "Yes" } });
  await expect(page.getByRole("alert")).toContainText("Put right what is listed");
  await expect(page.getByRole("table")).toContainText("“Yes” is none of Met");
  await lookAt(page);

  // What would change is looked at, and one of them is chosen.
  await hand({
    [blank[0].code]: { answer: "Met", seen: "It is in volume two of the paper record." },
    [blank[1].code]: { answer: "Partly met", seen: "=Half of it, since May." },
    [blank[2].code]: { answer: "Not met" },
  });
  await expect(page.getByText("2 answers are new and 1 was saved otherwise meanwhile")).toBeVisible();
  await expect(page.getByText(`for ${blank[2].code}.`)).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Save these answers" }).click();
  await expect(page.getByRole("alert")).toContainText(`Choose which answer to keep for ${blank[0].code}`);
  await lookAt(page);
  await page.getByRole("radio", { name: "What is in the spreadsheet" }).check();
  await page.getByRole("button", { name: "Save these answers" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("3 answers are saved.")).toBeVisible();
  await lookAt(page);
  await page.goto(`${address}/standards/${blank[1].code}`);
  await expect(page.getByLabel("What you saw")).toHaveValue("=Half of it, since May.");
});
