/* The quick way out: the button, or Shift three times within five seconds.
   Without this file the button posts, the server ends the session and leads away. */
(() => {
  "use strict";
  const PRESSES = 3;
  const WITHIN = 5000; // milliseconds
  const form = document.getElementById("leave");
  if (!form || !form.dataset.to) return;

  const leave = () => {
    document.body.hidden = true;
    // Goes on after this page is gone. Its answer leads to the other site, so nobody follows it.
    fetch(form.action, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    location.replace(form.dataset.to); // "back" does not come here again
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const now = event.timeStamp;
    // Another key in between means that somebody writes capital letters.
    presses = event.key === "Shift" ? [...presses.filter((then) => now - then < WITHIN), now] : [];
    if (presses.length >= PRESSES) leave();
  });
})();
