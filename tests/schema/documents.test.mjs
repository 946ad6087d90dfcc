// The published schemas on documents: every worked case that has a bill is valid, and a field nobody knows never is.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";

const project = new URL("../../", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, project), "utf8"));
const bills = new URL("tests/bills/", project);
const cases = readdirSync(bills).filter((name) => existsSync(new URL(`${name}/plan.json`, bills)));
const billed = cases.filter((name) => existsSync(new URL(`${name}/bill.json`, bills)));

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const valid = {
  plan: ajv.compile(read("static/schema/plan.v1.json")),
  usage: ajv.compile(read("static/schema/usage.v1.json")),
};
const wrong = (kind, document) => (valid[kind](document) ? [] : valid[kind].errors.map(({ instancePath, message }) => `${instancePath} ${message}`));

/** Every copy of a document with one more field in one of its objects, and where that is. Maps take any name. */
function* withOneFieldMore(document) {
  const maps = ["where", "quantities", "properties"];
  function* objects(value, path) {
    if (value === null || typeof value !== "object") return;
    if (!Array.isArray(value)) yield path;
    for (const [name, member] of Object.entries(value)) {
      if (Array.isArray(value) || !maps.includes(name)) yield* objects(member, [...path, name]);
    }
  }
  for (const path of objects(document, [])) {
    const copy = structuredClone(document);
    path.reduce((value, name) => value[name], copy).metres = "1";
    yield [path.join("."), copy];
  }
}

test("every worked plan and usage that has a bill is valid", () => {
  assert.ok(billed.length > 100, `${billed.length} cases`);
  for (const name of billed) {
    for (const kind of ["plan", "usage"]) assert.deepEqual(wrong(kind, read(`tests/bills/${name}/${kind}.json`)), [], `${name}/${kind}.json`);
  }
});

test("every plan we offer to begin with is valid", () => {
  const offered = readdirSync(new URL("static/plans/", project));
  assert.ok(offered.length > 10);
  for (const name of offered) assert.deepEqual(wrong("plan", read(`static/plans/${name}`)), [], name);
});

test("a field nobody knows is refused wherever it stands", () => {
  let tried = 0;
  for (const name of billed) {
    for (const kind of ["plan", "usage"]) {
      for (const [path, document] of withOneFieldMore(read(`tests/bills/${name}/${kind}.json`))) {
        assert.notDeepEqual(wrong(kind, document), [], `${name}/${kind}.json with a field more at ${path || "the top"}`);
        tried += 1;
      }
    }
  }
  assert.ok(tried > 1000, `${tried} documents`);
});

// What a schema can say. That ids differ, tiers rise or minimums are below maximums is checked when the plan is read.
const misspelt = ["currency", "decimals", "not-a-number", "overage-in-stairstep", "time-zone", "two-shapes",
  "unknown-choice", "unknown-field-in-plan", "unknown-field-in-price", "unknown-field-in-record", "unknown-field-in-tier",
  "unknown-shape", "usage-not-a-time", "usage-without-time", "version"];

for (const name of misspelt) {
  test(`refuses error-${name}`, () => {
    const found = ["plan", "usage"].flatMap((kind) => wrong(kind, read(`tests/bills/error-${name}/${kind}.json`)));
    assert.notDeepEqual(found, []);
  });
}

test("a document may say where its schema is", () => {
  const plan = { $schema: "https://example.org/schema/plan.v1.json", version: 1, name: "Empty", charges: [] };
  assert.deepEqual(wrong("plan", plan), []);
  assert.deepEqual(wrong("usage", { $schema: "../schema/usage.v1.json", version: 1, records: [] }), []);
});
