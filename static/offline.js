// Keeps what was used, for use without a network. The page and its worker both do this for themselves, because the first visit
// runs before there is a service worker that could see their requests. The bytes come from the browser's HTTP cache.

const scope = new URL("./", import.meta.url).href;
const isHashed = (url) => url.startsWith(scope) && /\.[0-9a-f]{12}\.\w+$/.test(url);

/** Keeps every hashed file of ours that this page or worker has loaded, and will load. */
export async function keepWhatIsUsed() {
  if (!globalThis.caches) return; // an insecure address: no offline use there
  const cache = await caches.open(`foretoken ${scope} used`); // the name is also in sw.js
  const keep = async (url) => {
    if (!isHashed(url) || (await caches.match(url))) return;
    const answer = await fetch(url, { cache: "force-cache" });
    if (answer.ok) await cache.put(url, answer);
  };
  const see = (list) => list.getEntries().forEach(({ name }) => keep(name).catch(() => {}));
  new PerformanceObserver(see).observe({ type: "resource", buffered: true });
}
