// Signing in: what comes first, codes, passkeys, and what others cannot do to somebody.

import { createHmac } from "node:crypto";
import { PASSWORD, expect, lookAt, signIn, test } from "./borough.js";

/** The code that a telephone with this secret shows, so many half minutes from now (RFC 6238). */
function code(secret, steps = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((one) => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function password(page, address, who, words = PASSWORD) {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("Email address").fill(`${who}@larkmoor.example`);
  await page.getByLabel("Password", { exact: true }).fill(words);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page) {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

test("the confidentiality page comes first, and opens the rest", async ({ page, borough }) => {
  await password(page, borough.address, "nuala.brennan");
  await expect(page.getByRole("heading", { level: 1, name: "Confidentiality" })).toBeVisible();
  await lookAt(page);
  await page.goto(`${borough.address}/reports`);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toContainText("Say that you have read this");
  await page.getByLabel("I have read this and accept it").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
});

test("somebody changes their password by keyboard, and is signed out elsewhere", async ({ page, borough, browser }) => {
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, borough, "priya.anand");
  await signIn(page, borough, "priya.anand");
  await page.getByRole("link", { name: /Priya Anand/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How you sign in" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "Change Password" }).click();
  await lookAt(page);
  await page.getByLabel("Your password now").fill(PASSWORD);
  const chosen = page.getByLabel("New password", { exact: true });
  await chosen.fill("larkmoor2026!");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Show password" }).last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(chosen).toHaveAttribute("type", "text");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("guessed soon");
  await lookAt(page);
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByLabel("New password", { exact: true }).fill("kettle orbit marmalade");
  await page.getByRole("button", { name: "Change your password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await elsewhere.goto(borough.address);
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await password(elsewhere, borough.address, "priya.anand", "kettle orbit marmalade");
  await expect(elsewhere.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
});

test("one-time codes are switched on, asked for, and stood in for by a recovery code", async ({ page, borough }) => {
  await signIn(page, borough, "priya.anand");
  await page.goto(`${borough.address}/account/codes`);
  await expect(page.getByRole("img", { name: /for the camera/ })).toBeVisible();
  await lookAt(page);
  const secret = await page.locator(".quarterlight-secret").innerText();
  await page.getByLabel("Code", { exact: true }).fill(code(secret, -1));
  await page.getByLabel("Your password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Switch one-time codes on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your recovery codes" })).toBeVisible();
  await lookAt(page);
  const recovery = await page.locator(".quarterlight-recovery code").allInnerTexts();
  expect(recovery).toHaveLength(10);
  await signOut(page);
  await password(page, borough.address, "priya.anand");
  await expect(page.getByRole("heading", { level: 1, name: "Enter your code" })).toBeVisible();
  await lookAt(page);
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("6 digits");
  await page.getByLabel("Code", { exact: true }).fill(code(secret));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  await signOut(page);
  // The page before is not shown again by going back.
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toHaveCount(0);
  await password(page, borough.address, "priya.anand");
  await page.getByLabel("Code", { exact: true }).fill(recovery[3].toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
});

test("a passkey opens without a password, and a copy of it is refused", async ({ page, borough, browser }) => {
  // Passkeys have names and no numbers for addresses.
  const address = borough.address.replace("127.0.0.1", "localhost");
  const devices = await page.context().newCDPSession(page);
  await devices.send("WebAuthn.enable");
  const { authenticatorId } = await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await password(page, address, "priya.anand");
  await page.goto(`${address}/account/passkeys`);
  await lookAt(page);
  await page.getByLabel("What do you call it?").fill("Work laptop");
  await page.getByLabel("Your password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Not used yet.")).toBeVisible();
  await lookAt(page);
  await signOut(page);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  await page.goto(`${address}/account`);
  await expect(page.getByText("With a passkey").first()).toBeVisible();
  await signOut(page);

  const { credentials: [passkey] } = await devices.send("WebAuthn.getCredentials", { authenticatorId });
  await devices.send("WebAuthn.removeCredential", { authenticatorId, credentialId: passkey.credentialId });
  await devices.send("WebAuthn.addCredential", { authenticatorId, credential: { ...passkey, signCount: 0 } });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByRole("alert")).toContainText("may have been copied");
  await lookAt(page);

  // A password alone is no way round it, so an administrator ends what may have been copied.
  await password(page, address, "priya.anand");
  await expect(page.getByRole("heading", { level: 1, name: "Use your passkey" })).toBeVisible();
  await lookAt(page);
  const desk = await (await browser.newContext()).newPage();
  await password(desk, address, "raj.bedi");
  await desk.goto(`${address}/sign-ins/people`);
  await desk.getByRole("link", { name: "Priya Anand" }).click();
  await desk.getByRole("button", { name: "End their second factor" }).click();
  await expect(desk.getByRole("alert")).toContainText("how you know that it is them");
  await lookAt(desk);
  await desk.getByLabel("Why it ends, and how you know that it is them").fill("Their passkey may have been copied; we spoke.");
  await desk.getByRole("button", { name: "End their second factor" }).click();
  await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
  await desk.context().close();
  await password(page, address, "priya.anand");
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  await page.goto(`${address}/account/passkeys`);
  await expect(page.getByText("You have no passkey.")).toBeVisible();
});

test("whoever guesses elsewhere stops nobody, and is seen", async ({ page, borough, browser }) => {
  await signIn(page, borough, "priya.anand");
  await signOut(page);
  const other = await (await browser.newContext()).newPage();
  for (let turn = 0; turn < 11; turn += 1) await password(other, borough.address, "priya.anand", "wrong wrong wrong");
  await expect(other.getByRole("alert")).toContainText("Wait 5 minutes");
  await lookAt(other);
  await signIn(page, borough, "priya.anand");
  await signOut(page);
  await signIn(page, borough, "raj.bedi");
  await page.getByRole("link", { name: "Sign-ins" }).click();
  await expect(page.getByText("Refused: too many tries").last()).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "Who signs in with what" }).click();
  await lookAt(page);
  await page.getByRole("link", { name: "Priya Anand" }).click();
  await lookAt(page);
  await page.getByLabel("Your own password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make a code" }).click();
  const given = await page.locator(".quarterlight-secret").innerText();
  await lookAt(page);
  await other.goto(`${borough.address}/sign-in/reset`);
  await lookAt(other);
  await page.goto(`${borough.address}/sign-in/reset`);
  await page.getByLabel("Email address").fill("priya.anand@larkmoor.example");
  await page.getByLabel("Code from an administrator").fill(given);
  await page.getByLabel("New password", { exact: true }).fill("kettle orbit marmalade");
  await page.getByRole("button", { name: "Choose this password" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});
