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

  // Where there are many such questions, the page says it once.
  const notes = groups.slice(0, 1).map((group) => {
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

// A grid of boxes. Enter goes on to the next line; the arrows go from box to box, but in a list up and
// down choose, as they always do; and what is copied from a spreadsheet fills the boxes from here on.
for (const grid of document.querySelectorAll("[data-quarterlight-grid]")) {
  const lines = () => [...grid.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("input, select")])
    .filter((boxes) => boxes.length > 0);
  const place = (box) => {
    const all = lines();
    const row = all.findIndex((boxes) => boxes.includes(box));
    return row < 0 ? null : { all, row, column: all[row].indexOf(box) };
  };
  const go = (box) => {
    if (!box) return;
    box.focus();
    if (box instanceof HTMLInputElement) box.select();
  };

  const note = document.createElement("p");
  note.className = "quarterlight-grid-note";
  note.textContent = "Enter goes to the next line. The arrow keys go from box to box. In a list, the first letters choose. You can paste lines from a spreadsheet.";
  const said = document.createElement("p");
  said.className = "quarterlight-grid-note";
  said.setAttribute("role", "status");
  grid.after(note, said);

  grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const at = place(event.target);
    if (!at) return;
    const { all, row, column } = at;
    const box = event.target;
    const isList = box instanceof HTMLSelectElement;
    const isAtStart = isList || (box.selectionStart === 0 && box.selectionEnd === 0);
    const isWhole = !isList && box.selectionStart === 0 && box.selectionEnd === box.value.length;
    const isAtEnd = isList || (box.selectionStart === box.value.length && box.selectionEnd === box.value.length);
    let next;
    if (event.key === "Enter") next = all[row + 1]?.[0] ?? box;
    else if (event.key === "ArrowDown" && !isList) next = all[row + 1]?.[column];
    else if (event.key === "ArrowUp" && !isList) next = all[row - 1]?.[column];
    else if (event.key === "ArrowLeft" && (isAtStart || isWhole)) next = all[row][column - 1];
    else if (event.key === "ArrowRight" && (isAtEnd || isWhole)) next = all[row][column + 1];
    else return;
    event.preventDefault();
    go(next);
  });

  const fill = (box, text) => {
    const words = text.trim();
    if (box instanceof HTMLInputElement) {
      box.value = words;
      return true;
    }
    const plain = words.toLowerCase();
    const options = [...box.options];
    const found = options.find((one) => one.value === plain || one.text.toLowerCase() === plain)
      ?? options.find((one) => plain !== "" && one.text.toLowerCase().startsWith(plain));
    if (found) box.value = found.value;
    return found !== undefined || plain === "";
  };
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const at = place(event.target);
    if (!at || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const pasted = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    let unknown = 0;
    let left = 0;
    pasted.forEach((cells, down) => {
      const boxes = at.all[at.row + down];
      if (!boxes) { left += 1; return; }
      cells.forEach((cell, along) => {
        const box = boxes[at.column + along];
        if (box && !fill(box, cell)) unknown += 1;
      });
    });
    const sentences = [`${pasted.length - left} lines were pasted.`];
    if (left > 0) sentences.push(`${left} did not fit: show more lines, and paste them there.`);
    if (unknown > 0) sentences.push(`${unknown} words are not in their list: choose them yourself.`);
    said.textContent = sentences.join(" ");
  });
}
