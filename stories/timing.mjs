// What signing in takes for accounts that there are and for ones that there are not: medians, in turn.
// An account is asked until its tries are used up, so give many: each has one beside it that is invented.

const [address, known, count = "10"] = process.argv.slice(2);
if (!known) throw new Error("node timing.mjs ADDRESS KNOWN,KNOWN,... [TRIES OF EACH]");

let asked = 0;

async function once(email) {
  asked += 1;
  const began = performance.now();
  const reply = await fetch(`${address}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      // As the form of the sign-in page is sent.
      origin: address,
      // Another network address each time, so that every try is looked at.
      "x-forwarded-for": `10.${asked >> 16 & 255}.${asked >> 8 & 255}.${asked & 255}`,
    },
    body: new URLSearchParams({ email, password: "wrong wrong wrong" }),
  });
  await reply.text();
  return { status: reply.status, took: performance.now() - began };
}

const took = { known: {}, unknown: {} };
for (const [at, email] of known.split(",").entries()) {
  const invented = `nobody.${at}@${email.split("@")[1]}`;
  for (let turn = 0; turn < Number(count); turn += 1) {
    // Who comes first changes, so that neither has the warmer server.
    const both = [["known", email], ["unknown", invented]];
    for (const [kind, one] of turn % 2 ? both : both.reverse()) {
      const { status, took: time } = await once(one);
      (took[kind][status] ??= []).push(time);
    }
  }
}
const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
for (const status of new Set([...Object.keys(took.known), ...Object.keys(took.unknown)])) {
  const [one, other] = [took.known[status] ?? [], took.unknown[status] ?? []];
  const [of, than] = [median(one), median(other)];
  const apart = (100 * Math.abs(of - than)) / than;
  console.log(
    `${status}: known ${one.length} times, ${of?.toFixed(2)} ms; unknown ${other.length} times, ${than?.toFixed(2)} ms; ${apart.toFixed(2)} in 100 apart`,
  );
}
