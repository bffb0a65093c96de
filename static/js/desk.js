/* Single keys for reviewers. All of it can be done without: by Tab, links and buttons.
   A switch turns them off (WCAG 2.1.4), and they do nothing while somebody types. */
(() => {
  "use strict";
  const OFF = "desk-keys-off";
  const help = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  if (!help || !keysOn) return;
  help.hidden = false;

  const remembered = () => {
    try { return localStorage.getItem(OFF) !== null; } catch { return false; }
  };
  keysOn.checked = !remembered();
  keysOn.addEventListener("change", () => {
    try {
      if (keysOn.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch { /* a browser that keeps nothing: the switch counts for this page */ }
  });

  const cases = [...document.querySelectorAll("a[data-case]")];
  const move = (step) => {
    if (cases.length) {
      const at = cases.indexOf(document.activeElement);
      const next = cases[at < 0 ? (step > 0 ? 0 : -1) : at + step];
      if (next) next.focus();
      return;
    }
    const link = document.querySelector(`.case-nav a[rel="${step > 0 ? "next" : "prev"}"]`);
    if (link) location.assign(link.href);
  };

  const form = document.querySelector("#decide form");
  const choose = (values) => {
    const choice = values.map((value) => form?.querySelector(`[name="decision"][value="${value}"]`)).find(Boolean);
    if (!choice) return;
    choice.checked = true;
    const saysYes = ["verify", "approve"].includes(choice.value);
    form.querySelector(saysYes ? "button[type=submit]" : "[name=reason]").focus();
  };

  const does = {
    j: () => move(1),
    k: () => move(-1),
    a: () => choose(["verify", "approve"]),
    d: () => choose(["decline"]),
    m: () => choose(["more_information"]),
  };
  const types = (element) => element.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (types(event.target) || !does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });
})();
