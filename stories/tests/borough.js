// The program with its fictional borough: a fresh copy for each story, gone with it.

import { spawn } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";

/** The password of everybody in the borough. */
export const PASSWORD = "borough of larkmoor";

/** A story has a `borough`: the address of a server with a copy of it that no other story touches. */
export const test = base.extend({
  borough: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "quarterlight-story-"));
    const file = path.join(folder, "borough.sqlite");
    await copyFile(process.env.QUARTERLIGHT_BOROUGH, file);
    const serve = (listen) =>
      start(["serve", "--plain-http", "--listen", listen, "--database", `sqlite:${file}`], /is at (http:\/\/\S+)\n/);
    let server = await serve("127.0.0.1:0");
    const address = server.found;
    await use({
      address,
      /** The power goes: the server ends without a word. */
      kill: () => server.stop("SIGKILL"),
      /** And comes back at the same place. */
      restart: async () => { server = await serve(new URL(address).host); },
    });
    await server.stop();
    await rm(folder, { recursive: true });
  },
  // Every page of every story: nothing in the browser's console, and so nothing that breaks the policy.
  page: async ({ page }, use) => {
    const said = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) said.push(message.text());
    });
    page.on("pageerror", (error) => said.push(String(error)));
    await use(page);
    // A story that cuts the network or kills the server says so itself.
    const expected = /status of (401|403|404|409|422|429)|ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)/;
    expect(said.filter((line) => !expected.test(line))).toEqual([]);
  },
});

export { expect };

/** Starts the program, and waits until it says what is looked for. */
export async function start(words, looked) {
  const program = process.env.QUARTERLIGHT_PROGRAM;
  if (!program) throw new Error("QUARTERLIGHT_PROGRAM names the program to test; `cargo test` sets it.");
  const child = spawn(program, words);
  let told = "";
  const found = await new Promise((resolve, reject) => {
    const listen = (data) => {
      told += data;
      const match = told.match(looked);
      if (match) resolve(match[1] ?? match[0]);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => reject(new Error(`The program ended with ${code}: ${told}`)));
  });
  const stop = (signal = "SIGTERM") =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.on("exit", resolve);
      child.kill(signal);
    });
  return { found, stop };
}

/** Signs somebody in by their address's first part, as `priya.anand`. */
export async function signIn(page, borough, who) {
  await page.goto(`${borough.address}/sign-in`);
  await page.getByLabel("Email address").fill(`${who}@larkmoor.example`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
}

/** Looks at the page as the government's monitor does, and at its width on a narrow telephone. */
export async function lookAt(page) {
  await expect(page.locator("h1")).toHaveCount(1);
  const found = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    // No page of ours has a frame of another origin, so that what it finds need not be put together in a new window.
    .setLegacyMode(true)
    .analyze();
  const broken = found.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target).join(" ")}`);
  expect(broken, page.url()).toEqual([]);
  await fits(page, 320);
}

/** No sideways scroll at this width. */
export async function fits(page, width) {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 800 });
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over, `${page.url()} is ${over} pixels too wide at ${width}`).toBeLessThanOrEqual(0);
  await page.setViewportSize(before);
}
