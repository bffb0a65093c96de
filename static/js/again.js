// While something is still being looked for, ask for this page again and put in what is new.
// Without JavaScript the link "Look again" does it.
const place = document.getElementById("outlook");
let asks = 20;

async function look() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("outlook");
  if (!answer.ok || !fresh) return;
  if (fresh.querySelector("[data-again]")) return wait();
  const hadFocus = place.contains(document.activeElement);
  place.setAttribute("aria-live", "polite");
  place.replaceChildren(...fresh.childNodes);
  if (hadFocus) begin(place.querySelector("h1"));
}

// Whoever had the focus on what is gone goes on from here.
function begin(heading) {
  heading.tabIndex = -1;
  heading.focus();
}

function wait() {
  if (place.querySelector("[data-again]") && asks-- > 0) setTimeout(look, 3000);
}

wait();
