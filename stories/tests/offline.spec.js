// The network cut in the middle: an audit that was copied beforehand goes on, sealed on the machine, and is
// sent when the network returns. Nothing is read by anybody else, lost, or written over.

import { expect, lookAt, signIn, test } from "./borough.js";

const WORDS = ["Supervision is noted in June only", "The plan names no day", "Seen alone on two visits"];

const whole = (page) => page.locator("form[data-quarterlight-stays]");
const box = (page) => page.getByRole("region", { name: /without a network|On this machine/ });

/** Takes a copy of an audit, and opens its whole form. */
// All cookies but the one by which a browser is known in which somebody has signed in: it opens nothing.
async function ofTheSession(page) {
  return (await page.context().cookies()).filter((it) => it.name !== "quarterlight-browser");
}

async function takes(page, borough) {
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /left ·/ }).first().click();
  await page.getByRole("button", { name: "Take a copy" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("A copy is on this machine.")).toBeVisible();
  await page.getByRole("link", { name: "Open the whole form" }).click();
  await expect(page.getByText("A copy of this form is on this machine")).toBeVisible();
  return page.url();
}

/**
 * Cuts the network, and comes back to the form without it. Chromium cuts it for what runs at that
 * moment; where the service worker was just started anew, it is cut once more.
 */
async function cut(page) {
  await expect(async () => {
    await page.context().setOffline(false);
    await page.context().setOffline(true);
    await page.reload();
    await expect(page.getByRole("heading", { name: "You are working without a network" })).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1, name: "The whole form" })).toBeVisible();
}

/** Answers a standard with a judgement's key and words, by keyboard alone. */
async function answers(page, at, key, words) {
  const form = whole(page).nth(at);
  await form.getByRole("radio").first().focus();
  await page.keyboard.press(key);
  const seen = form.getByLabel("What you saw");
  for (let tabs = 0; tabs < 8 && !(await seen.evaluate((it) => it === document.activeElement)); tabs += 1) await page.keyboard.press("Tab");
  await expect(seen).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
  await page.keyboard.press("Control+Enter");
  return form.getAttribute("id");
}

/** Everything that this browser keeps for the address, as text in every way that bytes can be text. */
const everything = (page) => page.evaluate(async () => {
  const found = [];
  const texts = (value) => {
    if (typeof value === "string") found.push(value);
    else if (value instanceof ArrayBuffer) texts(new Uint8Array(value));
    else if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      for (const kind of ["utf-8", "latin1"]) found.push(new TextDecoder(kind).decode(bytes));
      found.push(Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
    } else if (value && typeof value === "object") Object.entries(value).forEach(([name, it]) => { texts(name); texts(it); });
    else found.push(String(value));
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => { const asked = indexedDB.open(name); asked.onsuccess = () => resolve(asked.result); });
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => { rows.onsuccess = resolve; });
      texts(rows.result);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts(request.url);
      texts(await (await cache.match(request)).text());
    }
  }
  texts({ ...localStorage });
  texts({ ...sessionStorage });
  return found;
});

test("an audit goes on without a network, sealed, and is sent when it returns", async ({ page, borough, browser }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  const caption = await page.locator("main .govuk-caption-l").innerText();
  const wording = (await whole(page).first().locator("legend").innerText()).trim();
  await cut(page);
  const codes = [];
  for (const [at, words] of WORDS.entries()) codes.push(await answers(page, at, "2", words));
  await expect(box(page)).toContainText("3 answers wait on this machine");
  await expect(page.getByRole("status").first()).toHaveText(/Kept on this machine at \d+:\d\d\. Not sent yet \(3 waiting\)\.$/);
  await lookAt(page);

  // Looked into by script, nothing of the form or of the answers is there in clear, nor is the key.
  const kept = await everything(page);
  const cookie = (await page.context().cookies()).find((it) => it.name === "quarterlight-copy");
  expect(cookie.expires, "the browser forgets the key when it is closed").toBe(-1);
  const reference = caption.split(" ")[0];
  const asSent = WORDS.map((words) => words.replaceAll(" ", "+"));
  for (const words of [...WORDS, ...asSent, wording.split("'").pop(), reference, "Priya", cookie.value.split(".")[1]]) {
    expect(kept.filter((it) => it.includes(words)).map((it) => it.slice(0, 80)), words).toEqual([]);
  }
  expect(kept.some((it) => it.includes("There is no network")), "what is in clear is found").toBe(true);
  // The control: the same words put there in clear, as text and as bytes, would be found.
  await page.evaluate((words) => new Promise((resolve) => {
    const asked = indexedDB.open("control", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { autoIncrement: true });
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("rows", "readwrite");
      transaction.objectStore("rows").add({ words });
      transaction.objectStore("rows").add({ box: new TextEncoder().encode(words).buffer });
      transaction.oncomplete = () => { asked.result.close(); resolve(); };
    };
  }), WORDS[0]);
  expect((await everything(page)).filter((it) => it.includes(WORDS[0])).length).toBeGreaterThanOrEqual(2);

  // Another address has the page without a network, which leads back; what was entered is there again.
  await page.goto(borough.address + "/actions");
  await expect(page.getByRole("heading", { level: 1, name: "There is no network" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: reference }).click();
  for (const [at, words] of WORDS.entries()) await expect(whole(page).nth(at).getByLabel("What you saw")).toHaveValue(words);
  await expect(whole(page).first().getByLabel("Partly met")).toBeChecked();

  await page.context().setOffline(false);
  await expect(box(page)).toContainText("Everything that waited on this machine is sent.", { timeout: 60_000 });
  await lookAt(page);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, borough, "priya.anand");
  await other.goto(form);
  for (const [at, words] of WORDS.entries()) await expect(whole(other).nth(at).getByLabel("What you saw")).toHaveValue(words);
  await elsewhere.close();
  // The page goes on where it was, and is no other page to the server.
  await answers(page, 0, "3", "Supervision is not noted");
  await expect(page.getByRole("status").first()).toHaveText(`${codes[0]}: Saved at ${await time(page)}`);
});

const time = (page) => page.evaluate(() => new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" }));

test("what somebody saved meanwhile is not written over: both are shown", async ({ page, borough, browser }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  await cut(page);
  const code = await answers(page, 0, "2", WORDS[0]);
  await answers(page, 1, "2", WORDS[1]);
  await expect(box(page)).toContainText("2 answers wait on this machine");
  // The same person at another machine.
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, borough, "priya.anand");
  await other.goto(form);
  await answers(other, 0, "3", "Written at the desk");
  await expect(other.getByRole("status").first()).toHaveText(/Saved at/);

  await page.context().setOffline(false);
  const both = page.getByRole("button", { name: `Look at ${code}` });
  await expect(both).toBeVisible({ timeout: 60_000 });
  await expect(box(page)).toContainText("another answer was saved meanwhile. Yours is kept.");
  await lookAt(page);
  await other.reload();
  await expect(whole(other).nth(0).getByLabel("What you saw")).not.toHaveValue("");
  await both.click();
  await expect(page.getByRole("region", { name: "Another answer was saved meanwhile" })).toContainText("Written at the desk");
  await expect(page.getByLabel("What you saw")).toHaveValue(WORDS[0]);
  await elsewhere.close();
});

test("the session runs out meanwhile: somebody else sees nothing, and whoever entered it sends it", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  await cut(page);
  await answers(page, 0, "2", WORDS[0]);
  await expect(box(page)).toContainText("1 answer waits on this machine");
  await page.context().clearCookies({ name: "quarterlight" });
  await page.context().setOffline(false);
  await expect(box(page)).toContainText("You are signed out", { timeout: 60_000 });
  // The browser is closed as well, and forgets the key: without a network nothing opens.
  const caption = await page.locator("main .govuk-caption-l").innerText();
  await page.context().clearCookies();
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "There is no network" })).toBeVisible();
  await expect(page.getByText("A child who may be unsafe does not wait for a network.")).toBeVisible();
  await expect(page.getByText(caption.split(" ")[0])).toHaveCount(0);
  await page.context().setOffline(false);

  await page.goto(`${borough.address}/sign-in`);
  await expect(page.getByText("1 answer waits on this machine, sealed.")).toBeVisible();
  // His page asks for the key of what is there, and is told that there is no such thing for him.
  const asked = page.waitForResponse(/\/copies\/[0-9a-f]+$/);
  await signIn(page, borough, "joseph.adeyemi");
  expect((await asked).status()).toBe(404);
  await expect(page.getByText("on this machine")).toHaveCount(0);
  expect((await ofTheSession(page)).map((it) => it.name)).toEqual(["quarterlight"]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await signIn(page, borough, "priya.anand");
  await expect(box(page)).toContainText("Everything that waited on this machine is sent.");
  await page.goto(form);
  await expect(whole(page).first().getByLabel("What you saw")).toHaveValue(WORDS[0]);
});

test("a copy is opened for twelve hours, and what was entered in it outlives them", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  await cut(page);
  await answers(page, 0, "2", WORDS[0]);
  await expect(box(page)).toContainText("1 answer waits on this machine");
  // Five minutes before its end it is opened still; this is the control.
  const taken = Date.now();
  await page.clock.setFixedTime(new Date(taken + (12 * 60 - 5) * 60_000));
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "The whole form" })).toBeVisible();
  await expect(box(page)).toContainText("1 answer waits on this machine");
  await page.clock.setFixedTime(new Date(taken + (12 * 60 + 1) * 60_000));
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "There is no network" })).toBeVisible();
  await expect(page.getByText("The copy of this audit could be opened until")).toBeVisible();
  await expect(page.getByText(WORDS[0])).toHaveCount(0);
  await lookAt(page);
  await page.clock.setFixedTime(new Date(taken + 60_000));
  // It is sent by this page or by the next, whichever hears of the network first.
  await page.context().setOffline(false);
  await page.goto(form);
  await expect(box(page).filter({ hasText: "waits" })).toHaveCount(0, { timeout: 60_000 });
  await page.reload();
  await expect(whole(page).first().getByLabel("What you saw")).toHaveValue(WORDS[0]);
});

test("the audit was given to somebody else meanwhile: what was entered is given back", async ({ page, borough, browser }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  await cut(page);
  const code = await answers(page, 0, "2", WORDS[0]);
  await expect(box(page)).toContainText("1 answer waits on this machine");
  const elsewhere = await browser.newContext();
  const amara = await elsewhere.newPage();
  await signIn(amara, borough, "amara.osei");
  await amara.goto(form.replace(/form$/, "allocation"));
  const to = amara.getByLabel("Who is to make it");
  await to.selectOption(await to.locator('option:not([value=""])').first().getAttribute("value"));
  await amara.getByLabel("Why it goes to somebody else").fill("Priya is ill.");
  await amara.getByRole("button", { name: "Give this audit" }).click();
  await elsewhere.close();

  await page.context().setOffline(false);
  await expect(box(page)).toContainText("this audit is no longer yours to change", { timeout: 60_000 });
  await lookAt(page);
  await page.getByRole("button", { name: `Look at ${code}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This audit is no longer yours" })).toBeVisible();
  await expect(page.getByLabel("What you typed")).toHaveValue(new RegExp(WORDS[0]));
  // It stays on the machine until they say that they have it.
  await page.goto(borough.address);
  await page.getByRole("button", { name: `I have copied ${code}; let go of it` }).click();
  await expect(box(page)).toHaveCount(0);
});

test("the page of one standard, open when the network goes, leads nobody away from what they typed", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  const standard = await whole(page).nth(0).getAttribute("action");
  await page.goto(borough.address + standard);
  await page.context().setOffline(true);
  await page.getByLabel("Not met").check();
  await page.getByLabel("What you saw").fill(WORDS[0]);
  await page.getByLabel("What must be put right").fill("Write it up.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByRole("status").first()).toHaveText(/^Kept on this machine at/, { timeout: 20_000 });
  // Every saving counts; when none is added any more, what was pressed last is sealed too.
  const turn = () => page.locator("form[data-quarterlight-keep]").first().evaluate((form) => form.elements.turn.value);
  await expect(async () => {
    const before = await turn();
    await page.waitForTimeout(1500);
    expect(await turn()).toBe(before);
  }).toPass({ timeout: 30_000 });
  expect(page.url()).toContain(standard);
  // The whole form has it too, with the finding that it has no box for.
  await page.goto(form);
  await expect(whole(page).first().getByLabel("What you saw")).toHaveValue(WORDS[0]);
  await page.context().setOffline(false);
  await expect(box(page)).toContainText("Everything that waited on this machine is sent.", { timeout: 60_000 });
  await page.goto(borough.address + standard);
  await expect(page.getByLabel("What must be put right")).toHaveValue("Write it up.");
});

test("signing out warns of what is not sent, and wipes the machine", async ({ page, borough }) => {
  test.setTimeout(180_000);
  await takes(page, borough);
  await cut(page);
  await answers(page, 0, "2", WORDS[0]);
  await expect(box(page)).toContainText("1 answer waits on this machine");
  await page.getByRole("button", { name: "Sign out" }).click();
  const dialog = page.getByRole("dialog", { name: "1 answer on this machine is not sent yet" });
  await expect(dialog).toBeVisible();
  await lookAt(page);
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await expect(dialog).toHaveCount(0);

  await page.context().setOffline(false);
  await expect(box(page)).toContainText("is sent.", { timeout: 60_000 });
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(left).toEqual({ databases: 0, caches: 0, workers: 0 });
  expect(await ofTheSession(page)).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says that no copy can be kept", async ({ page, borough }) => {
    await signIn(page, borough, "priya.anand");
    await page.getByRole("link", { name: /left ·/ }).first().click();
    await expect(page.getByText("This browser cannot keep a copy here")).toBeVisible();
    await expect(page.getByRole("button", { name: "Take a copy" })).toHaveCount(0);
  });
});

test("without a network nobody is asked whether they are still there", async ({ page, borough }) => {
  test.setTimeout(180_000);
  const form = await takes(page, borough);
  await page.clock.install();
  await page.goto(form);
  await expect(page.getByText("A copy of this form is on this machine")).toBeVisible();
  await page.context().setOffline(true);
  await page.clock.runFor("01:02:00");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  // The control: with the network back, the page says what it says everywhere. It may have asked the
  // server once more first, which counts as being there.
  await page.context().setOffline(false);
  await page.clock.runFor("01:02:00");
  await expect(page.getByRole("dialog", { name: "You are signed out" })).toBeVisible();
});
