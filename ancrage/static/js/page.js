// Small helps of a page: unsaved changes, copy, close, tabs in sight, tick all, rows and their outlines on the map.
(() => {
  "use strict";

  // A long form (data-guard) asks before it is left with changes in it.
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) changed = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-guard]")) changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const source = document.getElementById(copy.dataset.copy);
      const items = [...source.querySelectorAll("li")];
      const text = (items.length ? items : [source])
        .map((item) => item.textContent.trim())
        .join("\n");
      await navigator.clipboard.writeText(text);
      copy.querySelector("[data-copy-label]").textContent = copy.dataset.copied;
      document.dispatchEvent(new CustomEvent("ancrage:say", { detail: copy.dataset.copied }));
    }
    const close = event.target.closest("[data-dismiss]");
    if (close) {
      close.closest("[data-dismissible]").remove();
      document.getElementById("contenu").focus({ preventScroll: true });
    }
  });

  // On a phone the tab of this page may stand beyond the edge of their strip.
  for (const tab of document.querySelectorAll(".tabs a[aria-current]")) {
    const strip = tab.closest(".tabs");
    const [seen, whole] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += seen.left - whole.left - (whole.width - seen.width) / 2;
  }

  // One box (data-check-all="name") ticks or clears all those of that name in its form.
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-check-all]");
    if (!all) return;
    const boxes = all.form.querySelectorAll(`input[name="${CSS.escape(all.dataset.checkAll)}"]`);
    for (const box of boxes) box.checked = all.checked;
  });

  // « Filtrer » says how many filters are in force, the search apart.
  document.addEventListener("change", (event) => {
    const shown = event.target.closest("form.filters")?.querySelector("[data-filters-count]");
    if (!shown) return;
    const { form } = event.target;
    const apart = [...form.querySelectorAll("[type=search], [type=hidden], [type=range]")];
    const others = new Set(apart.map((control) => control.name));
    const counted = [...new FormData(form)].filter(
      ([name, value]) => value !== "" && !others.has(name),
    );
    shown.textContent = counted.length;
    shown.hidden = counted.length === 0;
  });

  // A slider says its value beside it.
  document.addEventListener("input", (event) => {
    if (event.target.type !== "range") return;
    const shown = event.target.parentElement.querySelector(".affix__unit");
    if (shown) shown.textContent = event.target.value;
  });

  // The contents of a long page (data-contents) mark the part that is read: the last heading that
  // has passed the upper third of the window.
  const headings = new Map(
    [...document.querySelectorAll("[data-contents] a")].map((link) => [
      document.getElementById(link.hash.slice(1)),
      link,
    ]),
  );
  headings.delete(null);
  const mark = () => {
    const third = window.innerHeight / 3;
    const passed = [...headings.keys()].filter(
      (heading) => heading.getBoundingClientRect().top <= third,
    );
    for (const [heading, link] of headings) {
      if (heading === passed.at(-1)) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  if (headings.size) document.addEventListener("scroll", mark, { passive: true });

  // A row (data-place) lights the shape of the same place on the map, and the reverse.
  const light = (event, on) => {
    const place = event.target.closest("[data-place]")?.dataset.place;
    if (!place) return;
    for (const one of document.querySelectorAll(`[data-place="${CSS.escape(place)}"]`)) {
      one.classList.toggle("is-lit", on);
    }
  };
  document.addEventListener("pointerover", (event) => light(event, true));
  document.addEventListener("pointerout", (event) => light(event, false));
  document.addEventListener("focusin", (event) => light(event, true));
  document.addEventListener("focusout", (event) => light(event, false));
})();
