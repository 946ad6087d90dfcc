// Runs in the page: workers that are told what to do, and stopped where they take too long.
const workers = new Map();

function answer(worker, limit) {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve({ late: true }), limit);
    worker.onmessage = ({ data }) => { clearTimeout(late); resolve(data); };
    worker.onerror = (event) => { clearTimeout(late); resolve({ failed: event.message ?? "the worker broke" }); };
  });
}

export function stop(name) {
  workers.get(name)?.terminate();
  workers.delete(name);
}

export async function open(name) {
  stop(name);
  const worker = new Worker("worker.mjs", { type: "module" });
  workers.set(name, worker);
  await answer(worker, 60_000);
}

/** What the worker answers; `late` or `failed` where it does not, and then it is gone. */
export async function ask(name, order, limit) {
  const worker = workers.get(name);
  const said = answer(worker, limit);
  worker.postMessage(order);
  const result = await said;
  if (result.late || result.failed) stop(name);
  return result;
}

/** The bytes of JavaScript memory of all workers, as the browser knows them; WebAssembly's is not among them. */
export async function memory() {
  if (!performance.measureUserAgentSpecificMemory) return null;
  const late = new Promise((resolve) => { setTimeout(() => resolve(null), 60_000); });
  const measured = await Promise.race([performance.measureUserAgentSpecificMemory(), late]);
  const ofWorkers = measured?.breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope === "DedicatedWorkerGlobalScope"));
  return ofWorkers?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null;
}

Object.assign(globalThis, { bench: { open, stop, ask, memory } });
