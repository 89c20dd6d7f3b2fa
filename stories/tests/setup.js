// Makes the borough once; each story works on a copy.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { start } from "./borough.js";

export default async function setup() {
  const folder = await mkdtemp(path.join(tmpdir(), "quarterlight-stories-"));
  const file = path.join(folder, "borough.sqlite");
  const demo = await start(["demo", "--listen", "127.0.0.1:0", "--keep", file], /Press Ctrl\+C/);
  await demo.stop();
  process.env.QUARTERLIGHT_BOROUGH = file;
  return () => rm(folder, { recursive: true });
}
