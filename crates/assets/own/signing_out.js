// Signing out takes with it what was kept on this machine. Answers that were not sent would be lost by it,
// and so it asks first.
{
  const form = document.querySelector(".quarterlight-header__identity form");

  const ask = (count) => new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = "quarterlight-time-out";
    dialog.setAttribute("aria-labelledby", "signing-out");
    const heading = document.createElement("h2");
    Object.assign(heading, { className: "govuk-heading-m", id: "signing-out" });
    heading.textContent = count === 1 ? "1 answer on this machine is not sent yet" : `${count} answers on this machine are not sent yet`;
    const words = document.createElement("p");
    words.className = "govuk-body";
    words.textContent = "What is not sent is wiped if you sign out now, and lost. Stay signed in until there is a network, and it is sent.";
    const stay = document.createElement("button");
    Object.assign(stay, { type: "button", className: "govuk-button", textContent: "Stay signed in" });
    const go = document.createElement("button");
    Object.assign(go, { type: "button", className: "govuk-button govuk-button--warning", textContent: "Sign out and lose it" });
    const group = document.createElement("div");
    group.className = "govuk-button-group";
    group.append(stay, go);
    dialog.append(heading, words, group);
    document.body.append(dialog);
    const close = (isSure) => { dialog.remove(); resolve(isSure); };
    stay.addEventListener("click", () => close(false));
    go.addEventListener("click", () => close(true));
    dialog.addEventListener("cancel", () => close(false));
    dialog.showModal();
  });

  // The whole of it, where nobody else's answers wait here.
  async function wipe() {
    await sealed.wipe();
    sealed.forgetKey();
    const others = (await sealed.rows()).length > 0;
    if (others) return true;
    await caches.delete("quarterlight");
    for (const standing of await navigator.serviceWorker.getRegistrations()) await standing.unregister();
    await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase("quarterlight");
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    });
    return false;
  }

  form?.addEventListener("submit", (event) => {
    if (!sealed.isPossible) return;
    event.preventDefault();
    signOut().catch(() => form.submit());
  });

  async function signOut() {
    const unsent = (await sealed.all("waiting")).length;
    if (unsent > 0 && !(await ask(unsent))) return;
    // The page has what was typed in its boxes; it must not seal it again.
    const isAlone = !(await wipe());
    if (!isAlone) {
      const others = document.createElement("input");
      Object.assign(others, { type: "hidden", name: "others", value: "yes" });
      form.append(others);
    }
    if (!opening.isCopy || navigator.onLine) return form.submit();
    const main = document.querySelector("main");
    const heading = document.createElement("h1");
    Object.assign(heading, { className: "govuk-heading-l", textContent: "Nothing of yours is left on this machine" });
    const words = document.createElement("p");
    Object.assign(words, { className: "govuk-body", textContent: "There is no network, so the server does not know yet that you signed out. It ends your session by itself an hour after it last heard from you; to be sure, close the browser." });
    main.replaceChildren(heading, words);
  }
}
