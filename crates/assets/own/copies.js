// Copies of the whole form of an audit, each taken by a deliberate press. Nothing else is kept: what the
// browser keeps in clear is one page that says nothing of anybody, the stylesheet, the script and the icon.
const copies = (() => {
  const CACHE = "quarterlight";
  const STANDBY = "/standby.js";
  const NO_NETWORK = "/offline";
  const isSignedIn = "quarterlightIdle" in document.body.dataset;
  const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });

  // The whole form of the audit that an address belongs to.
  const formOf = (address) => {
    const found = address.match(/^\/audits\/\d+(?=\/|$)/);
    return found ? `${found[0]}/form` : null;
  };

  const isTaken = async (address) => {
    const form = formOf(address);
    return form !== null && sealed.has(form);
  };

  // What the page without a network is made of, so that it is there when it is needed.
  async function prepare() {
    await navigator.serviceWorker.register(STANDBY, { scope: "/" });
    await navigator.serviceWorker.ready;
    const parts = [NO_NETWORK];
    for (const part of document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")) {
      parts.push(part.getAttribute("href") ?? part.getAttribute("src"));
    }
    const cache = await caches.open(CACHE);
    await cache.addAll(parts);
    for (const kept of await cache.keys()) {
      if (!parts.includes(new URL(kept.url).pathname)) await cache.delete(kept);
    }
  }

  // Fetches the form as it is now. What was sent since is in it, and need not be laid over it.
  async function fetchForm(form, until) {
    await prepare();
    const before = await sealed.all("sent");
    const answer = await fetch(form);
    if (!answer.ok) throw new Error("The form was not given.");
    const html = await answer.text();
    const title = new DOMParser().parseFromString(html, "text/html").querySelector("main .govuk-caption-l")?.textContent;
    await sealed.put("copy", form, { html, until, title: title ?? "An audit" });
    for (const sent of before) if (sent.form === form) await sealed.remove(sent);
  }

  async function take(address, form) {
    await resume();
    const answer = await fetch(address, { method: "POST" });
    const [word, until] = answer.ok ? (await answer.text()).trim().split(" ") : [];
    if (word !== "taken") throw new Error("The copy was not given.");
    await navigator.storage?.persist?.(); // Asked for, so that a full disk does not cost what waits.
    await fetchForm(form, Date.parse(until));
  }

  // The key of copies that are on this machine, after the session in which they were taken ran out. The
  // server gives it to whoever took them; for anybody else they stay sealed.
  async function resume() {
    if (!sealed.isPossible || !isSignedIn || (await sealed.key())) return;
    const strange = new Set((await sealed.rows()).map((row) => row.key));
    for (const id of strange) {
      const asked = `quarterlight-not-mine-${id}`;
      if (sessionStorage.getItem(asked)) continue;
      const answer = await fetch(`/copies/${id}`, { method: "POST" });
      if (answer.ok) return;
      if (answer.status === 404) sessionStorage.setItem(asked, "yes");
    }
  }

  // Whoever signs in next may be the one whose copies they are.
  if (!isSignedIn) {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith("quarterlight-not-mine-")) sessionStorage.removeItem(name);
  }

  // A copy whose time is over cannot be opened again, and goes. What was entered in it waits all the same.
  async function clear() {
    const all = await sealed.all("copy");
    const open = all.filter((copy) => copy.until > Date.now()).map((copy) => copy.name);
    for (const copy of all) if (!open.includes(copy.name)) await sealed.remove(copy.name);
    for (const sent of await sealed.all("sent")) if (!open.includes(sent.form)) await sealed.remove(sent.name);
  }

  return { clock, formOf, isTaken, isSignedIn, fetchForm, take, resume, clear };
})();
