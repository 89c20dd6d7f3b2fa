// Answers that wait on this machine until the network returns. Each is sealed before it is sent, is sent to
// the same address as any other saving, and goes only when the server has said what became of it. What
// could not be saved stays and is shown: nothing is dropped without a word, and nothing written over.
const waiting = (() => {
  const LONGEST = 60_000;
  const SENT = "quarterlight-sent";
  const main = document.querySelector("main");
  const status = document.querySelector(".quarterlight-saved");
  let failures = 0;
  let timer = 0;
  let isSignedOut = false;
  let sent = 0; // Since the page was opened,
  let sentHere = 0; // and of these, how many belong to the audit that it shows.
  let isTouched = false;
  document.addEventListener("input", () => { isTouched = true; }, { once: true });

  const isCut = () => failures > 0 || !navigator.onLine;
  const many = (count, one, more) => (count === 1 ? `1 ${one}` : `${count} ${more}`);
  const ours = copies.formOf(location.pathname);

  // Two pages may have answered the same standard; each is kept, and the server is shown both.
  const nameOf = (url, body) => `${url} ${new URLSearchParams(body).get("form_key")}`;

  // Seals what is about to be sent, where a copy of its audit was taken. Its name, or nothing.
  async function keep(url, body, label) {
    try {
      if (!(await copies.isTaken(url))) return null;
      const name = nameOf(url, body);
      const value = { url, body: String(body), label, form: copies.formOf(url), at: Date.now() };
      return (await sealed.put("waiting", name, value)) ? name : null;
    } catch {
      return null; // No room, or no key: the page goes on trying by itself, as without a copy.
    }
  }

  // What became of it, if it was not written over meanwhile.
  async function settle(entry, word) {
    if (word === "saved" || word === "kept") {
      await sealed.replace(entry, "sent", entry);
      for (const other of await sealed.all("waiting")) {
        if (other.url === entry.url && other.trouble === "conflict") await sealed.remove(other);
      }
    } else {
      await sealed.replace(entry, "waiting", { ...entry, trouble: word });
    }
  }

  // The page that sent something itself has heard what became of it.
  async function heard(name, body, word) {
    failures = 0;
    if (!name || word === "signed-out") return show();
    const entry = await sealed.get(name);
    if (entry?.kind === "waiting" && entry.body === String(body)) await settle(entry, word);
    await show();
  }

  // The page that sent something itself has heard nothing: there is no network, or no server.
  async function failed() {
    failures += 1;
    await show();
    later();
  }

  const count = async () => (await sealed.all("waiting")).filter((entry) => !entry.trouble).length;

  // What the page is about to send as a form of its own need not wait as well.
  const forget = (url, body) => sealed.remove(nameOf(url, body));

  async function post({ url, body }) {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), signal: AbortSignal.timeout(20_000) });
    if (answer.ok) return (await answer.text()).trim().split(" ")[0];
    if (answer.status === 401) return "signed-out";
    return answer.status < 500 ? "refused" : "";
  }

  // Sends what waits, one after the other, in one window only. The first that does not go through stops it.
  async function send() {
    clearTimeout(timer);
    await navigator.locks.request("quarterlight-waiting", { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      isSignedOut = false;
      const entries = (await sealed.all("waiting")).filter((entry) => !entry.trouble);
      for (const entry of entries.sort((one, other) => one.at - other.at)) {
        const word = await post(entry).catch(() => "");
        if (word === "") {
          failures += 1;
          break;
        }
        failures = 0;
        if (word === "signed-out") {
          isSignedOut = true;
          break;
        }
        await settle(entry, word);
        if (word !== "saved" && word !== "kept") continue;
        sent += 1;
        if (entry.form === ours) sentHere += 1;
      }
    });
    await show();
    if ((await count()) > 0 && !isSignedOut) later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => send().catch(() => {}), Math.min(LONGEST, 2000 * 2 ** Math.min(failures, 5)));
  }

  const element = (name, className, words) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words) made.textContent = words;
    return made;
  };

  const TROUBLE = {
    conflict: "another answer was saved meanwhile. Yours is kept.",
    closed: "this audit is no longer yours to change. What you entered is still here.",
    refused: "the server did not take it. What you entered is still here.",
  };

  // A line for what could not be saved: its button sends it as a form, and the page that comes back shows
  // both answers, or why it was refused, with what was typed.
  function line(entry) {
    const item = element("li", "", `${entry.label}: ${TROUBLE[entry.trouble] ?? TROUBLE.refused} `);
    const form = element("form");
    Object.assign(form, { method: "post", action: entry.url.replace(/\/keep$/, "") });
    for (const [name, value] of new URLSearchParams(entry.body)) {
      const hidden = element("input");
      Object.assign(hidden, { type: "hidden", name, value });
      form.append(hidden);
    }
    const look = element("button", "quarterlight-keys__switch", `Look at ${entry.label}`);
    form.append(look);
    form.addEventListener("submit", async (event) => {
      if (entry.trouble !== "conflict") return;
      // The server has these words too, so that they need not stay here.
      event.preventDefault();
      await sealed.remove(entry.name);
      form.submit();
    });
    item.append(form);
    if (entry.trouble === "conflict") return item;
    const drop = element("button", "quarterlight-keys__switch", `I have copied ${entry.label}; let go of it`);
    drop.type = "button";
    drop.addEventListener("click", async () => { await sealed.remove(entry.name); await show(); });
    form.append(" ", drop);
    return item;
  }

  const sentence = (count, troubled) => {
    if (count === 0) return sent > 0 && troubled === 0 ? "Everything that waited on this machine is sent." : "";
    const answers = many(count, "answer waits", "answers wait");
    const goes = opening.isCopy ? "not sent yet" : "not sent yet; that happens when the network returns";
    if (isSignedOut) return `${answers} on this machine. You are signed out; once you have signed in again, it goes on.`;
    return `${answers} on this machine, ${goes}.`;
  };

  let shown = "";
  async function show() {
    if (!sealed.isPossible || !main) return;
    const entries = await sealed.all("waiting");
    const troubled = entries.filter((entry) => entry.trouble);
    const words = sentence(entries.length - troubled.length, troubled.length);
    const state = JSON.stringify([words, troubled.map((entry) => [entry.name, entry.trouble])]);
    if (state === shown) return;
    shown = state;
    main.querySelector(".quarterlight-waiting")?.remove();
    if (!words && troubled.length === 0 && !opening.isCopy) return;
    const box = element("section", "quarterlight-waiting");
    box.setAttribute("aria-labelledby", "quarterlight-waiting");
    const title = opening.isCopy ? "You are working without a network" : "On this machine";
    const heading = element("h2", "govuk-heading-s", title);
    heading.id = "quarterlight-waiting";
    box.append(heading);
    if (opening.isCopy) box.append(element("p", "govuk-body", "The form is as it was copied, with what you have entered since. That waits on this machine, sealed, and is sent when the network returns. Lock the machine when you leave it."));
    if (words) box.append(element("p", "govuk-body quarterlight-waiting__count", words));
    if (isSignedOut && entries.length > 0) {
      const again = element("a", "govuk-link", "Sign in");
      again.href = location.pathname;
      const paragraph = element("p", "govuk-body");
      paragraph.append(again);
      box.append(paragraph);
    }
    if (troubled.length > 0) {
      const list = element("ul", "govuk-list quarterlight-waiting__list");
      list.append(...troubled.map(line));
      box.append(list);
    }
    if (opening.isCopy && sent > 0 && entries.length === 0) {
      const back = element("a", "govuk-link", "Show the form as it is saved");
      back.href = location.pathname;
      const paragraph = element("p", "govuk-body");
      paragraph.append(back);
      box.append(paragraph);
    }
    main.prepend(box);
    if (!status) return;
    if (troubled.length > 0) status.textContent = "Something that waited was not saved. It is listed at the top of this page.";
    else if (words && sent > 0) status.textContent = words;
  }

  // On a page that the server gave, answers that were left here are sent first; then the page is shown
  // anew, with them in it, unless somebody has begun to type.
  async function begin() {
    if (!sealed.isPossible) return;
    await copies.resume().catch(() => {});
    if (!copies.isSignedIn && !opening.isCopy) return strangers();
    await copies.clear();
    const before = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    sent = Number(before ?? 0);
    await show();
    if ((await count()) === 0) return;
    await send();
    // A page that came back from a form, with both answers or with what was wrong, stays as it is.
    const isAnswer = document.querySelector(".quarterlight-conflict, .govuk-error-summary") !== null;
    if (sentHere === 0 || opening.isCopy || isTouched || isAnswer) return;
    sessionStorage.setItem(SENT, sent);
    location.replace(location.pathname);
  }

  // Before anybody has signed in it is only said that something waits, and not for whom.
  async function strangers() {
    const count = (await sealed.rows()).filter((row) => row.kind === "waiting").length;
    const form = document.querySelector('main form[action="/sign-in"]');
    if (count === 0 || !form) return;
    form.before(element("p", "govuk-inset-text", `${many(count, "answer waits", "answers wait")} on this machine, sealed. Once whoever gave them has signed in, they are sent.`));
  }

  addEventListener("online", () => { failures = 0; send().catch(() => {}); });
  const begun = begin().catch(() => {});

  return { keep, heard, failed, forget, count, isCut, begun };
})();
