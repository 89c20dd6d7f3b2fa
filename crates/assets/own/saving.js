// Saving what is typed, as it is typed. Without this, the button saves; with it, nobody has to press it.
{
  const status = document.querySelector(".quarterlight-saved");
  const PAUSE = 800;
  let hasCopy = false;
  copies.isTaken(location.pathname).then((isSo) => { hasCopy = isSo; }).catch(() => {});

  // A form that says where it is kept. Choosing, and leaving a box, saves the answer; a pause in
  // typing keeps the words.
  document.querySelectorAll("form[data-quarterlight-keep]").forEach((form) => {
    const url = form.dataset.quarterlightKeep;
    let wanted = null; // What is still to be sent: "words", or "answer", which says more.
    let isSending = false;
    let isOver = false;
    let failures = 0;
    let timer = 0;

    // On a page with many forms, the line at the top says of which it speaks.
    const name = "quarterlightStays" in form.dataset ? `${form.id}: ` : "";
    const say = (text) => { if (status && status.textContent !== name + text) status.textContent = name + text; };
    const body = (as) => {
      const turn = form.elements.turn;
      turn.value = String(Number(turn.value) + 1);
      const typed = new URLSearchParams(new FormData(form));
      typed.set("as", as);
      return typed;
    };
    const want = (as, delay) => {
      if (isOver) return;
      wanted = wanted === "answer" ? "answer" : as;
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    };

    async function send() {
      clearTimeout(timer);
      if (isSending || isOver || wanted === null) return;
      const as = wanted;
      wanted = null;
      isSending = true;
      let told = "";
      const typed = body(as);
      // Where a copy was taken, what is sent is on this machine before it goes.
      const kept = await waiting.keep(url, typed, form.id || document.querySelector("h1").textContent.split(". ")[0]);
      try {
        const answer = await fetch(url, { method: "POST", body: typed, signal: AbortSignal.timeout(20_000) });
        if (answer.ok) told = (await answer.text()).trim();
        else if (answer.status === 401) told = "signed-out";
        else if (answer.status < 500) told = "refused";
      } catch { /* No network, or no server: said below. */ }
      isSending = false;
      if (isOver) return;
      await hear(told, as, kept, typed);
      if (wanted !== null && (told !== "" || kept)) send();
    }

    async function hear(told, as, kept, typed) {
      const [word, time] = told.split(" ");
      if (told !== "") {
        failures = 0;
        await waiting.heard(kept, typed, word);
      } else if (kept) {
        await waiting.failed();
        return say(`Kept on this machine at ${copies.clock(Date.now())}. Not sent yet (${await waiting.count()} waiting).`);
      }
      switch (word) {
        case "saved": return say(`Saved at ${time}`);
        case "kept": return say(`Your words are kept, at ${time}`);
        case "conflict": return say("Another answer was saved meanwhile. Yours is kept: save it to see both.");
        case "closed": return say("This audit is no longer yours to change. Save to keep what you typed.");
        case "signed-out": return say("You are signed out. Save, and you are asked to sign in; what you typed goes with you.");
        case "refused": return say("This cannot be saved as it is. Save to see why.");
        default:
          failures += 1;
          say("Not saved: the server does not answer. It is tried again; do not close this page.");
          wanted = wanted ?? as;
          timer = setTimeout(send, Math.min(30_000, 1000 * 2 ** failures));
      }
    }

    form.addEventListener("input", (event) => want(event.target.type === "radio" ? "answer" : "words", event.target.type === "radio" ? 0 : PAUSE));
    form.addEventListener("change", (event) => want(["judgement", "seen", "found", "overruled"].includes(event.target.name) ? "answer" : "words", 0));
    form.addEventListener("submit", (event) => {
      // With every standard on one page, saving one leads to the next and not to another page.
      if ("quarterlightStays" in form.dataset && !isOver) {
        event.preventDefault();
        want("answer", 0);
        const forms = [...document.querySelectorAll("form[data-quarterlight-stays]")];
        const next = forms[forms.indexOf(form) + 1]?.querySelector("input[type=radio]:checked, input[type=radio]");
        (next ?? document.querySelector('main a[role="button"]'))?.focus();
        return;
      }
      if (hasCopy) {
        event.preventDefault();
        leave();
        return;
      }
      isOver = true;
      clearTimeout(timer);
      form.elements.turn.value = String(Number(form.elements.turn.value) + 1);
    });
    // With a copy on this machine nobody is led away from what they typed to a page that does not come.
    async function leave() {
      try {
        const there = await fetch(document.body.dataset.quarterlightHere, { method: "POST", signal: AbortSignal.timeout(8000) });
        if (there.status >= 500) throw new Error("The server does not answer.");
      } catch {
        return want("answer", 0);
      }
      isOver = true;
      clearTimeout(timer);
      await waiting.forget(url, new FormData(form));
      form.elements.turn.value = String(Number(form.elements.turn.value) + 1);
      form.submit();
    }
    addEventListener("online", () => { if (wanted !== null) send(); });
    // Somebody looks away, or closes the lid: what was typed is sealed now and not after the pause.
    document.addEventListener("visibilitychange", () => { if (hasCopy && document.hidden && wanted !== null) send(); });
    // Going away without the button: what is still to be sent goes with a request that outlives the page.
    addEventListener("pagehide", () => {
      if (isOver || (wanted === null && !isSending)) return;
      fetch(url, { method: "POST", body: body(wanted ?? "words"), keepalive: true }).catch(() => {});
    });
  });
}
