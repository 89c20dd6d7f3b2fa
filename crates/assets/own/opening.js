// Where there is no network, the browser's standby script gives one page for every address. If there is a copy for
// this address, and the key to it, it is opened here, before any other script looks at the page.
const opening = { isCopy: false };
{
  const place = document.querySelector("[data-quarterlight-no-network]");
  const paragraph = (words) => {
    const made = document.createElement("p");
    made.className = "govuk-body";
    made.textContent = words;
    return made;
  };

  // One window has a copy at a time: two would count the same turns, and neither would see the other.
  const alone = (name) => new Promise((resolve) => {
    navigator.locks.request(`quarterlight-copy ${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {});
    });
  });

  // Lays what was entered since over the form as it was copied, key and turn included, so that the
  // server knows it for the same page.
  function fill(form, body) {
    for (const [name, value] of new URLSearchParams(body)) {
      if (name === "as") continue;
      const field = form.elements.namedItem(name);
      if (field) {
        field.value = value;
        continue;
      }
      // Such as a finding that was begun on the page of one standard: this form has no box for it.
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name, value });
      form.append(hidden);
    }
  }

  async function openCopy() {
    const form = copies.formOf(location.pathname);
    const copy = form === location.pathname ? await sealed.get(form) : null;
    if (!copy || copy.until <= Date.now() || !(await alone(form))) return copy;
    const page = new DOMParser().parseFromString(copy.html, "text/html");
    delete page.body.dataset.quarterlightIdle;
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    const entered = [...(await sealed.all("sent")), ...(await sealed.all("waiting"))];
    entered.sort((one, other) => one.at - other.at);
    for (const { url, body } of entered) {
      const its = document.querySelector(`form[data-quarterlight-keep="${CSS.escape(url)}"]`);
      if (its) fill(its, body);
    }
    opening.isCopy = true;
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
    return copy;
  }

  // What can be opened without a network, for every other address.
  async function list(copy) {
    if (copy && copy.until <= Date.now()) {
      place.append(paragraph(`The copy of this audit could be opened until ${copies.clock(copy.until)}. What you entered in it is kept, and is sent when you have signed in where there is a network.`));
    } else if (copy) {
      place.append(paragraph("This audit is open in another window of this browser. Go on there."));
    }
    const open = (await sealed.all("copy")).filter((it) => it.until > Date.now() && it.name !== copy?.name);
    if (open.length === 0) return;
    place.prepend(paragraph("You can open these here:"));
    const all = document.createElement("ul");
    all.className = "govuk-list govuk-list--bullet";
    for (const { name, title, until } of open) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      Object.assign(link, { className: "govuk-link", href: name, textContent: title });
      item.append(link, `, until ${copies.clock(until)}`);
      all.append(item);
    }
    place.firstChild.after(all);
  }

  document.querySelector("[data-quarterlight-again]")?.setAttribute("href", location.pathname + location.search);
  if (place && sealed.isPossible) {
    const copy = await openCopy();
    if (!opening.isCopy) await list(copy);
  }
}
