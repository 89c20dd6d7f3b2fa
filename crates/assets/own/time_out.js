// Before a session ends, the page asks, with two minutes to answer (WCAG 2.2.1). Nothing is lost either
// way: what was typed is kept, and goes through signing in.
{
  const seconds = Number(document.body.dataset.quarterlightIdle ?? 0);
  const WARNING = 120;
  if (seconds > 2 * WARNING) {
    let ends = Date.now() + seconds * 1000;
    // Whatever the page asks of the server counts as being there.
    const ask = window.fetch;
    window.fetch = async (...words) => {
      const answer = await ask(...words);
      if (answer.ok) ends = Date.now() + seconds * 1000;
      return answer;
    };

    const dialog = document.createElement("dialog");
    dialog.className = "quarterlight-time-out";
    dialog.setAttribute("aria-labelledby", "time-out");
    const heading = document.createElement("h2");
    heading.className = "govuk-heading-m";
    heading.id = "time-out";
    heading.textContent = "Are you still there?";
    const words = document.createElement("p");
    words.className = "govuk-body";
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "govuk-button";
    stay.textContent = "Stay signed in";
    dialog.append(heading, words, stay);
    document.body.append(dialog);

    let isOver = false;
    // Between the answer and its reply, however slow the server is, nobody is asked again.
    let isAsking = false;
    // Where there is no network, nobody can say that they are still there; a copy has its own end.
    let hasCopy = false;
    copies.isTaken(location.pathname).then((isSo) => { hasCopy = isSo; }).catch(() => {});
    const here = async () => {
      if (isOver) return location.reload();
      dialog.close();
      isAsking = true;
      try { await fetch(document.body.dataset.quarterlightHere, { method: "POST" }); } catch { /* The clock asks again. */ }
      isAsking = false;
    };
    stay.addEventListener("click", here);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); here(); });

    setInterval(() => {
      const left = ends - Date.now();
      if (!isOver && (left > WARNING * 1000 || (hasCopy && waiting.isCut()))) {
        if (dialog.open) dialog.close();
        return;
      }
      if (isAsking && left > 0) return;
      if (left > 0) {
        words.textContent = `You will be signed out at ${new Date(ends).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" })}. What you have typed is kept.`;
      } else {
        heading.textContent = "You are signed out";
        words.textContent = "What you have typed is kept. Sign in again to go on where you were.";
        stay.textContent = "Sign in";
        isOver = true;
      }
      if (!dialog.open) dialog.showModal();
    }, 1000);
  }
}
