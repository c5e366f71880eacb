// The session of a reader who is signed out when idle: typing counts as being there, and two
// minutes before the end a button offers to stay. Every tab of the browser counts for all.
(() => {
  "use strict";

  const KEY = "ancrage:seen";
  const TICK = 15_000;
  const TYPING_STEP = 60_000;
  const WARNING = 120_000;

  const form = document.querySelector("form[data-idle]");
  if (!form) return;
  const idle = Number(form.dataset.idle) * 1000;
  const soon = form.querySelector("[data-idle-soon]");
  const over = form.querySelector("[data-idle-over]");
  let typed = false;

  const saw = () => localStorage.setItem(KEY, String(Date.now()));
  const since = () => Date.now() - Number(localStorage.getItem(KEY));

  const end = () => {
    soon.hidden = true;
    over.hidden = false;
    form.querySelector("button").hidden = true;
    form.hidden = false;
  };

  const stay = async () => {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      redirect: "manual",
    });
    if (answer.status === 204) {
      saw();
      look();
    } else if (answer.type === "opaqueredirect") {
      end();
    }
  };

  const look = () => {
    const passed = since();
    if (passed >= idle) {
      end();
      clearInterval(timer);
    } else if (typed && passed >= TYPING_STEP) {
      typed = false;
      stay().catch(() => {}); // no network: the next tick tries again
    } else {
      form.hidden = passed < idle - WARNING;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stay().catch(() => {});
  });
  document.addEventListener("input", () => {
    typed = true;
  });
  document.addEventListener("htmx:afterRequest", saw);

  saw();
  const timer = setInterval(look, TICK);
})();
