// A board in columns: dropping a card presses the step of its menu that leads to the column.
(() => {
  "use strict";

  let held = null;

  const steps = (card) => [...card.querySelectorAll("[data-step]")];
  const stepTo = (card, column) =>
    steps(card).find((step) => step.value === column.dataset.column);

  // Only a card that has a next step can be dragged, whenever the board was put in place.
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (card) card.draggable = steps(card).length > 0 && !event.target.closest("details, a");
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
    // Only a column that the card's own menu offers takes it.
    if (held && column && stepTo(held, column)) event.preventDefault();
  });

  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-column]");
    const step = held && column && stepTo(held, column);
    if (!step) return;
    event.preventDefault();
    step.form.requestSubmit(step);
  });
})();
