// Every page that each person can reach: axe, one heading, no sideways scroll, nothing in the console.

import { expect, lookAt, signIn, test } from "./borough.js";

const EVERYBODY = [
  "priya.anand",
  "tomasz.wilk",
  "helen.oyelaran",
  "amara.osei",
  "farah.siddiqui",
  "catherine.bello",
  "lorna.macallister",
  "bernard.quill",
  "sylvia.marchetti",
  "hana.novak",
  "raj.bedi",
  "ines.moreira",
];

/** Pages of one kind differ in their words only: for those who audit and are audited, two of each. */
const ofEachKind = (who) => (["priya.anand", "tomasz.wilk", "helen.oyelaran"].includes(who) ? 2 : 1);

/** The kind of a page: its path without numbers, codes and questions. */
function kind(path) {
  return path
    .split("?")[0]
    .replace(/\/cells\/[^/]+/, "/cells/one")
    .replace(/\/\d{4}-Q\d/g, "/quarter")
    .replace(/\/\d+/g, "/one")
    .replace(/^\/timescales\/.+/, "/timescales/one")
    .replace(/\/[A-Z]+\d+$/, "/standard");
}

for (const who of EVERYBODY) {
  test(`every page that ${who} can reach`, async ({ page, borough }) => {
    test.setTimeout(900_000);
    await signIn(page, borough, who);
    const seen = new Map();
    const queue = ["/"];
    while (queue.length > 0) {
      const path = queue.shift();
      const times = seen.get(kind(path)) ?? 0;
      if (times >= ofEachKind(who)) continue;
      seen.set(kind(path), times + 1);
      const response = await page.goto(borough.address + path);
      expect(response.status(), path).toBe(200);
      await lookAt(page);
      const links = await page.locator("a[href^='/']").evaluateAll((all) =>
        all.filter((it) => !it.hasAttribute("download")).map((it) => it.getAttribute("href")),
      );
      for (const link of links) {
        const isFile = link.startsWith("/api/") || /(\.csv|\/file\/[a-z]+|\/(pdf|csv|draw-file|problems|workbook|spreadsheet|toml|template))(\?|$)/.test(link);
        if (!isFile && !queue.includes(link)) queue.push(link);
      }
    }
    console.log(`${who}: ${[...seen.values()].reduce((a, b) => a + b)} pages of ${seen.size} kinds`);
    expect(seen.size).toBeGreaterThan(0);
  });
}
