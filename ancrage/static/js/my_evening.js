// A participant's evening: asks again what changes, tells the right table at the right time
// without network, and keeps answers until they can be sent. Nothing stays on a telephone after
// the end that the server gives to it, nor once the link is dead.
(() => {
  "use strict";

  const EVERY = 20_000;
  const TICK = 5_000;
  const DEAD = new Set([403, 404, 410]);

  const page = document.querySelector("[data-evening]");
  if (!page) return;
  const WAITING = `ancrage:answers:${window.location.pathname}`;
  const OFFSET = `ancrage:clock:${window.location.pathname}`;
  const evening = () => document.getElementById("soiree");
  const shown = (name, on) => {
    page.querySelector(`[data-${name}]`).hidden = !on;
  };

  const KEPT = `ancrage:${window.location.pathname}`;
  const forget = async () => {
    localStorage.removeItem(WAITING);
    localStorage.removeItem(OFFSET);
    await globalThis.caches?.delete(KEPT);
  };

  // The clock of the telephone may be wrong by an hour: the server's counts.
  let offset = Number(localStorage.getItem(OFFSET)) || 0;
  const learn = (part) => {
    offset = Date.parse(part.dataset.now) - Date.now();
    localStorage.setItem(OFFSET, String(offset));
  };

  // On the first visit nothing was kept: the page comes from the server.
  if (localStorage.getItem(OFFSET) === null) learn(evening());

  let isOffline = false;
  const tell = (offline) => {
    isOffline = offline;
    shown("offline", offline);
    page.querySelector("[data-received-at]").textContent = evening().dataset.received;
  };

  const meetingOf = (part) => part.closest("[id]").id;

  const atWork = (part) =>
    [...part.querySelectorAll("form[data-mark]")].some(
      (form) => form.contains(document.activeElement) || form.dataset.changed,
    );

  // Without network, the panel of this moment was sent with the page.
  const locate = () => {
    if (!isOffline) return;
    const now = Date.now() + offset;
    const panels = [...evening().querySelectorAll("template[data-at]")];
    const due = panels.filter((panel) => Date.parse(panel.dataset.at) <= now).pop();
    const place = evening().querySelector("[data-panel]");
    if (due && place) place.replaceChildren(due.content.cloneNode(true));
  };

  const end = async () => {
    timers.forEach(window.clearInterval);
    const main = document.getElementById("contenu");
    main.replaceChildren(page.querySelector("template[data-nothing]").content.cloneNode(true));
    document.title = main.querySelector("h1").textContent;
    await forget();
  };

  const isOver = () => Date.now() + offset >= Date.parse(evening().dataset.until);

  // What a reader may be using is replaced only when it says something else.
  const words = (stops) => stops?.innerHTML.replace(/name="csrfmiddlewaretoken"[^>]*/g, "");

  const take = (html) => {
    const part = new DOMParser().parseFromString(html, "text/html").getElementById("soiree");
    if (!part) return null;
    const before = evening();
    const stops = before.querySelector("[data-stops]");
    const coming = part.querySelector("[data-stops]");
    if (stops && coming && (atWork(stops) || stops.dataset.words === words(coming))) {
      coming.replaceWith(stops);
    } else if (coming) {
      coming.dataset.words = words(coming);
    }
    const open = new Set([...before.querySelectorAll("details[open]")].map(meetingOf));
    before.replaceWith(part);
    for (const one of part.querySelectorAll("details")) {
      if (open.has(meetingOf(one))) one.open = true;
    }
    return part;
  };

  const ask = async () => {
    if (!page.isConnected) return;
    try {
      const answer = await fetch(page.dataset.refresh, { cache: "no-store" });
      if (DEAD.has(answer.status)) {
        await forget();
        // The server says why; it is its page from now on.
        window.location.reload();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const isKept = answer.headers.has("Ancrage-Kept");
      const part = take(await answer.text());
      if (part && !isKept) learn(part);
      tell(isKept);
    } catch {
      tell(true);
    }
    if (isOffline && isOver()) {
      await end();
      return;
    }
    locate();
    if (!isOffline) await send();
  };

  const waiting = () => JSON.parse(localStorage.getItem(WAITING) ?? "{}");
  const keep = (answers) => {
    if (Object.keys(answers).length) localStorage.setItem(WAITING, JSON.stringify(answers));
    else localStorage.removeItem(WAITING);
    shown("waiting", Object.keys(answers).length > 0);
  };

  // True once the server has answered, whatever it said.
  const post = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(body),
      headers: { Accept: "application/json" },
    });
    if (answer.status === 422) {
      const { mistake } = await answer.json();
      page.querySelector("[data-refused-words]").textContent = mistake;
      shown("refused", true);
    } else if (!answer.ok) {
      throw new Error(String(answer.status));
    }
  };

  const sendAll = async () => {
    // The token of the page of now: that of an hour ago may have changed.
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const [address, body] of Object.entries(waiting())) {
      try {
        await post(address, { ...body, ...(token && { csrfmiddlewaretoken: token }) });
      } catch {
        break;
      }
      // What was said again while this left is still to be sent.
      const { [address]: said, ...others } = waiting();
      if (JSON.stringify(said) === JSON.stringify(body)) keep(others);
    }
  };

  // One after the other: the last answer arrives last.
  let sending = Promise.resolve();
  const send = () => {
    sending = sending.then(sendAll);
    return sending;
  };

  page.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-mark]");
    if (form) form.dataset.changed = "1";
  });

  page.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-mark]");
    if (!form) return;
    event.preventDefault();
    const address = new URL(form.action).pathname;
    keep({ ...waiting(), [address]: Object.fromEntries(new FormData(form)) });
    delete form.dataset.changed;
    const meeting = meetingOf(form);
    // Out of the form, so that the answer to come may replace it.
    form.closest("details").open = false;
    form.closest("details").querySelector("summary").focus();
    await send();
    await ask();
    document.getElementById(meeting)?.querySelector("summary")?.focus();
    document.dispatchEvent(new CustomEvent("ancrage:say", { detail: page.dataset.kept }));
  });

  window.addEventListener("online", ask);
  window.addEventListener("offline", () => tell(true));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  const timers = [window.setInterval(ask, EVERY), window.setInterval(locate, TICK)];
  keep(waiting());
  ask();

  const prepare = async () => {
    await navigator.serviceWorker.register(page.dataset.relay, { scope: window.location.pathname });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((entry) => entry.name);
    const own = files.filter((name) => name.startsWith(window.location.origin));
    active.postMessage([...new Set([window.location.href.split("#")[0], ...own])]);
  };
  if ("serviceWorker" in navigator) prepare();
})();
