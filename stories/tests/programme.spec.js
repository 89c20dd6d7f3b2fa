// From the year's programme to a sample that anybody can repeat: planned, worked out, drawn, swapped,
// topped up, verified with the program itself, and told to members.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, lookAt, signIn, test } from "./borough.js";
import { acceptAll, approveAndRelease, clearAndGround } from "./releasing.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** The draw file as it is published now. */
async function published(page, folder, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "draw file" }).click();
  const file = path.join(folder, name);
  await (await download).saveAs(file);
  return file;
}

/** What the program says of a draw file. */
async function verified(...words) {
  const { stdout } = await promisify(execFile)(process.env.QUARTERLIGHT_PROGRAM, ["draw", "verify", ...words]);
  return stdout;
}

async function isPlannedDrawnAndTold(page, borough, lookAt) {
  test.setTimeout(300_000);
  const folder = await mkdtemp(path.join(tmpdir(), "quarterlight-draws-"));
  await signIn(page, borough, "amara.osei");

  // The next cycle is opened, and its quarter planned.
  await page.getByRole("link", { name: "Cycles", exact: true }).first().click();
  await page.getByRole("button", { name: "Open the cycle" }).click();
  const cycle = page.url();
  const quarter = (await page.locator("h1").innerText()).replace("Cycle of ", "");
  await page.getByRole("link", { name: "Programme", exact: true }).click();
  await lookAt(page);
  const year = quarter.slice(-4);
  await page.goto(`${borough.address}/programme/${year}`);
  await page.getByRole("link", { name: `Change ${quarter}` }).click();
  await page.getByRole("button", { name: "Keep this plan" }).click();
  await expect(page.getByText("Give a reason.").first()).toBeVisible();
  await lookAt(page);
  await page.getByLabel("At least so many records in all").fill("16");
  await page.getByLabel("What does the quarter look at most closely?").fill("Health assessments");
  await page.getByLabel("Why is the programme made so?").fill("The committee asked for it.");
  await page.getByRole("button", { name: "Keep this plan" }).click();
  await expect(page.getByText("The programme is changed.").first()).toBeVisible();
  await expect(page.getByText("Health assessments").first()).toBeVisible();
  await lookAt(page);

  // One record cannot be audited: it is excluded by name, taken back, and excluded again.
  await page.goto(`${cycle}/exclusions`);
  await page.getByRole("button", { name: "Exclude the record" }).click();
  await expect(page.getByText("Select why the record cannot be audited.").first()).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/records`);
  const record = (await page.locator("table tbody a").first().innerText()).trim();
  const exclude = async () => {
    await page.goto(`${cycle}/exclusions`);
    await page.getByLabel("The record’s reference").fill(record);
    await page.getByLabel("A review, a complaint or a court has the record").check();
    await page.getByLabel("What happened?").fill("The court has it until March.");
    await page.getByRole("button", { name: "Exclude the record" }).click();
  };
  await exclude();
  await page.getByLabel(`Why can ${record} be drawn after all?`).fill("It came back early.");
  await page.getByRole("button", { name: `Let ${record} be drawn` }).click();
  await expect(page.getByText("It came back early.")).toBeVisible();
  // The second time by keyboard alone.
  await page.getByLabel("The record’s reference").focus();
  await page.keyboard.type(record);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("The court wants it again.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The court wants it again.")).toBeVisible();
  await lookAt(page);

  // What would be drawn is worked out, and then drawn.
  await page.goto(cycle);
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await expect(page.getByText(/then with 95% confidence at most/)).toBeVisible();
  await page.getByLabel("How many at least from each stratum?").fill("2");
  await page.getByRole("button", { name: "Work out the sample" }).click();
  await expect(page.getByText(/by largest remainder/)).toBeVisible();
  await lookAt(page);
  await page.getByLabel("Seed").fill("dice 4-2-6-1 thrown at the committee");
  await page.getByRole("button", { name: /^Draw \d+ records$/ }).click();
  await expect(page.getByText("The sample is drawn").first()).toBeVisible();
  await page.getByRole("link", { name: "The sample and its changes" }).click();
  await expect(page.getByText("Nothing was swapped and nothing was added.")).toBeVisible();
  await lookAt(page);
  const first = await published(page, folder, "first.txt");
  expect(await verified(first)).toContain("The draw repeats");
  expect(await readFile(first, "utf8")).toContain(`\nexcluded ${record} held\n`);

  // A record is swapped, by keyboard alone.
  await page.getByRole("link", { name: /^Swap / }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/takes its place/)).toBeVisible();
  await lookAt(page);
  await page.getByLabel("The record was closed before its audit began").focus();
  await page.keyboard.press("Space");
  await page.getByLabel("What happened?").focus();
  await page.keyboard.type("The team closed it last week.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The record is swapped.").first()).toBeVisible();
  await lookAt(page);

  // More records are drawn.
  await page.getByRole("button", { name: "Draw more records" }).click();
  await page.getByLabel("How many more records?").fill("3");
  await page.getByRole("button", { name: "Work out what would come" }).click();
  await lookAt(page);
  await page.getByLabel("Why are more drawn?").fill("Too few children in care.");
  await page.getByRole("button", { name: /^Draw 3 records more$/ }).click();
  await expect(page.getByText("More records are drawn.").first()).toBeVisible();
  await lookAt(page);

  // The file repeats alone, and goes on from the one before.
  const second = await published(page, folder, "second.txt");
  const said = await verified(second, "--earlier", first);
  expect(said).toContain("1 swapped, 3 added");
  expect(said).toContain("It goes on from the earlier file");
  await page.getByRole("link", { name: "how a sample is drawn" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How a sample is drawn" })).toBeVisible();
  await lookAt(page);
  await signOut(page);

  // Members are given the programme as they are given reports, and a member reads and keeps it.
  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/reports/programmes/${year}`);
  await lookAt(page);
  const changed = page.getByLabel("What changed since the released report");
  if (await changed.count()) await changed.fill("A quarter was planned.");
  await page.getByRole("button", { name: /^Build (this report|a correction)$/ }).click();
  await expect(page.getByText("Before it can be approved")).toBeVisible();
  const report = page.url();
  await lookAt(page);
  for (const part of ["Part I", "Part II"]) {
    await page.goto(report);
    await page.getByRole("link", { name: `Sentences of ${part}`, exact: true }).click();
    await acceptAll(page);
  }
  await page.goto(report);
  await clearAndGround(page);
  await signOut(page);
  await approveAndRelease(page, borough, report, signOut, lookAt);
  await signOut(page);
  await signIn(page, borough, "sylvia.marchetti");
  await page.getByRole("link", { name: "Reports" }).click();
  await page.getByRole("link", { name: new RegExp(`^Programme of audits.*${year}$`) }).first().click();
  await expect(page.getByRole("heading", { name: /What nobody audits/ })).toBeVisible();
  await lookAt(page);
  const pdf = page.waitForEvent("download");
  await page.getByRole("link", { name: /PDF/ }).first().click();
  expect((await pdf).suggestedFilename()).toBe(`programme-of-audits-${year}.pdf`);
  const answer = await page.goto(`${borough.address}/programme/${year}`);
  expect(answer.status()).toBe(404);
  await rm(folder, { recursive: true });
}

test("a quarter is planned, drawn, swapped and topped up, and members are told", ({ page, borough }) =>
  isPlannedDrawnAndTold(page, borough, lookAt));

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a quarter is planned, drawn, swapped and topped up, and members are told", ({ page, borough }) =>
    isPlannedDrawnAndTold(page, borough, async () => {}));
});
