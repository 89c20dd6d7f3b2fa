// A member reads a report and keeps it in each of its forms; by keyboard, and on a narrow screen.

import { readFile } from "node:fs/promises";
import { expect, lookAt, signIn, test } from "./borough.js";

test("a report is kept in four forms, each what it says it is", async ({ page, borough }) => {
  test.setTimeout(120_000);
  await signIn(page, borough, "amara.osei");
  await page.getByRole("link", { name: "Reports", exact: true }).first().click();
  await page.locator('main a[href^="/reports/quarters/"]').nth(6).click();
  await lookAt(page);
  const forms = [
    [/^PDF,/, /\.pdf$/, "%PDF-"],
    [/^Word,/, /\.docx$/, "PK"],
    [/^Excel,/, /\.xlsx$/, "PK"],
    [/^CSV,/, /\.csv$/, "\u{feff}kind,number,text"],
  ];
  const list = page.getByRole("list", { name: "Download this report" });
  await expect(list.getByRole("link")).toHaveCount(forms.length);
  for (const [link, name, begins] of forms) {
    const download = page.waitForEvent("download");
    await list.getByRole("link", { name: link }).press("Enter");
    const file = await download;
    expect(file.suggestedFilename()).toMatch(name);
    const bytes = await readFile(await file.path());
    expect(bytes.toString("utf8").startsWith(begins)).toBe(true);
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await lookAt(page);
  const refused = await page.request.get(`${page.url().split("?")[0]}/file/exe`);
  expect(refused.status()).toBe(404);
});
