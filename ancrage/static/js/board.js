// A board in columns: dragging a card chooses a step in its list, as the list itself would.
(() => {
  "use strict";

  let held = null;

  const steps = (card) => card.querySelector("[data-step]");
  const leadsTo = (card, column) =>
    [...(steps(card)?.options ?? [])].some((option) => option.value === column.dataset.column);

  // Only a card that has a next step can be dragged, whenever the board was put in place.
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (card) card.draggable = Boolean(steps(card)) && !event.target.closest("select, button, a");
  });

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.("[data-card]") ?? null;
    if (held) event.dataTransfer.effectAllowed = "move";
  });

  document.addEventListener("dragend", () => {
    held = null;
  });

  document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-column]");
    // Only a column that the card's own list offers takes it.
    if (held && column && leadsTo(held, column)) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-column]");
    if (!held || !column || !leadsTo(held, column)) return;
    event.preventDefault();
    const list = steps(held);
    list.value = column.dataset.column;
    list.form.requestSubmit();
  });
})();
