// The module as others use it: the examples of docs/module.md as they stand there, every worked bill, and what is thrown.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import init, * as foretoken from "../../dist/foretoken/foretoken.js";

const { bill, check, dayByDay } = foretoken;
const project = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, project), "utf8");
const december = { from: "2026-12-01", until: "2026-12-31" };
const hybrid = ["plan", "usage"].map((name) => JSON.parse(read(`tests/bills/article-hybrid/${name}.json`)));

await init({ module_or_path: readFileSync(new URL("dist/foretoken/foretoken_bg.wasm", project)) });

const examples = [...read("docs/module.md").matchAll(/```js\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g)];

test("docs/module.md has two examples", () => assert.equal(examples.length, 2));
for (const [number, [, code, said]] of examples.entries()) {
  test(`example ${number + 1} of docs/module.md says what it says there`, () => {
    const run = spawnSync(process.execPath, ["--input-type=module"], { cwd: project, input: code, encoding: "utf8" });
    assert.equal(run.stderr, "");
    assert.equal(run.stdout, said);
  });
}

const isDecimal = (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
const normal = (value) => (isDecimal(value) && value.includes(".") ? value.replace(/\.?0+$/, "") : value);

/** What of the expected is not in what was seen; members that are not expected may be anything. */
function differences(path, expected, seen) {
  if (Array.isArray(expected)) {
    if (!Array.isArray(seen) || seen.length !== expected.length) return [`${path}: a list of ${expected.length}`];
    return expected.flatMap((item, at) => differences(`${path}[${at}]`, item, seen[at]));
  }
  if (expected === null) return seen == null ? [] : [`${path}: expected nothing, seen ${JSON.stringify(seen)}`];
  if (typeof expected === "object") {
    return Object.keys(expected).flatMap((name) => differences(`${path}.${name}`, expected[name], seen?.[name]));
  }
  return normal(expected) === normal(seen) ? [] : [`${path}: expected ${expected}, seen ${seen}`];
}

test("every worked bill, and every error with its place", () => {
  const folders = readdirSync(new URL("tests/bills", project)).filter((name) => !name.endsWith(".md"));
  for (const name of folders) {
    const file = (kind) => (existsSync(new URL(`tests/bills/${name}/${kind}`, project)) ? read(`tests/bills/${name}/${kind}`) : undefined);
    const papers = [file("plan.json"), file("usage.json"), file("period.json") ?? december, file("catalog.json")];
    const expected = file("bill.json");
    if (expected) assert.deepEqual(differences(name, JSON.parse(expected), bill(...papers)), []);
    else {
      const words = file("error.txt").split("\n").filter(Boolean);
      assert.throws(() => bill(...papers), (error) => error instanceof Error && words.every((word) => error.message.includes(word)), name);
    }
  }
});

test("takes objects and their JSON alike", () => {
  const [plan, usage] = hybrid;
  const texts = [plan, usage, december].map((document) => JSON.stringify(document));
  assert.deepEqual(bill(...texts), bill(plan, usage, december));
  assert.deepEqual(dayByDay(...texts), dayByDay(plan, usage, december));
  assert.equal(check(plan), undefined);
});

test("the days sum to the bill", () => {
  const days = dayByDay(...hybrid, december);
  assert.equal(days.length, 31);
  assert.equal(days.reduce((sum, { charge }) => sum + Number(charge), 0), 5045);
  assert.equal(days.at(-1).so_far, "5045");
  assert.equal(days.at(-1).included[0].left, "0");
});

test("takes several files of prices, and the later one counts", () => {
  const plan = { version: 1, name: "List", charges: [{ id: "models", quantity: {}, price: { cost_plus: {} } }] };
  const usage = { version: 1, records: [{ at: "2026-12-01T00:00:00Z", model: "own/model", quantities: { input: "1000000" } }] };
  const prices = (input) => ({ checked: "2026-12-01", providers: [{ id: "own", name: "Own", source: "https://example.org",
    models: [{ id: "model", basis: "exact", prices: [{ usd: { input } }] }] }] });
  const main = read("static/catalog/main.json");
  for (const none of [undefined, null, [], main]) {
    assert.throws(() => bill(plan, usage, december, none), /^Error: charges\[0\].*the catalogue has no model "own\/model"/);
  }
  assert.equal(bill(plan, usage, december, [main, prices("2"), JSON.stringify(prices("3"))]).totals.total, "3");
});

test("throws an Error that says what was wrong, and goes on working", () => {
  const [plan, usage] = hybrid;
  const loop = {};
  loop.itself = loop;
  const wrong = [
    [() => check(), /^Error: the plan: expected an object or its JSON$/],
    [() => check(5), /^Error: the plan: expected an object or its JSON$/],
    [() => check("{"), /^Error: .*EOF/],
    [() => check(loop), /^Error: the plan: .*circular/i],
    [() => check({ big: 5n }), /^Error: the plan: .*BigInt/],
    [() => check({ ...plan, minium: "10" }), /^Error: .*unknown field `minium`/],
    [() => check({ ...plan, charges: [{ id: "a", price: { unit: { amount: 0.5 } } }] }), /^Error: charges\[0\]\.price.*decimal in quotes/],
    [() => bill(plan, { ...usage, version: 2 }, december), /^Error: the usage: version 2/],
    [() => bill(plan, null, december), /^Error: the usage: expected an object or its JSON$/],
    [() => bill(plan, usage), /^Error: the period: expected an object or its JSON$/],
    [() => bill(plan, usage, { from: "2026-12-01" }), /^Error: the period: missing field `until`/],
    [() => bill(plan, usage, { from: "2026-12-31", until: "2026-12-01" }), /^Error: the period: the period ends on/],
    [() => bill(plan, usage, december, "prices"), /^Error: the catalog: /],
  ];
  for (const [call, words] of wrong) assert.throws(call, words);
  assert.equal(bill(plan, usage, december).totals.total, "5045");
});

test("exports what its types say, and the app knows nothing of it", () => {
  const types = read("dist/foretoken/foretoken.d.ts");
  const functions = Object.keys(foretoken).filter((name) => !["default", "initSync"].includes(name));
  assert.deepEqual(functions.sort(), ["bill", "check", "dayByDay"]);
  for (const name of functions) assert.match(types, new RegExp(`export function ${name}\\(`));
  for (const file of ["index.html", "entry.js", "sw.js"]) assert.doesNotMatch(read(`dist/${file}`), /foretoken\.js|foretoken_bg|schema\//, file);
});
