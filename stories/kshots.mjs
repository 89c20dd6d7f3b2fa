import { chromium } from "@playwright/test";
const base = process.argv[2];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
async function signIn(who) {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("Email address").fill(`${who}@larkmoor.example`);
  await page.getByLabel("Password", { exact: true }).fill("borough of larkmoor");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${base}/`);
}
async function shot(name) {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `/tmp/kshots/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
await signIn("hana.novak");
await page.goto(`${base}/history`); await shot("history");
await page.getByRole("button", { name: "Check every entry now" }).click();
await page.waitForLoadState(); await shot("history-proved");
await page.goto(`${base}/retention`); await shot("retention");
await page.goto(`${base}/subject-access`); await shot("subject");
await browser.close();
