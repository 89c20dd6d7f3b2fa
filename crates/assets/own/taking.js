// Taking a copy of an audit's form to where there is no network, and keeping it as new as the page.
{
  const box = document.querySelector("[data-quarterlight-copy]");
  const button = box?.querySelector("button");
  const told = box?.querySelector("[data-quarterlight-told]");
  const when = (moment) => `${copies.clock(moment)} on ${new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;

  async function say(form) {
    const copy = await sealed.get(form);
    if (!copy || copy.until <= Date.now()) {
      told.hidden = true;
      return;
    }
    told.hidden = false;
    told.textContent = `A copy is on this machine. It can be opened until ${when(copy.until)}. `;
    const link = document.createElement("a");
    Object.assign(link, { className: "govuk-link", href: form, textContent: "Open the whole form" });
    told.append(link, " before you go, and leave it open or come back to its address there. Do not close the browser.");
    button.textContent = "Take the copy anew";
  }

  if (box && sealed.isPossible) {
    const { quarterlightCopy: address, quarterlightWhole: form } = box.dataset;
    told.setAttribute("role", "status");
    button.hidden = false;
    say(form).catch(() => {});
    button.addEventListener("click", async () => {
      button.setAttribute("aria-disabled", "true");
      try {
        await copies.take(address, form);
        await say(form);
      } catch {
        told.hidden = false;
        told.textContent = "The copy could not be taken. Nothing was kept; try again.";
      }
      button.removeAttribute("aria-disabled");
    });
  }

  // On the whole form it is said that there is a copy, which then is as new as the page.
  const line = document.querySelector("[data-quarterlight-copied]");
  const form = location.pathname;
  async function renew() {
    const copy = await sealed.get(form);
    if (!copy || copy.until <= Date.now()) return;
    line.textContent = `A copy of this form is on this machine, sealed, and can be opened without a network until ${when(copy.until)}.`;
    line.hidden = false;
    if (!opening.isCopy) await copies.fetchForm(form, copy.until);
  }
  // What waits goes first, so that it is in the copy.
  if (line && sealed.isPossible) waiting.begun.then(renew).catch(() => {});
}
