/* Another language in the middle of a form: what was typed comes along to the same page.
   It lies in this tab alone, between the two pages, and is gone as soon as it is read. */
(() => {
  "use strict";
  const KEPT = "typed";
  const NEVER = ["hidden", "password", "file", "submit", "button"];
  const fields = () =>
    [...document.querySelectorAll("main form[method=post] [name]")].filter(
      (field) => "value" in field && !NEVER.includes(field.type),
    );
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
  const stateOf = (field) => (isTicked(field) ? field.checked : field.value);

  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (kept) {
    const { path, values } = JSON.parse(kept);
    const now = fields();
    if (path === location.pathname && values.length === now.length) {
      now.forEach((field, at) => {
        field[isTicked(field) ? "checked" : "value"] = values[at];
      });
    }
  }

  document.querySelector("form.language")?.addEventListener("submit", () => {
    const values = fields().map(stateOf);
    if (values.length) {
      sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, values }));
    }
  });
})();
