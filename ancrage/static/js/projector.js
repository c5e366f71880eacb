// The screen of the room: counts the time left, rings, obeys the keyboard.
// Time comes from the server with each answer; between two answers it runs on performance.now(),
// so that a clock wrong by an hour changes nothing. All words are in the page.
(() => {
  "use strict";

  const room = document.querySelector("[data-projector]");
  if (!room) return;

  const EVERY = 4000;
  const LAST_MINUTE = 60000;
  const RINGING = 4000;

  let stage = room.querySelector(".stage");
  let heardAt = performance.now();
  let told = new Set();
  let askedToEnd = -Infinity;
  let acting = false;
  let auto = false;
  let sound = true;
  let audio = null;

  const left = () => Number(stage.dataset.left) - (performance.now() - heardAt);
  const phase = () => stage.dataset.phase;
  const sign = (name, on) => {
    room.querySelector(`[data-sign="${name}"]`).hidden = !on;
  };

  // A bell: three partials that die away, made here, no file from anywhere.
  const ring = (strokes) => {
    room.classList.add("is-ringing");
    window.setTimeout(() => room.classList.remove("is-ringing"), RINGING);
    if (!sound || !audio || audio.state !== "running") return;
    for (let stroke = 0; stroke < strokes; stroke += 1) {
      for (const [pitch, volume, lasts] of [
        [660, 0.5, 2.6],
        [1320, 0.25, 1.6],
        [1980, 0.12, 0.9],
      ]) {
        const start = audio.currentTime + stroke * 0.7;
        const tone = audio.createOscillator();
        const level = audio.createGain();
        tone.frequency.value = pitch;
        level.gain.setValueAtTime(0.0001, start);
        level.gain.exponentialRampToValueAtTime(volume, start + 0.01);
        level.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
        tone.connect(level).connect(audio.destination);
        tone.start(start);
        tone.stop(start + lasts);
      }
    }
  };

  // Browsers give sound only after a key or a click.
  const wake = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume();
  };

  const once = (what, act) => {
    const key = `${stage.dataset.stamp}:${what}`;
    if (told.has(key)) return;
    told.add(key);
    act();
  };

  const show = () => {
    const remaining = left();
    const time = stage.querySelector("[data-time]");
    if (!time) return;
    const running = phase() === "running" || phase() === "overtime";
    const passed = remaining <= 0;
    const seconds = Math.ceil(Math.abs(remaining) / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    time.textContent = passed && seconds > 0 ? `+${text}` : text;
    const total = Number(stage.dataset.total);
    stage.querySelector("[data-bar]").value = Math.min(1000, Math.max(0, 1000 - (1000 * remaining) / total));
    const last = running && !passed && remaining <= LAST_MINUTE && total > LAST_MINUTE;
    const state = passed ? (running ? "overtime" : "due") : last ? "last" : "time";
    stage.dataset.state = state;
    for (const words of stage.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state;
    if (last) once("last", () => ring(1));
    if (passed) once("passed", () => ring(running ? 3 : 2));
    if (passed && auto) once("auto", press);
  };

  const read = async () => {
    try {
      const answer = await fetch(room.dataset.stage, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      const fresh = holder.content.querySelector(".stage");
      if (!fresh) throw new Error("stage");
      heardAt = performance.now();
      if (fresh.dataset.stamp === stage.dataset.stamp) {
        stage.dataset.left = fresh.dataset.left;
      } else {
        const inside = stage.contains(document.activeElement);
        const before = phase();
        stage.replaceWith(fresh);
        stage = fresh;
        sign("confirm", false);
        if (inside) (stage.querySelector("#round-main") ?? room).focus();
        if (phase() === "running" && before !== "running" && before !== "overtime") once("begun", () => ring(1));
      }
      sign("offline", false);
    } catch {
      sign("offline", true);
    }
    show();
  };

  const send = async (form) => {
    if (acting) return;
    acting = true;
    try {
      // The answer leads back to this page: what was done is then read like any other change.
      await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    } catch {
      sign("offline", true);
    }
    acting = false;
    await read();
  };

  const press = () => {
    const main = stage.querySelector("#round-main");
    if (!main) return;
    if (phase() === "running" && left() > 0 && performance.now() - askedToEnd > 4000) {
      askedToEnd = performance.now();
      sign("confirm", true);
      window.setTimeout(() => sign("confirm", false), 4000);
      return;
    }
    send(main.form);
  };

  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  };

  const toggle = (name) => {
    if (name === "sound") sound = !sound;
    else auto = !auto;
    mark();
  };

  const mark = () => {
    for (const [name, on] of [["sound", sound], ["auto", auto]]) {
      const button = room.querySelector(`[data-toggle="${name}"]`);
      button.setAttribute("aria-pressed", String(on));
      button.querySelector("[data-on]").hidden = !on;
      button.querySelector("[data-off]").hidden = on;
    }
  };

  room.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
  room.addEventListener("click", (event) => {
    wake();
    const button = event.target.closest("[data-toggle]");
    if (button) toggle(button.dataset.toggle);
    if (event.target.closest("[data-full]")) full();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    wake();
    const key = event.key.toLowerCase();
    const onControl = event.target.closest?.("button, a");
    if (key === " " && !onControl) press();
    else if (key === "f") full();
    else if (key === "m") toggle("sound");
    else if (key === "a") toggle("auto");
    else if (key === "+") stage.querySelector("#round-minute")?.form.requestSubmit();
    else return;
    event.preventDefault();
  });

  mark();
  show();
  window.setInterval(show, 250);
  window.setInterval(read, EVERY);
})();
