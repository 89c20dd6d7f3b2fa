// The whole of an audit with the keyboard alone: Tab, Shift+Tab, Space, Enter, the arrows and the number keys.

import { expect, PASSWORD, test } from "./borough.js";

/** Presses Tab until the focus is on what is looked for; counts every key. */
async function tabTo(page, keys, what) {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    const here = await page.evaluate(() => {
      const it = document.activeElement;
      if (it === document.body) return "";
      const label = it.labels?.[0]?.innerText ?? "";
      return `${it.tagName} ${it.id} ${it.getAttribute("name") ?? ""} ${it.innerText ?? ""} ${label}`;
    });
    if (what.test(here)) return expectVisibleFocus(page);
    await page.keyboard.press("Tab");
    keys.count += 1;
  }
  throw new Error(`Tab never reached ${what}`);
}

/** The focus can be seen: it has an outline, a shadow or another ground than the page. */
async function expectVisibleFocus(page) {
  const seen = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    const label = document.activeElement.labels?.[0];
    const before = label ? getComputedStyle(label, "::before") : style;
    return [style, before].some((it) => it.outlineStyle !== "none" || it.boxShadow !== "none");
  });
  expect(seen).toBe(true);
}

test("the whole of an audit, counting keys", async ({ page, borough }) => {
  const keys = { count: 0 };
  const press = async (key) => {
    await page.keyboard.press(key);
    keys.count += 1;
  };
  await page.goto(`${borough.address}/`);
  await tabTo(page, keys, /INPUT email/);
  await page.keyboard.type("priya.anand@larkmoor.example");
  await press("Tab");
  await page.keyboard.type(PASSWORD);
  await press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();

  await tabTo(page, keys, /Start the audit of/);
  await press("Enter");
  const progress = await page.getByText(/Answered 0 of \d+/).innerText();
  const asked = Number(progress.match(/of (\d+)/)[1]);
  await page.locator(".govuk-task-list a").first().waitFor();
  await tabTo(page, keys, /A\. /);
  await press("Enter");

  keys.count = 0;
  for (let answered = 0; answered < asked; answered += 1) {
    const code = await page.locator("h1").innerText();
    // Where the case list proposes something else, the reason is written first.
    if (await page.getByText("The case list proposes: Not met").count()) {
      await tabTo(page, { count: 0 }, /TEXTAREA overruled/);
      await page.keyboard.type("It is in the case notes.");
      await page.keyboard.press("Tab");
    }
    await press("1");
    await press("Control+Enter");
    await expect(page.locator("h1")).not.toHaveText(code);
  }
  const perStandard = keys.count / asked;
  console.log(`${asked} standards answered with ${keys.count} key presses, ${perStandard} for each`);
  expect(perStandard).toBeLessThanOrEqual(2);
  await expect(page.getByText(`Answered ${asked} of ${asked}.`)).toBeVisible();

  await tabTo(page, keys, /Check your answers/);
  await press("Enter");
  await expect(page.getByLabel("Your reasons")).toBeVisible();
  await tabTo(page, keys, /INPUT grade/);
  await press("ArrowDown");
  await press("Space");
  await tabTo(page, keys, /TEXTAREA reasons/);
  await page.keyboard.type("The plan is moving.");
  await tabTo(page, keys, /Submit the audit/);
  await press("Enter");
  await expect(page.getByText(/Submitted by Priya Anand on/)).toBeVisible();
});

test("a sample is drawn and assigned, a report is built and another is read", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const keys = { count: 0 };
  const go = async (what, heading) => {
    await tabTo(page, keys, what);
    await page.keyboard.press("Enter");
    await expect(page.locator("h1")).toHaveText(heading);
  };
  const enter = async (who) => {
    await page.goto(`${borough.address}/`);
    await tabTo(page, keys, /INPUT email/);
    await page.keyboard.type(`${who}@larkmoor.example`);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.locator("h1")).toHaveText("Your work");
  };

  await enter("amara.osei");
  await go(/^A .*Coverage/, "Coverage");
  await go(/^A .*Cycles/, "Cycles");
  await go(/BUTTON .*Open the cycle/, /./);
  await page.waitForURL(/cycles\/\d+/);
  await go(/^A .*Draw the sample/, "Draw the sample");
  await tabTo(page, keys, /INPUT seed/);
  await page.keyboard.type("dice 4-2-6-1, thrown at the committee");
  await page.keyboard.press("Enter");
  await page.waitForURL(/cycles\/\d+(\?|$)/);
  await go(/^A .*Assign the audits/, "Assign the audits");
  await tabTo(page, keys, /BUTTON .*Assign/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/cycles\/\d+(\?|$)/);
  await expect(page.getByText(/Assigned: all/)).toBeVisible();

  await go(/^A .*Tell/, "Assurance");
  await go(/^A .*Reports/, "Reports");
  await tabTo(page, keys, /^A\s+All services/i);
  await page.keyboard.press("Enter");
  await page.waitForURL(/quarters/);
  await tabTo(page, keys, /BUTTON .*Build this report/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/prepared\/\d+/);
  await go(/BUTTON .*Sign out/, "Sign in");

  await enter("sylvia.marchetti");
  await go(/^A .*Reports/, "Reports");
  await tabTo(page, keys, /^A .*(audit of children|All services)/i);
  await page.keyboard.press("Enter");
  await page.waitForURL(/reports\/\d+/);
  await expect(page.getByText("Disabled children placed out of area").first()).toBeVisible();
  await tabTo(page, keys, /^A .*PDF/);
});
