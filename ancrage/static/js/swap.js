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

  // The address keeps what a reader asked: no empty field, and the order chosen in the table.
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    if (!elt.matches("form.filters")) return;
    const names = new Set([...elt.elements].map((control) => control.name));
    const asked = [...formData].filter(([, value]) => value !== "");
    const others = [...new URLSearchParams(window.location.search)].filter(
      ([name]) => name !== "page" && !names.has(name),
    );
    for (const name of [...formData.keys()]) formData.delete(name);
    for (const [name, value] of [...asked, ...others]) formData.append(name, value);
  });

  // Seen as well as heard: the words wait in a <template> of the page.
  const fail = () => {
    const messages = document.getElementById("messages");
    messages.replaceChildren(document.getElementById("failure").content.cloneNode(true));
    messages.scrollIntoView({ block: "nearest" });
  };
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, fail);
  }

  // A whole page where a part was expected: the session has ended, or the view moved on.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    const asked = new URL(requestConfig.path, window.location.href).pathname;
    const moved = new URL(xhr.responseURL).pathname !== asked;
    if (!/^\s*<!doctype/i.test(xhr.responseText)) return;
    if (requestConfig.verb !== "get" && !moved) return;
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  });

  // What is typed while an answer is awaited stays: the part that comes was made without it.
  const sent = new WeakMap();
  const typed = new WeakMap();
  const state = (control) =>
    /^(checkbox|radio)$/.test(control.type) ? "checked" : "value";
  const controls = (part) => [...part.querySelectorAll("input[id], select[id], textarea[id]")];
  document.addEventListener("htmx:beforeSend", ({ detail: { xhr, target } }) => {
    const values = controls(target).map((one) => [one.id, one[state(one)]]);
    sent.set(xhr, new Map(values));
  });
  document.addEventListener("htmx:beforeSwap", ({ detail: { xhr, target } }) => {
    const before = sent.get(xhr) ?? new Map();
    const changed = controls(target).filter(
      (one) => before.has(one.id) && before.get(one.id) !== one[state(one)],
    );
    const { activeElement: active } = document;
    typed.set(
      xhr,
      changed.map((one) => [one.id, one[state(one)], one === active && one.selectionStart]),
    );
  });
  document.addEventListener("htmx:afterSwap", ({ detail: { xhr } }) => {
    for (const [id, value, caret] of typed.get(xhr) ?? []) {
      const control = document.getElementById(id);
      if (!control) continue;
      control[state(control)] = value;
      if (typeof caret === "number") control.setSelectionRange(caret, caret);
    }
  });

  const summary = document.querySelector(".error-summary[data-focus]");
  if (summary) summary.focus();
})();
