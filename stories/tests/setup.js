// Makes the borough once; each story works on a copy.

import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PASSWORD, start } from "./borough.js";

/** How many days the borough may be behind the calendar. */
const DAYS_BACK = 6;

/** What somebody's moderation page says, read from a copy, so that nobody has signed in before a story. */
async function moderation(file) {
  const copy = `${file}.looked-at`;
  await copyFile(file, copy);
  const words = ["serve", "--plain-http", "--listen", "127.0.0.1:0", "--database", `sqlite:${copy}`];
  const server = await start(words, /is at (http:\/\/\S+)\n/);
  const address = server.found;
  let cookie = "";
  const send = async (to, form) => {
    const headers = { cookie, origin: address };
    const reply = await fetch(address + to, { method: "POST", redirect: "manual", headers, body: new URLSearchParams(form) });
    cookie ||= reply.headers.getSetCookie().map((it) => it.split(";")[0]).join("; ");
  };
  const read = async () => (await fetch(`${address}/moderation`, { headers: { cookie } })).text();
  await send("/sign-in", { email: "farah.siddiqui@larkmoor.example", password: PASSWORD });
  const first = /name="words" value="([^"]*)"/.exec(await read());
  if (first) await send("/confidentiality", { accept: "yes", words: first[1], back: "/" });
  const page = await read();
  await server.stop();
  return page;
}

/** True if an audit that is read beside its answers still waits, as a story of moderation needs. */
function hasOneToRead(page) {
  const groups = page.split("<h2").slice(1);
  return groups.some((it) => /^[^>]*>\s*(Every audit graded|A share of the others)/.test(it) && /Read \S+ a second time/.test(it));
}

export default async function setup() {
  const folder = await mkdtemp(path.join(tmpdir(), "quarterlight-stories-"));
  // What has been read depends on the day, as it does with people: on some days nothing waits.
  for (let back = 0; ; back += 1) {
    const file = path.join(folder, `borough-${back}.sqlite`);
    const day = new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    const today = back === 0 ? [] : ["--today", day];
    const demo = await start(["demo", "--listen", "127.0.0.1:0", "--keep", file, ...today], /Press Ctrl\+C/);
    await demo.stop();
    if (hasOneToRead(await moderation(file))) {
      process.env.QUARTERLIGHT_BOROUGH = file;
      console.log(`The borough is as on ${day}.`);
      return () => rm(folder, { recursive: true });
    }
    if (back === DAYS_BACK) throw new Error(`In ${DAYS_BACK} days no audit waits to be read a second time.`);
  }
}
