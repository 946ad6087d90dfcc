// One counter in a worker of its own. Is told what to measure, and answers with milliseconds.
let counter;
let text = { name: "", content: "" };

/** Steady calls are repeated for so long, or so often. */
const MILLISECONDS = 400;
const SAMPLES = 100;
const FEWEST = 3;
/** A call that takes longer is not repeated. */
const SLOW = 2_000;
/** Before that a browser may take so long to compile well what it runs often. */
const WARM_UP = 200;
/** Several calls are timed together until they take so long. */
const READABLE = 1;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function load(name) {
  if (text.name !== name) text = { name, content: await (await fetch(`texts/${encodeURIComponent(name)}.txt`)).text() };
  return text.content;
}

/** From bytes that are there to the first count: modules are evaluated and compiled, tables are built. */
async function start({ script, files }) {
  const bytes = async (path) => (await fetch(path)).arrayBuffer();
  const names = Object.keys(files);
  const [program, ...contents] = await Promise.all([script, ...Object.values(files)].map(bytes));
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const given = Object.fromEntries(names.map((name, at) => [name, contents[at]]));
  const started = performance.now();
  const { default: make } = await import(url);
  counter = await make(given);
  counter.count("a");
  return { milliseconds: performance.now() - started };
}

async function count({ name }) {
  const content = await load(name);
  const timed = (calls) => {
    let tokens;
    const started = performance.now();
    for (let call = 0; call < calls; call += 1) tokens = counter.count(content);
    return { tokens, milliseconds: (performance.now() - started) / calls };
  };
  const first = timed(1);
  if (first.milliseconds > SLOW) return { first: first.milliseconds, steady: first.milliseconds, quickest: first.milliseconds, tokens: first.tokens };
  let quickest = first.milliseconds;
  for (const started = performance.now(); performance.now() - started < WARM_UP;) quickest = Math.min(quickest, timed(1).milliseconds);
  const calls = Math.max(1, Math.ceil(READABLE / Math.max(quickest, 1e-3)));
  const samples = [];
  for (let spent = 0; samples.length < FEWEST || (spent < MILLISECONDS && samples.length < SAMPLES);) {
    const sample = timed(calls);
    spent += sample.milliseconds * calls;
    samples.push(sample.milliseconds);
  }
  return { first: first.milliseconds, steady: median(samples), quickest: Math.min(...samples), tokens: first.tokens };
}

/** Numbers from 0 to below 1, the same each time. */
function random() {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Types a character, deletes one, or pastes twenty that stand elsewhere, at a random place; counts after each. */
async function edits({ name, times, incremental }) {
  let content = await load(name);
  const next = random();
  const place = (length = 0) => {
    const at = Math.floor(next() * (content.length - length - 2)) + 1;
    return (content.charCodeAt(at) & 0xfc00) === 0xdc00 ? at + 1 : at;
  };
  const width = (part) => new TextEncoder().encode(part).length;
  const samples = [];
  let opened = 0;
  if (incremental) {
    const started = performance.now();
    counter.open(content);
    opened = performance.now() - started;
  }
  let tokens;
  for (let edit = 0; edit < times; edit += 1) {
    const kind = edit % 3;
    const at = place(20);
    const gone = kind === 1 ? String.fromCodePoint(content.codePointAt(at)) : "";
    const from = kind === 2 ? place(20) : at;
    const pasted = kind === 1 ? "" : content.slice(from, from + (kind === 2 ? 20 : 1)).toWellFormed().replaceAll("\ufffd", "");
    const offset = incremental && width(content.slice(0, at));
    content = content.slice(0, at) + pasted + content.slice(at + gone.length);
    width(content.slice(0, 1)); // makes one string of the parts before the clock runs
    const started = performance.now();
    tokens = incremental ? counter.splice(offset, offset + width(gone), pasted) : counter.count(content);
    samples.push(performance.now() - started);
  }
  return { opened, samples, tokens, whole: counter.count(content) };
}

const memory = async () => ({ bytes: counter?.memory?.() ?? null });
const JOBS = { start, count, edits, memory };

self.onmessage = async ({ data: { job, ...order } }) => {
  try {
    self.postMessage(await JOBS[job](order));
  } catch (error) {
    self.postMessage({ failed: String(error?.message ?? error) });
  }
};
self.postMessage({ ready: true });
