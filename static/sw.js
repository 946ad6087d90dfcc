// Makes the page work offline: the shell at once, everything else once it was used (static/offline.js).
// VERSION, SHELL and HASHED are written by tools/finish.mjs.
const version = /* VERSION */ "";
const shell = /* SHELL */ [];
const hashed = new Set(/* HASHED */ []);

const scope = self.registration.scope;
const own = `foretoken ${scope}`; // caches are shared by all paths of an origin
const shellCache = `${own} shell ${version}`;
const usedCache = `${own} used`;
const nameOf = (url) => url.split(/[?#]/)[0].slice(scope.length);

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(shellCache);
    await cache.addAll(shell.map((name) => new Request(name, { cache: hashed.has(name.slice(2)) ? "default" : "no-cache" })));
    // Pages of an older version keep their own worker and caches until the last of them is closed. A lone page is the one that
    // has just loaded this version from the network.
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const pages = windows.filter(({ url }) => url.startsWith(scope));
    if (pages.length <= 1) await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${own} shell`) && name !== shellCache) await caches.delete(name);
    }
    const used = await caches.open(usedCache);
    for (const request of await used.keys()) {
      if (!hashed.has(nameOf(request.url))) await used.delete(request);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(scope)) return;
  const name = nameOf(request.url);
  if (hashed.has(name)) event.respondWith(keptOrFetched(request));
  else if (name === "entry.js") event.respondWith(freshOrKept(request, "./entry.js"));
  else if (request.mode === "navigate") event.respondWith(freshOrKept(request, "./"));
  else event.respondWith(keptOrFetched(request)); // of an older version
});

/** The page and its entry script: newest first, so that a reload shows a new version; what was kept when the network fails or hangs. */
async function freshOrKept(request, name) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(5000) });
    if (answer.ok) return answer;
    return (await caches.match(name, { cacheName: shellCache })) ?? answer;
  } catch (error) {
    const kept = await caches.match(name, { cacheName: shellCache });
    if (kept) return kept;
    throw error;
  }
}

/** Hashed files never change under their name. */
async function keptOrFetched(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}
