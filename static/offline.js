// Keeps what was used, for use without a network. The page and its worker both do this for themselves, because the first visit
// runs before there is a service worker that could see their requests. The bytes come from the browser's HTTP cache.

const scope = new URL("./", import.meta.url).href;
const isHashed = (url) => url.startsWith(scope) && /\.[0-9a-f]{12}\.\w+$/.test(url);

/** Whether these are the bytes that the name was made from: what a captive portal answers under it is not kept. */
async function isWhole(answer, url) {
  const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hash.startsWith(/\.([0-9a-f]{12})\.\w+$/.exec(url)[1]);
}

/** Keeps every hashed file of ours that this page or worker has loaded, and will load. */
export async function keepWhatIsUsed() {
  if (!globalThis.caches) return; // an insecure address: no offline use there
  const cache = await caches.open(`foretoken ${scope} used`); // the name is also in sw.js
  const seen = new Set(); // a fetch of ours is seen too: each file is tried once, or a failure would be tried for ever
  const keep = async (url) => {
    if (!isHashed(url) || seen.has(url)) return;
    seen.add(url);
    if (await caches.match(url)) return;
    const answer = await fetch(url, { cache: "force-cache" });
    if (answer.ok && (await isWhole(answer.clone(), url))) await cache.put(url, answer);
  };
  const see = (list) => list.getEntries().forEach(({ name }) => keep(name).catch(() => {}));
  new PerformanceObserver(see).observe({ type: "resource", buffered: true });
}
