// How long bills take in wasm: the JavaScript module in Node, JSON in and out, medians. The plan and the usage are those of
// examples/bench_billing.rs: 20 graduated charges of 5 tiers, a record a day in December 2026.
import { readFileSync } from "node:fs";
import init, { bill } from "../dist/foretoken/foretoken.js";

await init({ module_or_path: readFileSync(new URL("../dist/foretoken/foretoken_bg.wasm", import.meta.url)) });

const plan = (charges, tiers) => JSON.stringify({
  version: 1,
  name: "Bench",
  charges: Array.from({ length: charges }, (_, at) => ({
    id: `charge${at}`,
    quantity: { of: [`meter${at}`] },
    price: {
      graduated: {
        per: "1000",
        tiers: Array.from({ length: tiers }, (_, tier) => ({
          ...(tier + 1 < tiers && { up_to: String((tier + 1) * 10_000) }),
          amount: `0.${60 - 5 * (tier + 1)}`,
        })),
      },
    },
  })),
});

const usage = (records, meters) => JSON.stringify({
  version: 1,
  records: Array.from({ length: records }, (_, at) => ({
    at: new Date(Date.UTC(2026, 11, 1) + Math.floor((31 * 86_400) / records) * at * 1_000).toISOString(),
    quantities: Object.fromEntries(Array.from({ length: meters }, (_, meter) => [`meter${meter}`, String(1_000 + ((at * 7) % 1_000) + meter)])),
  })),
});

const RUNS = 25;
const AT_ONCE = 20;
const december = { from: "2026-12-01", until: "2026-12-31" };

console.log(`billing, wasm in Node, opt-level z, JSON in and out: median of ${RUNS}`);
for (const [charges, tiers, records] of [[3, 3, 3], [20, 5, 31]]) {
  const [asked, used] = [plan(charges, tiers), usage(records, charges)];
  for (let run = 0; run < 10 * AT_ONCE; run += 1) bill(asked, used, december); // compiled in full before it is timed
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    for (let run = 0; run < AT_ONCE; run += 1) bill(asked, used, december);
    return ((performance.now() - started) / AT_ONCE) * 1_000;
  }).sort((left, right) => left - right);
  const micros = times[Math.floor(RUNS / 2)];
  const name = `  ${charges} charges of ${tiers} tiers, ${records} records`;
  console.log(`${name.padEnd(58)}${micros.toFixed(1).padStart(12)} µs${Math.floor(1e6 / micros).toLocaleString("en").padStart(12)} a second`);
}
