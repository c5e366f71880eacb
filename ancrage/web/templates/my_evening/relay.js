// Keeps one participant's evening for when the network is gone, below its own address only.
// The network first: what it says is newer. A link that died takes what was kept with it.
"use strict";

const PAGE = new URL("./", self.location).pathname;
const KEPT = `ancrage:${PAGE}`;
const PATIENCE = 4000;
const DEAD = new Set([403, 404, 410]);
const STATIC = new Set(["style", "script", "font", "image", "manifest"]);

const forget = async () => {
  await caches.delete(KEPT);
  await self.registration.unregister();
};

const late = () =>
  new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("late")), PATIENCE);
  });

// The page must know that it reads what was kept, to say how old it is.
const marked = (answer) => {
  const headers = new Headers(answer.headers);
  headers.set("Ancrage-Kept", "1");
  return new Response(answer.body, { status: answer.status, headers });
};

const fresh = async (request) => {
  const cache = await caches.open(KEPT);
  const key = new URL(request.url).pathname;
  try {
    const answer = await Promise.race([fetch(request), late()]);
    if (DEAD.has(answer.status)) await forget();
    else if (answer.ok) await cache.put(key, answer.clone());
    else if (answer.status >= 500) throw new Error("server");
    return answer;
  } catch (failure) {
    const kept = await cache.match(key, { ignoreVary: true });
    if (kept) return marked(kept);
    throw failure;
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
  if (url.pathname.startsWith(PAGE)) event.respondWith(fresh(request));
  else if (STATIC.has(request.destination)) event.respondWith(quick(event));
});

// The first visit loads its files before this script is there: the page names them.
self.addEventListener("message", (event) => {
  const keep = async () => {
    const cache = await caches.open(KEPT);
    await Promise.all(
      event.data.map(async (address) => {
        const { pathname } = new URL(address);
        const answer = await fetch(address);
        if (answer.ok) await cache.put(pathname.startsWith(PAGE) ? pathname : address, answer);
      }),
    );
  };
  event.waitUntil(keep());
});
