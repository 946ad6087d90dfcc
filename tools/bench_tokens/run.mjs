// Counting against four others that know o200k_base, in headless Chromium: every counter in a worker of its own, all of them in
// turn on every text, in rounds. Prints medians, and whether they meet the targets; all figures go to target/bench/tokens.json.
// `ROUNDS=1 COUNTERS=ours,tiktoken_rs node tools/bench_tokens/run.mjs english code` takes one round with two of them over the texts
// that have one of these words.
import { createReadStream, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { FLAGS, findBrowser, installCommand } from "../browser.mjs";
import { COUNTERS as ALL, build } from "./build.mjs";
import { report } from "./report.mjs";

const OUT = fileURLToPath(new URL("../../target/bench", import.meta.url));
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const STARTS = Number(process.env.STARTS ?? 9);
/** A call that takes longer is stopped: its worker ends. */
const PATIENCE = 10_000;
const EDITS = 300;
const EDITS_OF_OTHERS = 4;
const ONLY = process.argv.slice(2);
const COUNTERS = process.env.COUNTERS ? ALL.filter(({ id }) => process.env.COUNTERS.split(",").includes(id)) : ALL;
/** What takes longer to start is not started only to see how long that takes. */
const SLOW_START = 2_000;

const TEXTS = ["english 1 kB", "mixed 100 kB", "english 1 MB", "code 1 MB", "code 10 MB", "CJK 1 MB", "eight scripts 1 MB", "base64 1 MB"];
const HOSTILE = ["one letter", "spaces", "one word", "random letters"];
const EDITED = ["english 1 MB", "code 1 MB", "CJK 1 MB", "english 10 MB", "code 10 MB", "CJK 10 MB"];
const wanted = (name) => ONLY.length === 0 || ONLY.some((word) => name.includes(word));
const cases = [...TEXTS, ...HOSTILE.flatMap((name) => [1, 2, 10].map((megabytes) => `${name} ${megabytes} MB`))].filter(wanted);

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm" };

/** Isolated from other origins, so that clocks are fine and memory may be measured. */
function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replaceAll("..", "");
    const file = path === "/" ? "/index.html" : path;
    const stream = createReadStream(join(folder, file));
    stream.on("error", () => response.writeHead(404).end());
    stream.once("open", () => {
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cache-control": "no-store",
      });
      stream.pipe(response);
    });
  });
  return new Promise((resolve) => { server.listen(0, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() })); });
}

const load = () => loadavg()[0].toFixed(1);
const say = (text) => process.stderr.write(`${text}\n`);

class Bench {
  results = Object.fromEntries(COUNTERS.map(({ id }) => [id, { starts: [], counts: {}, edits: {}, memory: null }]));

  constructor(page) {
    this.page = page;
  }

  ask(id, order, limit = 120_000) {
    return this.page.evaluate(([name, job, time]) => bench.ask(name, job, time), [id, order, limit]);
  }

  stop(id) {
    return this.page.evaluate((name) => bench.stop(name), id);
  }

  /** A new worker with its counter ready. */
  async start({ id, files }) {
    await this.page.evaluate((name) => bench.open(name), id);
    const { milliseconds, failed } = await this.ask(id, { job: "start", script: `${id}.js`, files });
    if (failed) throw new Error(`${id} does not start: ${failed}`);
    this.results[id].starts.push(milliseconds);
    this.running.add(id);
  }

  running = new Set();

  async counts(round) {
    for (const counter of COUNTERS) await this.start(counter);
    for (const name of cases) {
      for (const counter of COUNTERS) await this.count(counter, name);
      say(`round ${round + 1}: ${name} (load ${load()})`);
    }
    // The last ones stay for the edits.
    if (round + 1 < ROUNDS) await this.stopAll();
  }

  async stopAll() {
    for (const { id } of COUNTERS) await this.stop(id);
    this.running.clear();
  }

  /** What took too long, or broke, is not tried again, nor are more megabytes of it. */
  async count(counter, name) {
    const { counts } = this.results[counter.id];
    const family = name.replace(/ \d+ .B$/, "");
    const gaveUp = Object.keys(counts).find((other) => other.startsWith(family) && counts[other].gaveUp);
    const known = (counts[name] ??= { first: [], steady: [], quickest: [], tokens: null });
    if (gaveUp) {
      known.gaveUp ??= counts[gaveUp].gaveUp;
      return;
    }
    if (!this.running.has(counter.id)) await this.start(counter);
    // The worker also repeats what was quick.
    const result = await this.ask(counter.id, { job: "count", name }, PATIENCE + 4_000);
    if (result.late || result.failed || result.first > PATIENCE) {
      this.running.delete(counter.id);
      known.gaveUp = result.failed ?? "> 10 s";
      return;
    }
    known.first.push(result.first);
    known.steady.push(result.steady);
    known.quickest.push(result.quickest);
    known.tokens = result.tokens;
  }

  async edits() {
    for (const name of EDITED.filter(wanted)) {
      for (const counter of COUNTERS) {
        const incremental = counter.id === "ours";
        if (!this.running.has(counter.id)) await this.start(counter);
        const times = incremental ? EDITS : EDITS_OF_OTHERS;
        const result = await this.ask(counter.id, { job: "edits", name, times, incremental }, 180_000);
        if (result.late || result.failed) this.running.delete(counter.id);
        this.results[counter.id].edits[name] = result;
      }
      say(`edits: ${name} (load ${load()})`);
    }
  }

  /** What a worker holds that has counted a megabyte of code, above one that has not begun. */
  async memory() {
    await this.stopAll();
    await this.page.evaluate(() => bench.open("idle"));
    const idle = await this.page.evaluate(() => bench.memory());
    await this.stop("idle");
    for (const counter of COUNTERS) {
      await this.start(counter);
      await this.ask(counter.id, { job: "count", name: "code 1 MB" });
      const { bytes } = await this.ask(counter.id, { job: "memory" });
      const all = await this.page.evaluate(() => bench.memory());
      this.results[counter.id].memory = { wasm: bytes, all: all && idle !== null ? all - idle : null };
      await this.stop(counter.id);
      say(`memory: ${counter.id} (load ${load()})`);
    }
    this.running.clear();
  }
}

async function main() {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error(`there is no Chromium: ${installCommand()}`);
  const folder = join(OUT, "tokens");
  say("building what is compared, and the texts");
  const { weights, bytes } = await build(folder);
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, "--enable-blink-features=ForceEagerMeasureMemory"] });
  const loads = { before: load() };
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => globalThis.bench);
    const bench = new Bench(page);
    for (let turn = ONLY.length ? STARTS : 0; turn < STARTS; turn += 1) {
      for (const counter of COUNTERS) {
        if (bench.results[counter.id].starts[0] > SLOW_START) continue;
        await bench.start(counter);
        await bench.stop(counter.id);
      }
    }
    bench.running.clear();
    for (let round = 0; round < ROUNDS; round += 1) await bench.counts(round);
    await bench.edits();
    if (ONLY.length === 0) await bench.memory();
    loads.after = load();
    const all = { counters: COUNTERS, version: browser.version(), loads, rounds: ROUNDS, cases, bytes, weights, results: bench.results };
    mkdirSync(OUT, { recursive: true });
    writeFileSync(join(OUT, "tokens.json"), JSON.stringify(all, null, 1));
    report(all);
  } finally {
    await browser.close();
    server.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exit(1);
}
