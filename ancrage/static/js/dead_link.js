// A personal link that opens nothing any more: what its pages kept on this telephone goes too.
(async () => {
  "use strict";

  const LINK = /^(.*\/moi\/[^/]+\/)/;
  const [link] = window.location.pathname.match(LINK) ?? [];
  if (!link) return;

  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("ancrage:") && key.includes(`:${link}`)) localStorage.removeItem(key);
  }
  const names = (await globalThis.caches?.keys()) ?? [];
  const ours = names.filter((name) => name.startsWith(`ancrage:${link}`));
  await Promise.all(ours.map((name) => caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const below = workers.filter((worker) => new URL(worker.scope).pathname.startsWith(link));
  await Promise.all(below.map((worker) => worker.unregister()));
})();
