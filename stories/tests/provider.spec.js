// Somebody signs in through the council's own identity provider; their grants follow their groups.
//
// The provider is a real one, certified for OpenID Connect, which this story starts and ends.

import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Provider } from "oidc-provider";
import { expect, lookAt, start, test as base } from "./borough.js";

/** The people whom the provider knows, by the name that they sign in with there. */
const accounts = {
  nadia: { name: "Nadia Ferro", email: "nadia.ferro@larkmoor.example", email_verified: true, groups: ["ql-members", "golf"] },
  amara: { name: "Amara Osei", email: "amara.osei@larkmoor.example", email_verified: true, groups: [] },
  stranger: { name: "Sam Stone", email: "sam.stone@larkmoor.example", email_verified: true, groups: ["golf"] },
  unconfirmed: { name: "Amara Osei", email: "helen.oyelaran@larkmoor.example", email_verified: false, groups: ["ql-members"] },
};

async function free() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function provide(site) {
  const port = await free();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "quarterlight",
      client_secret: "a secret of this story alone",
      redirect_uris: [`${site}/sign-in/provider/callback`],
      post_logout_redirect_uris: [`${site}/sign-in`],
    }],
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) }),
    cookies: { keys: ["of this story alone"] },
  });
  const server = createServer(provider.callback());
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return { issuer, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

const test = base.extend({
  council: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "quarterlight-story-"));
    const file = path.join(folder, "borough.sqlite");
    await copyFile(process.env.QUARTERLIGHT_BOROUGH, file);
    const listen = `127.0.0.1:${await free()}`;
    const address = `http://${listen}`;
    const provider = await provide(address);
    const groups = path.join(folder, "groups.toml");
    await writeFile(groups, '[[group]]\nname = "ql-members"\nrole = "member"\n');
    const settings = path.join(folder, "quarterlight.toml");
    await writeFile(settings, [
      `site = "${address}"`,
      `oidc_issuer = "${provider.issuer}"`,
      'oidc_client_id = "quarterlight"',
      'oidc_client_secret = "a secret of this story alone"',
      `oidc_groups = "${groups}"`,
    ].join("\n"));
    const words = ["--config", settings, "serve", "--plain-http", "--listen", listen, "--database", `sqlite:${file}`];
    const server = await start(words, /is at (http:\/\/\S+)\n/);
    await use({ address, provider });
    await server.stop();
    await provider.stop();
    await rm(folder, { recursive: true });
  },
});

/** At the provider: whoever types a name there is signed in, and agrees. */
async function comeInAs(page, council, who) {
  await page.goto(`${council.address}/sign-in`);
  await page.getByRole("button", { name: "Sign in with your council account" }).click();
  await page.locator("input[name=login]").fill(who);
  await page.locator("input[name=password]").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Whoever comes for the first time accepts the confidentiality page before anything opens. */
async function accept(page) {
  await expect(page.getByRole("heading", { level: 1, name: "Confidentiality" })).toBeVisible();
  await page.getByLabel("I have read this and accept it").check();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("groups give grants, and take them away again", async ({ browser, council }) => {
  test.setTimeout(120_000);
  const fresh = async () => (await browser.newContext()).newPage();

  // Nobody knows her yet, and a group of hers is a committee member's.
  let page = await fresh();
  await page.goto(`${council.address}/sign-in`);
  await lookAt(page);
  await comeInAs(page, council, "nadia");
  await accept(page);
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  await page.getByRole("link", { name: "Reports" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();

  // She signs out here, and is told that she is still signed in there.
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are signed out of Quarterlight" })).toBeVisible();
  await lookAt(page);
  await page.getByRole("link", { name: "Sign out of your council’s sign-in too" }).click();
  await page.getByRole("button", { name: /Yes, sign me out/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  // The group is gone: so is the grant, and she holds nothing else.
  accounts.nadia.groups = ["golf"];
  page = await fresh();
  await comeInAs(page, council, "nadia");
  await expect(page.getByText("none of your groups may use Quarterlight")).toBeVisible();
  await lookAt(page);
  await page.goto(`${council.address}/reports`);
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  accounts.nadia.groups = ["ql-members"];
});

test("a grant that was made by hand stays, and nobody comes in who has none", async ({ browser, council }) => {
  const fresh = async () => (await browser.newContext()).newPage();
  let page = await fresh();
  await comeInAs(page, council, "amara");
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  await expect(page.getByText("Amara Osei").first()).toBeVisible();

  page = await fresh();
  await comeInAs(page, council, "stranger");
  await expect(page.getByText("none of your groups may use Quarterlight")).toBeVisible();

  page = await fresh();
  await comeInAs(page, council, "unconfirmed");
  await expect(page.getByText("did not give a confirmed email address")).toBeVisible();
});

test("an answer that this browser did not ask for is not believed", async ({ browser, council }) => {
  // One browser asks and is let in, and another is sent the very address that it came back to.
  const asking = await (await browser.newContext()).newPage();
  let callback;
  asking.on("request", (request) => {
    if (request.url().includes("/sign-in/provider/callback")) callback = request.url();
  });
  await comeInAs(asking, council, "nadia");
  await accept(asking);
  await expect(asking.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
  expect(callback).toContain("state=");
  const other = await (await browser.newContext()).newPage();
  await other.goto(callback);
  await expect(other.getByText("cannot be trusted")).toBeVisible();
  await other.goto(`${council.address}/reports`);
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  // Nor is it taken a second time, or by a browser that is on its way with another state.
  await asking.goto(callback);
  await expect(asking.getByText("cannot be trusted")).toBeVisible();
  await other.goto(`${council.address}/sign-in`);
  await other.getByRole("button", { name: "Sign in with your council account" }).click();
  await expect(other.locator("input[name=login]")).toBeVisible();
  await other.goto(callback);
  await expect(other.getByText("cannot be trusted")).toBeVisible();
});

test("while the provider does not answer, a password still works", async ({ browser, council }) => {
  await council.provider.stop();
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${council.address}/sign-in`);
  await page.getByRole("button", { name: "Sign in with your council account" }).click();
  await expect(page.getByText("does not answer")).toBeVisible();
  await page.getByLabel("Email address").fill("amara.osei@larkmoor.example");
  await page.getByLabel("Password", { exact: true }).fill("borough of larkmoor");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your work" })).toBeVisible();
});
