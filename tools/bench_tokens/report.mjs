// The tables of the bench, and its targets.
const OURS = "ours";
const HOSTILE = ["one letter", "spaces", "one word", "random letters"];

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const p95 = (values) => sorted(values)[Math.ceil(values.length * 0.95) - 1];
const digits = (value) => value === undefined || value === null || Number.isNaN(value) ? "–" : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toFixed(3);
const kB = (bytes) => (bytes === null ? "–" : `${Math.round(bytes / 1_000).toLocaleString("en")} kB`);
const row = (...cells) => console.log(cells.map((cell, at) => at === 0 ? String(cell).padEnd(30) : String(cell).padStart(21)).join("").trimEnd());

/** The short of why there is no figure. */
const why = (gaveUp) => gaveUp.startsWith(">") ? gaveUp : gaveUp.includes("unreachable") ? "trap" : "failed";

export function report({ counters, version, loads, rounds, cases, bytes, weights, results }) {
  const known = (id, name) => results[id]?.counts[name];
  const steady = (id, name) => known(id, name)?.steady.length ? median(known(id, name).steady) : undefined;
  const speed = (id, name) => steady(id, name) && bytes[name] / 1e3 / steady(id, name);
  const cells = (show) => counters.map(({ id }) => show(id));
  const heading = (title) => row(title, ...counters.map(({ name }) => name));

  console.log(`counting in o200k_base, Chromium ${version}, a worker each, medians of ${rounds} rounds in turn (load ${loads.before} to ${loads.after})`);
  heading("MB/s, steady");
  for (const name of cases) row(`  ${name}`, ...cells((id) => known(id, name).gaveUp ? why(known(id, name).gaveUp) : digits(speed(id, name))));
  heading("ms, first call");
  for (const name of cases) row(`  ${name}`, ...cells((id) => known(id, name).gaveUp ? why(known(id, name).gaveUp) : digits(median(known(id, name).first))));
  heading("bytes to ready, ms");
  row("  median", ...cells((id) => digits(median(results[id].starts))));
  row("  least", ...cells((id) => digits(sorted(results[id].starts)[0])));
  heading("one edit, ms");
  for (const name of Object.keys(results[OURS].edits)) {
    row(`  ${name}, p50`, ...cells((id) => { const { samples } = results[id].edits[name]; return samples ? digits(median(samples)) : "–"; }));
    row(`  ${name}, p95`, digits(p95(results[OURS].edits[name].samples ?? [])));
  }
  if (results[OURS].memory) {
    heading("memory after 1 MB of code");
    row("  wasm", ...cells((id) => kB(results[id].memory.wasm)));
    row("  the worker's in all", ...cells((id) => kB(results[id].memory.all)));
  }
  const sum = (id, kind) => Object.values(weights[id]).reduce((total, sizes) => total + sizes[kind], 0);
  heading("bytes to fetch");
  for (const kind of ["raw", "gzip", "brotli"]) row(`  ${kind}`, ...cells((id) => kB(sum(id, kind))));
  for (const [part, sizes] of Object.entries(weights[OURS])) row(`  Foretoken's ${part}`, `${kB(sizes.raw)} raw`, `${kB(sizes.gzip)} gzip`, `${kB(sizes.brotli)} brotli`);
  console.log("peers count all of a text after an edit; gpt-tokenizer and ai-tokenizer remember words from call to call");

  differences(counters, cases, results);
  targets({ others: counters.map(({ id }) => id).filter((id) => id !== OURS), cases, results, weights, speed, steady });
}

/** Where another counts otherwise. */
function differences(counters, cases, results) {
  for (const name of cases) {
    const ours = results[OURS].counts[name].tokens;
    for (const { id, name: other, exact } of counters) {
      const theirs = results[id].counts[name].tokens;
      if (theirs !== null && theirs !== ours) console.log(`${name}: ${ours} tokens here, ${theirs} in ${other}${exact ? ", which is exact: ONE OF THE TWO IS WRONG" : ""}`);
    }
  }
  for (const [name, { tokens, whole, failed }] of Object.entries(results[OURS].edits)) {
    if (failed || tokens !== whole) console.log(`edits of ${name}: ${failed ?? `${tokens} tokens after the last edit, ${whole} in the whole: WRONG`}`);
  }
}

function targets({ others, cases, results, weights, speed, steady }) {
  console.log("targets");
  const line = (what, value, limit, met, unit) => console.log(`  ${met ? "met   " : "MISSED"}  ${what.padEnd(52)}${(`${digits(value)} ${unit}`).padStart(12)}   ${limit}`);
  const least = (what, value, limit, unit) => value !== undefined && !Number.isNaN(value) && line(what, value, `at least ${limit}`, value >= limit, unit);
  const most = (what, value, limit, unit) => value !== undefined && !Number.isNaN(value) && line(what, value, `at most ${limit}`, value <= limit, unit);
  const has = (name) => cases.includes(name);
  for (const name of ["english 1 MB", "code 1 MB"].filter(has)) {
    least(`${name}, against gpt-tokenizer`, speed(OURS, name) / speed("gpt_tokenizer", name), 10, "x");
    least(`${name}, against tiktoken-rs`, speed(OURS, name) / speed("tiktoken_rs", name), 8, "x");
  }
  for (const name of ["CJK 1 MB", "eight scripts 1 MB"].filter(has)) {
    const best = Math.max(...others.map((id) => speed(id, name) ?? 0));
    least(`${name}, against the best of the others`, speed(OURS, name) / best, 1.5, "x");
  }
  for (const name of HOSTILE.map((name) => `${name} 1 MB`).filter(has)) least(name, speed(OURS, name), 10, "MB/s");
  for (const name of HOSTILE.filter((name) => has(`${name} 2 MB`))) most(`${name}, 2 MB against 1 MB`, steady(OURS, `${name} 2 MB`) / steady(OURS, `${name} 1 MB`), 2.3, "x");
  const ready = median(results[OURS].starts);
  most("bytes to ready", ready, 40, "ms");
  most("bytes to ready, against the quickest of the others", ready / Math.min(...others.map((id) => median(results[id].starts))), 0.25, "x");
  const { vocabulary, ...engine } = weights[OURS];
  const engineBytes = Object.values(engine).reduce((sum, { brotli }) => sum + brotli, 0);
  most("engine and vocabulary, brotli", (engineBytes + vocabulary.brotli) / 1e3, 730, "kB");
  most("engine, brotli", engineBytes / 1e3, 25, "kB");
  for (const [name, { samples = [] }] of Object.entries(results[OURS].edits)) {
    if (name.endsWith(" 1 MB")) most(`an edit in ${name}, p95`, p95(samples), name.startsWith("CJK") ? 1 : 0.5, "ms");
  }
}
