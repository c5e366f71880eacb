{% load i18n %}// Keeps one participant's evening for when the network is gone, below its own address only.
// The network first: what it says is newer. A link that died takes what was kept with it; so does
// the end that the server gives to what it sends, for a telephone that does not come back.
"use strict";

const PAGE = new URL("./", self.location).pathname;
const KEPT = `ancrage:${PAGE}`;
const PATIENCE = 4000;
const DEAD = new Set([403, 404, 410]);
const STATIC = new Set(["style", "script", "font", "image", "manifest"]);
const LIFE = "Ancrage-Keep-For";
const UNTIL = "Ancrage-Kept-Until";
const NOTHING = `{% filter escapejs %}{% include "my_evening/_ended.html" %}{% endfilter %}`;

const forget = async () => {
  await caches.delete(KEPT);
  await self.registration.unregister();
};

const late = () =>
  new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("late")), PATIENCE);
  });

const withHeader = (answer, name, value) => {
  const headers = new Headers(answer.headers);
  headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
};

// The page must know that it reads what was kept, to say how old it is.
const marked = (answer) => withHeader(answer, "Ancrage-Kept", "1");

// The server gives a length of time: a clock that is wrong is as wrong at both ends.
const keep = async (cache, key, answer) => {
  if (!answer.headers.has(LIFE)) return;
  const end = Date.now() + 1000 * Number(answer.headers.get(LIFE));
  await cache.put(key, withHeader(answer, UNTIL, String(end)));
};

const isOver = (kept) => Date.now() >= Number(kept.headers.get(UNTIL));

// What the page keeps by itself goes by a script: a worker does not reach it.
const nothingKept = (script = "") =>
  new Response(NOTHING.replace("</body>", () => `${script}</body>`), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    },
  });

const forgetting = () => {
  const names = ["answers", "clock"].map((name) => JSON.stringify(`ancrage:${name}:${PAGE}`));
  const words = names.map((name) => `localStorage.removeItem(${name});`).join("\n");
  return new Response(words, { headers: { "Content-Type": "text/javascript" } });
};

const fresh = async (request) => {
  const cache = await caches.open(KEPT);
  const key = new URL(request.url).pathname;
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (DEAD.has(answer.status)) await forget();
    else if (answer.ok) await keep(cache, key, answer.clone());
    else if (answer.status >= 500) throw new Error("server");
    return answer;
  } catch (failure) {
    const kept = await cache.match(key, { ignoreVary: true });
    if (kept && !isOver(kept)) return marked(kept);
    if (kept) await caches.delete(KEPT);
    if (request.mode !== "navigate") throw failure;
    return nothingKept(kept && '<script src="oubli.js"></script>');
  }
};

// What was kept at once, and asked again for the next time.
const quick = async (event) => {
  const { request } = event;
  const cache = await caches.open(KEPT);
  const ask = async () => {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  };
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (!kept) return ask();
  event.waitUntil(ask().catch(() => {}));
  return kept;
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname === `${PAGE}oubli.js`) event.respondWith(forgetting());
  else if (url.pathname.startsWith(PAGE)) event.respondWith(fresh(request));
  else if (STATIC.has(request.destination)) event.respondWith(quick(event));
});

// The first visit loads its files before this script is there: the page names them.
self.addEventListener("message", (event) => {
  const keepAll = async () => {
    const cache = await caches.open(KEPT);
    await Promise.all(
      event.data.map(async (address) => {
        const { pathname } = new URL(address);
        const answer = await fetch(address);
        if (!answer.ok) return;
        if (pathname.startsWith(PAGE)) await keep(cache, pathname, answer);
        else await cache.put(address, answer);
      }),
    );
  };
  event.waitUntil(keepAll());
});
