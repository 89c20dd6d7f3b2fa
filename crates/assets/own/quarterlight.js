// Ours. Everything here only helps: each page does its work without it.
{
  // GOV.UK sets these by a script inside the page, which our security policy does not allow.
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();

  const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])";
  const isTyping = (target) => target instanceof Element && target.closest(TYPING) !== null;

  // A status that is on the page from the start is not read out; one that arrives a moment later is.
  const saved = document.querySelector(".quarterlight-saved");
  const words = saved?.textContent.trim();
  if (words) {
    saved.textContent = "";
    setTimeout(() => { saved.textContent = words; }, 200);
  }

  // A table needs a stop on the keyboard's way only while it is wider than its place.
  const fits = (region) => region.scrollWidth <= region.clientWidth;
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (fits(target)) target.removeAttribute("tabindex");
      else target.setAttribute("tabindex", "0");
    }
  });
  document.querySelectorAll(".quarterlight-scroll").forEach((region) => watch.observe(region));

  // Ctrl and Enter press the form's first button, but never one that warns.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    const own = event.target instanceof Element ? event.target.closest("main form") : null;
    const form = own ?? document.querySelector('main form[method="post"]');
    const button = form?.querySelector('button[type="submit"]');
    if (!button || button.matches(".govuk-button--warning")) return;
    event.preventDefault();
    button.click();
  });

  // The number keys choose, 1 for the first. Single keys get in the way of speech input and of
  // unsteady hands, so the page says that they work and lets each person turn them off (WCAG 2.1.4).
  const remembered = "quarterlight-number-keys";
  const recall = () => {
    try { return localStorage.getItem(remembered); } catch { return null; }
  };
  const remember = (state) => {
    try { localStorage.setItem(remembered, state); } catch { /* The choice then lasts for this page. */ }
  };
  const groups = [...document.querySelectorAll("[data-quarterlight-keys]")];
  let areOn = recall() !== "off";
  // Where a moderator can agree, one more key does: a.
  const agree = document.querySelector('[data-quarterlight-agree] button[type="submit"]');

  const notes = groups.map((group) => {
    const note = document.createElement("p");
    note.className = "quarterlight-keys";
    const text = document.createElement("span");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quarterlight-keys__switch";
    button.addEventListener("click", () => {
      areOn = !areOn;
      remember(areOn ? "on" : "off");
      say();
    });
    note.append(text, " ", button);
    group.after(note);
    return { text, button, count: group.querySelectorAll("input[type=radio]").length };
  });
  const say = () => {
    for (const { text, button, count } of notes) {
      const choose = agree ? `Press a to agree, or 1 to ${count} to choose.` : `Press 1 to ${count} to choose, Ctrl and Enter to save.`;
      text.textContent = areOn ? choose : "Number keys are off.";
      button.textContent = areOn ? "Turn number keys off" : "Turn number keys on";
    }
  };
  say();

  document.addEventListener("keydown", (event) => {
    if (!areOn || !agree || event.key !== "a") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    event.preventDefault();
    agree.click();
  });

  document.addEventListener("keydown", (event) => {
    if (!areOn || !/^[1-9]$/.test(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    // With several such questions on a page, the keys answer the one that has the focus.
    const group = groups.find((one) => one.contains(event.target)) ?? (groups.length === 1 ? groups[0] : null);
    const choice = group?.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  });
}
