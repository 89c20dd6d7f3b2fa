// Facts beside a standard and what they propose; voices, and what an audit comes to; the worker's
// challenge, and a moderator's decision.

import { expect, lookAt, signIn, test } from "./borough.js";

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

/** Those who audit, some of whom have an audit for which something is proposed. */
const AUDITORS = ["priya.anand", "graham.tindall", "rosa.whitlow", "wen.zhang", "siobhan.keane", "joseph.adeyemi"];

/** Opens the first standard for which the case list proposes an answer, as whoever audits there. */
async function openProposed(page, borough) {
  for (const who of AUDITORS) {
    await signIn(page, borough, who);
    const home = await page.content();
    for (const [audit] of home.matchAll(/\/audits\/\d+(?=")/g)) {
      const check = await (await page.request.get(`${borough.address}${audit}/submit`)).text();
      // The standards that rules about time are facts for.
      for (const [standard] of check.matchAll(/\/audits\/\d+\/standards\/(?:C1|D1|D2|E3|F3|G1|G2|G5)(?=")/g)) {
        const shown = await (await page.request.get(`${borough.address}${standard}`)).text();
        if (!shown.includes("The case list proposes:")) continue;
        await page.goto(`${borough.address}${standard}`);
        return `${borough.address}${audit}`;
      }
    }
    await signOut(page);
  }
  throw new Error("nothing is proposed");
}

test("what the case list proposes is overruled with a reason, and counted", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const audit = await openProposed(page, borough);
  const standard = page.url();
  await lookAt(page);
  await expect(page.getByRole("complementary", { name: "Beside this standard" })).toContainText(/Facts on/);
  await expect(page.getByText("What the last audit said")).toBeVisible();
  // Nothing is chosen beforehand, unless it was answered before.
  const proposed = (await page.getByText("The case list proposes:").innerText()).split(": ")[1];
  const other = proposed === "Met" ? "Partly met" : "Met";
  await page.getByRole("radio", { name: other, exact: true }).check();
  await page.getByLabel("What you saw").fill("Half of the visits.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.goto(`${audit}/submit`);
  await expect(page.getByText(/Say why you overrule what the case list proposes for/)).toBeVisible();
  await lookAt(page);
  await page.goto(standard);
  await page.getByLabel("Why you overrule it").fill("The visits are in the case notes.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.goto(standard);
  await expect(page.getByText("You have overruled this.")).toBeVisible();
  await page.getByRole("radio", { name: proposed, exact: true }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.goto(standard);
  await expect(page.getByText("You have confirmed this.")).toBeVisible();
  await signOut(page);

  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/cycles`);
  const cycles = await page.locator('main a[href^="/cycles/"]').all();
  const cycle = (await cycles[0].getAttribute("href")).match(/^\/cycles\/\d+/)[0];
  await page.goto(`${borough.address}${cycle}/progress`);
  await expect(page.getByText(/^Tidied since the draw/)).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/timescales/overruled`);
  await expect(page.getByRole("table")).toContainText(/\d+ of \d+ answers?/);
  await lookAt(page);
});

/** Notes a voice, after the form was refused once. */
async function hears(page, audit) {
  await page.goto(audit);
  await lookAt(page);
  await page.getByRole("link", { name: "The child", exact: true }).click();
  await lookAt(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await lookAt(page);
  await page.getByRole("radio", { name: "Yes" }).first().check();
  const [day, month, year] = ["1", "1", "2026"];
  await page.getByLabel("Day", { exact: true }).fill(day);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
  await page.getByLabel("How they were asked").fill("At school, in person.");
  await page.getByLabel("What they said").fill("That she wants to see her brother.");
  await page.getByRole("radio", { name: "It is not known" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Audit");
}

test("voices are noted, and nobody is named in what an audit comes to", async ({ page, borough }) => {
  await signIn(page, borough, "priya.anand");
  const link = page.getByRole("link", { name: /^Answer \d+ standards? left/ }).first();
  const audit = `${borough.address}${await link.getAttribute("href")}`;
  await hears(page, audit);
  await page.getByRole("link", { name: "Strengths, key issues and themes" }).click();
  await lookAt(page);
  await page.getByLabel("Strengths").fill("The plan is clear.\nFarah Siddiqui made it so.");
  await page.getByLabel("A theme that is missing from the list").fill("Plans in pictures");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Line 2 has the name of somebody who works here");
  await lookAt(page);
  await page.getByLabel("Strengths").fill("The plan is clear, and the worker says why.");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.goto(`${audit}/submit`);
  await expect(page.getByText("her brother")).toBeVisible();
  await expect(page.getByText("Plans in pictures")).toBeVisible();
  await lookAt(page);
  await signOut(page);

  await signIn(page, borough, "amara.osei");
  await page.goto(`${borough.address}/themes`);
  await lookAt(page);
  await page.getByRole("button", { name: "Put on the list: Plans in pictures" }).click();
  await expect(page.getByRole("button", { name: "Set aside: Plans in pictures" })).toBeVisible();
});

test("a worker challenges an answer, and a moderator decides", async ({ page, borough }) => {
  let read = null;
  for (const who of ["selam.tesfaye", "tomasz.wilk", "gwen.hardcastle", "marcus.bellamy", "callum.dunmore"]) {
    await signIn(page, borough, who);
    const link = page.getByRole("heading", { name: "Audits of your own records" });
    if (await link.count()) {
      read = page.getByRole("link", { name: /^Read the audit of/ }).last();
      break;
    }
    await signOut(page);
  }
  await lookAt(page);
  await read.click();
  await page.getByRole("link", { name: "Reply to this audit" }).click();
  await lookAt(page);
  await page.getByRole("button", { name: "Send this reply" }).click();
  await expect(page.locator(".govuk-error-summary")).toBeFocused();
  await lookAt(page);
  const standard = page.getByLabel("Which standard");
  const last = await standard.locator("option").last().getAttribute("value");
  await standard.selectOption(last);
  await page.getByRole("radio", { name: "I think this is wrong" }).check();
  await page.getByLabel("Your words").fill("It is there, under documents of 3 May.");
  await page.getByRole("button", { name: "Send this reply" }).click();
  await expect(page.getByText("Has not decided yet").last()).toBeVisible();
  const replies = page.url();
  await page.goto(replies.replace("/replies", "/notice"));
  await expect(page.getByText("a moderator who did not make the audit decides")).toBeVisible();
  await lookAt(page);
  await signOut(page);

  await signIn(page, borough, "farah.siddiqui");
  await lookAt(page);
  await page.goto(`${borough.address}/challenges`);
  await lookAt(page);
  await page.goto(borough.address);
  await page.getByRole("link", { name: new RegExp(`^Decide the challenge of ${last}`) }).last().click();
  await expect(page.getByText("It is there, under documents of 3 May.")).toBeVisible();
  await lookAt(page);
  await page.getByRole("button", { name: "Decide the challenge" }).click();
  await expect(page.getByRole("alert")).toContainText("Select what you decide");
  await page.getByRole("radio", { name: "Upheld in part" }).check();
  await page.getByLabel("Your reason").fill("It is there, and not where it should be.");
  await page.getByRole("button", { name: "Decide the challenge" }).click();
  await expect(page.getByText("What was decided")).toBeVisible();
  await lookAt(page);
});
