// What signing in takes for an account that there is and for one that there is not: medians, in turn.

const [address, known, unknown, count = "1000"] = process.argv.slice(2);
if (!unknown) throw new Error("node timing.mjs ADDRESS KNOWN UNKNOWN [COUNT]");

async function once(email, number) {
  const began = performance.now();
  const reply = await fetch(`${address}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      // Another network address each time, so that every try is looked at.
      "x-forwarded-for": `10.${number >> 16 & 255}.${number >> 8 & 255}.${number & 255}`,
    },
    body: new URLSearchParams({ email, password: "wrong wrong wrong" }),
  });
  await reply.text();
  return { status: reply.status, took: performance.now() - began };
}

const took = { [known]: [], [unknown]: [] };
const statuses = {};
for (let turn = 0; turn < Number(count); turn += 1) {
  // Who comes first changes, so that neither has the warmer server.
  const both = turn % 2 ? [known, unknown] : [unknown, known];
  for (const email of both) {
    const { status, took: time } = await once(email, turn);
    took[email].push(time);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}
const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
const [of, other] = [median(took[known]), median(took[unknown])];
console.log(`answers: ${JSON.stringify(statuses)}`);
console.log(`known ${of.toFixed(2)} ms, unknown ${other.toFixed(2)} ms, ${(100 * Math.abs(of - other) / other).toFixed(2)} in 100 apart`);
