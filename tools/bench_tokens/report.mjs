// The tables of the bench, and its targets. These are judged by medians; on a machine that does other work as well the same from
// the quickest calls, which nothing interrupted, says more of the code, and stands beside.
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
  const time = (id, name, which) => {
    const values = known(id, name)?.[which] ?? [];
    if (values.length > 0) return which === "quickest" ? Math.min(...values) : median(values);
  };
  const speed = (id, name, which = "steady") => { const value = time(id, name, which); return value && bytes[name] / 1e3 / value; };
  const cells = (show) => counters.map(({ id }) => show(id));
  const heading = (title) => row(title, ...counters.map(({ name }) => name));

  console.log(`counting in o200k_base, Chromium ${version}, a worker each, medians of ${rounds} rounds in turn (load ${loads.before} to ${loads.after})`);
  heading("MB/s, steady");
  for (const name of cases) row(`  ${name}`, ...cells((id) => known(id, name).gaveUp ? why(known(id, name).gaveUp) : digits(speed(id, name))));
  heading("MB/s, quickest");
  for (const name of cases) row(`  ${name}`, ...cells((id) => known(id, name).gaveUp ? why(known(id, name).gaveUp) : digits(speed(id, name, "quickest"))));
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
    row("  JavaScript", ...cells((id) => kB(results[id].memory.all)));
  }
  const sum = (id, kind) => Object.values(weights[id]).reduce((total, sizes) => total + sizes[kind], 0);
  heading("bytes to fetch");
  for (const kind of ["raw", "gzip", "brotli"]) row(`  ${kind}`, ...cells((id) => kB(sum(id, kind))));
  for (const [part, sizes] of Object.entries(weights[OURS])) row(`  Foretoken's ${part}`, `${kB(sizes.raw)} raw`, `${kB(sizes.gzip)} gzip`, `${kB(sizes.brotli)} brotli`);
  console.log("peers count all of a text after an edit; gpt-tokenizer and ai-tokenizer remember words from call to call");

  differences(counters, cases, results);
  targets({ others: counters.map(({ id }) => id).filter((id) => id !== OURS), cases, results, weights, speed, time });
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

function targets({ others, cases, results, weights, speed, time }) {
  console.log("targets");
  const line = (what, value, limit, met, unit, least) => console.log(`  ${met ? "met   " : "MISSED"}  ${what.padEnd(50)}${`${digits(value)} ${unit}`.padStart(12)}   ${limit.padEnd(14)}${least === undefined ? "" : `quickest ${digits(least)}`}`.trimEnd());
  const known = (value) => value !== undefined && Number.isFinite(value);
  const least = (what, [value, quickest], limit, unit) => known(value) && line(what, value, `at least ${limit}`, value >= limit, unit, quickest);
  const most = (what, [value, quickest], limit, unit) => known(value) && line(what, value, `at most ${limit}`, value <= limit, unit, quickest);
  const has = (name) => cases.includes(name);
  const both = (figure) => [figure("steady"), figure("quickest")];
  for (const name of ["english 1 MB", "code 1 MB"].filter(has)) {
    least(`${name}, against gpt-tokenizer`, both((which) => speed(OURS, name, which) / speed("gpt_tokenizer", name, which)), 10, "x");
    least(`${name}, against tiktoken-rs`, both((which) => speed(OURS, name, which) / speed("tiktoken_rs", name, which)), 8, "x");
  }
  for (const name of ["CJK 1 MB", "eight scripts 1 MB"].filter(has)) {
    const best = (which) => Math.max(...others.map((id) => speed(id, name, which) ?? 0));
    least(`${name}, against the best of the others`, both((which) => speed(OURS, name, which) / best(which)), 1.5, "x");
  }
  for (const name of HOSTILE.map((name) => `${name} 1 MB`).filter(has)) least(name, both((which) => speed(OURS, name, which)), 10, "MB/s");
  for (const name of HOSTILE.filter((name) => has(`${name} 2 MB`))) {
    most(`${name}, 2 MB against 1 MB`, both((which) => time(OURS, `${name} 2 MB`, which) / time(OURS, `${name} 1 MB`, which)), 2.3, "x");
  }
  const starts = (id) => results[id].starts;
  const leastOfOthers = (figure) => Math.min(...others.map((id) => figure(starts(id))));
  const quickest = (values) => Math.min(...values);
  most("bytes to ready", [median(starts(OURS)), quickest(starts(OURS))], 40, "ms");
  most("bytes to ready, against the quickest of the others", [median, quickest].map((figure) => figure(starts(OURS)) / leastOfOthers(figure)), 0.25, "x");
  const { vocabulary, ...engine } = weights[OURS];
  const engineBytes = Object.values(engine).reduce((sum, { brotli }) => sum + brotli, 0);
  most("engine and vocabulary, brotli", [(engineBytes + vocabulary.brotli) / 1e3], 730, "kB");
  most("engine, brotli", [engineBytes / 1e3], 25, "kB");
  for (const [name, { samples = [] }] of Object.entries(results[OURS].edits)) {
    if (name.endsWith(" 1 MB")) most(`an edit in ${name}, p95`, [p95(samples)], name.startsWith("CJK") ? 1 : 0.5, "ms");
  }
}
