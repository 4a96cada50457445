// A held conversation reads itself anew every few seconds, and the time left to write counts down.
// It rests while the page is hidden, and stops after half an hour without a touch: a session nobody uses must end.
"use strict";
(() => {
  const talk = document.querySelector("[data-live]");
  if (!talk) return;
  const every = 4000, longest = 30 * 60 * 1000;
  let touched = Date.now();
  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  }

  function countDown() {
    const line = document.getElementById("ventana");
    const until = line && Number(line.dataset.until);
    if (!until) return;
    const seconds = Math.floor(until - Date.now() / 1000);
    if (seconds <= 0) { location.reload(); return; }
    const spot = line.querySelector("strong") || line.insertBefore(document.createElement("strong"), line.firstChild);
    const two = (n) => String(n).padStart(2, "0");
    spot.textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} `;
  }

  async function look() {
    const now = document.getElementById("turnos");
    if (document.hidden || Date.now() - touched > longest || now.querySelector("details[open], .original")) return;
    const answer = await fetch(`${location.pathname}?live=1`, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("turnos");
    if (!fresh || fresh.textContent === now.textContent) return;
    const isAtEnd = innerHeight + scrollY > document.documentElement.scrollHeight - 400;
    now.replaceWith(fresh);
    const line = page.getElementById("ventana"), shown = document.getElementById("ventana");
    if (line && shown) shown.replaceWith(line);
    countDown();
    if (isAtEnd) scrollTo({ top: document.documentElement.scrollHeight });
  }

  countDown();
  setInterval(countDown, 1000);
  setInterval(() => look().catch(() => { /* the line is away: the next look comes in four seconds */ }), every);
})();
