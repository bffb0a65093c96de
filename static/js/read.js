/* A person has opened the page that a notice told of: mark it as read, as the button would.
   Without this file the button does it. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-read]")) {
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).then(() => {
      form.remove();
    });
  }
})();
