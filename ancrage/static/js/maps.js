// A table row that names a commune lights it up on the map, and the other way round.
(() => {
  const marked = (event) => event.target.closest?.("[data-commune]");
  const show = (element, on) => {
    if (!element) return;
    const same = `[data-commune="${CSS.escape(element.dataset.commune)}"]`;
    document.querySelectorAll(same).forEach((one) => one.classList.toggle("is-lit", on));
  };
  document.addEventListener("pointerover", (event) => show(marked(event), true));
  document.addEventListener("pointerout", (event) => show(marked(event), false));
  document.addEventListener("focusin", (event) => show(marked(event), true));
  document.addEventListener("focusout", (event) => show(marked(event), false));
})();
