/* While something is still being looked for, ask for this page again and put in what is new.
   Without this file the link "Look again" does it. */
(() => {
  "use strict";
  const EVERY = 3000; // milliseconds
  const MOST = 20; // looks, a minute: after that the link is there
  const place = document.getElementById("outlook");
  let looks = 0;

  const wait = () => {
    if (place.querySelector("[data-again]") && looks++ < MOST) setTimeout(look, EVERY);
  };

  const look = async () => {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("outlook");
    if (!answer.ok || !fresh) return;
    if (fresh.querySelector("[data-again]")) return wait();
    const hadFocus = place.contains(document.activeElement);
    place.setAttribute("aria-live", "polite");
    place.replaceChildren(...fresh.childNodes);
    if (hadFocus) begin(place.querySelector("h1"));
  };

  // Whoever had the focus on what is gone goes on from here.
  const begin = (heading) => {
    heading.tabIndex = -1;
    heading.focus();
  };

  wait();
})();
