// A framework from a draft to an edition: written by the quality lead, commented on by Audit Services and
// the director, answered, mapped, agreed; every page looked at, and the agreement made by keyboard. Then
// the same framework as files: out, in again, on paper.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** A day so many days from now, as a person in England would type it. */
function inDays(days) {
  const then = new Date(Date.now() + days * 86_400_000);
  const [day, month, year] = then.toLocaleDateString("en-GB", { timeZone: "Europe/London" }).split("/");
  return { day, month, year };
}

async function typeDay(page, { day, month, year }) {
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
}

const main = (page) => page.getByRole("main");

async function fromDraftToEdition(page, borough, lookAt) {
  test.setTimeout(300_000);
  // The quality lead starts a draft from the edition in force, and changes one standard.
  await signIn(page, borough, "amara.osei");
  await page.getByRole("link", { name: "Frameworks" }).click();
  await expect(page.getByText(/Out for comment until/).first()).toBeVisible();
  await expect(page.getByText("In force", { exact: true })).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "Edition 1" }).click();
  await lookAt(page);
  await page.getByRole("link", { name: "Frameworks" }).first().click();
  await page.getByRole("button", { name: "Start a draft" }).or(page.getByRole("link", { name: "Start a draft" })).click();
  await lookAt(page);
  await page.getByRole("button", { name: "Start the draft" }).click();
  await page.waitForURL(/drafts\/\d+/);
  const draft = new URL(page.url()).pathname;
  await expect(page.getByText("Draft 1", { exact: true })).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "Change B1" }).click();
  await page.getByLabel("What met looks like").fill("");
  await page.getByRole("button", { name: "Save the standard" }).click();
  await expect(page.getByText("Enter the words").first()).toBeVisible();
  await lookAt(page);
  await page.getByLabel("What met looks like").fill("The summary was brought up to date within two months, and a stranger could act on it.");
  await page.getByRole("button", { name: "Save the standard" }).click();
  await page.waitForURL(new RegExp(`${draft}(#|$)`));
  await page.getByRole("link", { name: "Change B1" }).click();
  await expect(page.locator("ins").first()).toBeVisible();
  await lookAt(page);

  // A standard more, in a section that is there.
  await page.goto(`${borough.address}${draft}/add`);
  await lookAt(page);
  await page.getByLabel("Its code").fill("B7");
  await page.getByLabel("The standard, in one sentence").fill("Entries say when they were made");
  await page.getByLabel("What met looks like").fill("Each shows the day of the event and the day of the entry.");
  await page.getByLabel("Compliance").check();
  await page.getByRole("button", { name: "Add the standard" }).click();
  await expect(page.getByText("B7. Entries say when they were made")).toBeVisible();
  await page.getByRole("link", { name: "What changed since the edition before" }).click();
  await expect(page.getByText("Re-worded", { exact: true }).first()).toBeVisible();
  await lookAt(page);

  // Two are asked: a look at it first, then it is sent.
  await page.goto(`${borough.address}${draft}/ask`);
  for (const role of ["Senior manager", "Audit Services"]) await page.getByLabel(role, { exact: true }).uncheck();
  await lookAt(page);
  await page.getByRole("button", { name: "Check before you send" }).click();
  await expect(page.getByText("Choose at least one role or person to ask").first()).toBeVisible();
  await page.getByLabel("Catherine Bello", { exact: true }).check();
  await page.getByLabel("Lorna MacAllister", { exact: true }).check();
  await typeDay(page, inDays(14));
  await page.getByLabel("What should they know?").fill("Two changes: the summary, and late entries.");
  await page.getByRole("button", { name: "Check before you send" }).click();
  await expect(page.getByRole("heading", { name: "Check before you send" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Ask 2 people" }).click();
  await expect(page.getByText("They were asked").first()).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // Audit Services finds it among its own work, and comments on one standard and on the whole.
  await signIn(page, borough, "lorna.macallister");
  await page.locator(`a[href="${draft}/comment"]`).click();
  await lookAt(page);
  await page.getByLabel("Your comment on B7", { exact: true }).fill("Where does the system show it?");
  await page.getByRole("button", { name: "Send your comments" }).click();
  await expect(page.getByText("Your reply was kept").first()).toBeVisible();
  await page.goto(`${borough.address}${draft}/comment?about=whole`);
  await lookAt(page);
  await page.getByLabel("Your comment on the whole framework").fill("Shorter than the last one. Good.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByLabel("Your comment on section A")).toBeVisible();
  await signOut(page);

  // The director has none; that is a reply.
  await signIn(page, borough, "catherine.bello");
  await page.goto(`${borough.address}${draft}/comment`);
  await page.getByRole("button", { name: "I have no comments" }).click();
  await page.goto(`${borough.address}${draft}/agree`);
  await expect(page.getByText("2 of 2 comments have not been answered yet.")).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // The quality lead answers both, one of them first without a reason, and confirms the mapping.
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}${draft}/answers`);
  await expect(page.getByText("2 of 2 unanswered.")).toBeVisible();
  await lookAt(page);
  for (let left = 2; left > 0; left -= 1) {
    const first = main(page).locator("section").first();
    await first.getByLabel("Partly accepted").check();
    await first.getByRole("button", { name: "Save the answer" }).click();
    await expect(page.getByText("Give the reason", { exact: false }).first()).toBeVisible();
    if (left === 2) await lookAt(page);
    await first.getByLabel(/^The reason/).fill("The wording says so now.");
    await first.getByRole("button", { name: "Save the answer" }).click();
    await expect(page.getByText(`${left - 1} of 2 unanswered.`)).toBeVisible();
  }
  await page.goto(`${borough.address}${draft}/mapping`);
  await expect(page.getByText("Nobody has confirmed it yet", { exact: false })).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Confirm this mapping" }).click();
  await expect(page.getByText("A person has confirmed this mapping", { exact: false })).toBeVisible();
  expect((await page.goto(`${borough.address}${draft}/agree`)).status()).toBe(404);
  await page.goto(borough.address);
  await signOut(page);

  // The director agrees it, by keyboard: Enter in the last box of the day sends the form.
  await signIn(page, borough, "catherine.bello");
  await page.goto(`${borough.address}${draft}/agree`);
  await lookAt(page);
  await page.getByLabel("Year", { exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/editions\/\d+/);
  await expect(page.getByText(/Agreed, in force from/).first()).toBeVisible();
  await expect(page.getByText("Had no comments")).toBeVisible();
  await expect(page.getByText("Gave 2 comments")).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "What changed since edition 1" }).click();
  await expect(page.getByText("New", { exact: true }).first()).toBeVisible();
  await lookAt(page);
}

async function outAndInAgain(page, borough, lookAt, folder) {
  test.setTimeout(180_000);
  await signIn(page, borough, "amara.osei");
  await page.getByRole("link", { name: "Frameworks" }).click();
  await page.getByRole("link", { name: "Edition 1" }).click();
  const edition = new URL(page.url()).pathname;

  // The blank form, on a screen and on paper.
  await page.getByRole("link", { name: "Printable blank form" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Blank form" })).toBeVisible();
  const standards = await page.getByRole("heading", { level: 3 }).count();
  expect(standards).toBeGreaterThan(40);
  await expect(page.getByText("Where you found it", { exact: true })).toHaveCount(standards);
  await lookAt(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Print this page on A4.", { exact: false })).toBeHidden();
  await expect(page.getByText("Cannot tell", { exact: true }).first()).toBeVisible();
  await page.emulateMedia({ media: null });

  // Each kind of file comes back as a draft that says the same.
  for (const words of ["Download as a spreadsheet", "Download as TOML"]) {
    await page.goto(`${borough.address}${edition}`);
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: words }).click();
    const download = await coming;
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    await page.goto(`${borough.address}/frameworks/start`);
    await page.getByRole("link", { name: "start from a file" }).click();
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByLabel("What is the framework called?").fill("Ours again");
    await page.getByLabel("What is the framework called?").press("Enter");
    await page.waitForURL(/drafts\/\d+/);
    await expect(page.getByText(download.suggestedFilename(), { exact: false })).toBeVisible();
    await expect(page.getByRole("heading", { level: 3 })).toHaveCount(standards);
  }

  // The template, blank as it is, starts nothing and says why; so does a file of another kind.
  await page.goto(`${borough.address}/frameworks/start/file`);
  await lookAt(page);
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "download the template" }).click();
  const template = path.join(folder, "template.xlsx");
  await (await coming).saveAs(template);
  await page.locator("input[type=file]").setInputFiles(template);
  await page.getByLabel("What is the framework called?").fill("Nothing in it");
  await page.getByRole("button", { name: "Start the draft" }).click();
  await expect(page.getByText("nothing of the file was kept", { exact: false })).toBeVisible();
  await expect(page.getByText("needs at least one section", { exact: false })).toBeVisible();
  await lookAt(page);
  const list = path.join(folder, "list.csv");
  await writeFile(list, "Code,Standard\nB1,Seen\n");
  await page.locator("input[type=file]").setInputFiles(list);
  await page.getByRole("button", { name: "Start the draft" }).click();
  await expect(page.getByText("This is a text file", { exact: false }).first()).toBeVisible();
  await page.goto(`${borough.address}/frameworks`);
  await expect(page.getByText("Nothing in it")).toHaveCount(0);
}

test("a framework goes from a draft to an edition", ({ page, borough }) =>
  fromDraftToEdition(page, borough, lookAt));

test("a framework goes out as a file and comes in again", ({ page, borough }, info) =>
  outAndInAgain(page, borough, lookAt, info.outputPath()));

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("a framework goes from a draft to an edition", ({ page, borough }) =>
    fromDraftToEdition(page, borough, async () => {}));
  test("a framework goes out as a file and comes in again", ({ page, borough }, info) =>
    outAndInAgain(page, borough, async () => {}, info.outputPath()));
});
