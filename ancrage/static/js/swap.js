// After htmx: says in the status region what changed, puts the focus where it belongs.
// The only file that listens to htmx, so that another version changes one file.
(() => {
  "use strict";

  const status = document.getElementById("status");

  const say = (words) => {
    // The same words twice are not read twice unless the region empties in between.
    status.textContent = "";
    window.setTimeout(() => {
      status.textContent = words;
    }, 60);
  };

  document.addEventListener("ancrage:say", (event) => say(event.detail));

  const settle = (target) => {
    const spoken = target.querySelector("[data-announce]") ?? target.closest("[data-announce]");
    if (spoken) say(spoken.textContent.trim().replace(/\s+/g, " "));
    const wanted = target.matches("[data-focus]") ? target : target.querySelector("[data-focus]");
    if (wanted) wanted.focus();
  };

  document.addEventListener("htmx:afterSettle", (event) => settle(event.detail.elt));
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => say(status.dataset.failed));
  }

  // A server error has a page of its own: show it rather than nothing.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 401 || event.detail.xhr.status === 403) {
      window.location.reload();
    }
  });

  const summary = document.querySelector(".error-summary[data-focus]");
  if (summary) summary.focus();
})();
