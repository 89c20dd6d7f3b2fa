// Takes the pictures of the manual and the README: `npm run pictures`, with QUARTERLIGHT_PROGRAM set.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { chromium } from "@playwright/test";
import { PASSWORD, start } from "./borough.js";

const folder = path.resolve(process.argv[2] ?? "../docs/pictures");
await mkdir(folder, { recursive: true });
const demo = await start(["demo", "--listen", "127.0.0.1:0"], /open at (http:\/\/\S+)\n[\s\S]*Ctrl\+C/);
const address = demo.found;
const browser = await chromium.launch({
  executablePath: process.env.QUARTERLIGHT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});

async function as(who, width = 1100) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, locale: "en-GB" });
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("Email address").fill(`${who}@larkmoor.example`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("h1").waitFor();
  return page;
}

async function take(page, name, full = false) {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: full });
  console.log(name);
}

const priya = await as("priya.anand");
await take(priya, "your-work");
await priya.getByRole("link", { name: /^Answer \d+ standards? left/ }).first().click();
await take(priya, "audit");
const audit = priya.url();
await priya.locator(".govuk-task-list a").nth(2).click();
await take(priya, "standard");
await priya.setViewportSize({ width: 320, height: 800 });
await take(priya, "standard-narrow");
await priya.setViewportSize({ width: 1100, height: 800 });
await priya.goto(`${audit}/submit`);
await take(priya, "submit");
await priya.goto(`${audit}/concern`);
await take(priya, "raise-concern");
await priya.goto(audit);
await priya.getByRole("button", { name: "Take a copy" }).click();
await priya.getByRole("link", { name: "Open the whole form" }).click();
await priya.getByText("A copy of this form is on this machine").waitFor();
await priya.context().setOffline(true);
await priya.reload();
await priya.getByLabel("Partly met").first().check();
await priya.getByText("Not sent yet").first().waitFor();
await priya.evaluate(() => scrollTo(0, 0));
await take(priya, "offline");
await priya.context().setOffline(false);

const amara = await as("amara.osei");
const pages = ["Frameworks", "Case lists", "Coverage", "Cycles", "Filing", "Agreement", "Actions", "Committee register"];
for (const name of pages) {
  await amara.goto(address);
  await amara.getByRole("link", { name, exact: true }).first().click();
  await take(amara, name.toLowerCase().replace(" ", "-"));
}
await amara.goto(`${address}/reports`);
const last = amara.locator('main a[href^="/reports/quarters/"]').first();
await last.click();
await take(amara, "report");
for (const [url, name] of [["/assurance", "assurance"], ["/trend", "service-trend"], ["/allocation", "allocation"]]) {
  await amara.goto(address + url);
  // Of the trend the chart is shown, and not what one can ask of it.
  if (name === "service-trend") await amara.locator("main svg").first().evaluate((it) => { it.closest("figure").scrollIntoView(); scrollBy(0, -240); });
  await take(amara, name);
}
await amara.goto(`${address}/indicators`);
await amara.getByRole("link", { name: "Child protection visits in time" }).click();
await take(amara, "indicator");
await amara.goto(`${address}/reports`);
await amara.getByRole("link", { name: /^All services/ }).last().click();
await amara.getByRole("button", { name: "Build this report" }).click();
await amara.getByRole("link", { name: "Sentences of Part I", exact: true }).click();
await take(amara, "sentences");
const stranger = await browser.newPage({ viewport: { width: 1100, height: 800 }, locale: "en-GB" });
await stranger.goto(`${address}/published`);
await stranger.locator("main table a").first().click();
await take(stranger, "published");
await browser.close();
await demo.stop();
