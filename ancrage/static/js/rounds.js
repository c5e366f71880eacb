// The time left of a round, second by second. Counted from what the server said, never from a clock.
(() => {
  "use strict";

  let from = null;
  let said = null;

  const tick = () => {
    const shown = document.querySelector("#pulse [data-left]");
    if (!shown) return;
    if (shown !== said) {
      said = shown;
      from = performance.now();
    }
    const left = Math.max(0, Number(shown.dataset.left) - (performance.now() - from));
    const seconds = Math.ceil(left / 1000);
    shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  window.setInterval(tick, 500);
})();
