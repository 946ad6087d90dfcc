// The shell: the page starts anywhere, asks nobody else for anything, keeps its policy, and needs no network once it was loaded.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test } from "./harness.mjs";

const copyOfDist = () => {
  const copy = mkdtempSync(join(tmpdir(), "foretoken-dist-"));
  cpSync(new URL("../../dist", import.meta.url), copy, { recursive: true });
  process.on("exit", () => rmSync(copy, { recursive: true }));
  return copy;
};

for (const base of ["/", "/any/path/"]) {
  test(`starts under ${base} and asks nobody but its own origin`, { base }, async (bench) => {
    const page = await bench.open();
    await page.waitForLoadState("networkidle");
    assert.ok(bench.requests.some((url) => /app\.[0-9a-f]{12}\.wasm$/.test(url)), "the app's wasm was fetched");
    assert.ok(bench.requests.every((url) => url.startsWith(bench.url)), "everything lies under the page's own path");
  });
}

test("keeps a policy in the page and no script or style inline", async (bench) => {
  const html = await (await fetch(bench.url)).text();
  assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/, "inline script");
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/, "inline style or handler");
});

test("names no file that is not there, and hashes all that may be kept", async (bench) => {
  const page = await bench.open();
  const files = await page.evaluate(() => globalThis.foretokenFiles);
  assert.ok(files.worker && files.sw && files["vocab/o200k_base"] && files["catalog/index.json"]);
  for (const [name, url] of Object.entries(files)) {
    const answer = await fetch(url);
    assert.equal(answer.status, 200, name);
    assert.match(answer.headers.get("cache-control"), name === "sw" ? /no-cache/ : /immutable/, name);
  }
});

test("has nothing axe objects to, wide and narrow, light and dark", async (bench) => {
  for (const width of [390, 1280]) {
    for (const dark of [false, true]) {
      const page = await bench.open({ width, dark });
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `shell-${width}-${dark ? "dark" : "light"}`);
      await page.close();
    }
  }
});

for (const base of ["/", "/any/path/"]) {
  test(`starts again without a network under ${base}`, { base }, async (bench) => {
    const page = await bench.open();
    await bench.readyForOffline(page);
    await bench.goOffline();
    await page.reload();
    await started(page);
  });
}

test("keeps what was used, and only that, for use without a network", async (bench) => {
  const page = await bench.open();
  await bench.readyForOffline(page);
  const used = ["worker", "worker.js", "worker.wasm", "vocab/r50k_base"];
  const fetchAll = (names) => Promise.all(names.map(async (name) => (await fetch(globalThis.foretokenFiles[name])).status));
  await page.evaluate(fetchAll, used);
  await page.waitForFunction((names) => Promise.all(names.map((name) => caches.match(globalThis.foretokenFiles[name])))
    .then((kept) => kept.every(Boolean)), used);
  assert.equal(await page.evaluate(async () => Boolean(await caches.match(globalThis.foretokenFiles["vocab/p50k_base"]))), false);
  await bench.goOffline();
  assert.deepEqual(await page.evaluate(fetchAll, used), [200, 200, 200, 200]);
});

test("shows a new version on the next reload and forgets the old one", { root: copyOfDist() }, async (bench) => {
  const page = await bench.open();
  await bench.readyForOffline(page);
  const before = await page.evaluate(() => caches.keys());
  for (const file of ["index.html", "sw.js"]) {
    const path = `${bench.options.root}/${file}`;
    writeFileSync(path, readFileSync(path, "utf8").replace(/<html |const version = "/, (found) => found === "<html " ? "<html data-version=next " : `${found}next `));
  }
  await page.reload();
  await started(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.version), "next");
  await page.waitForFunction((old) => caches.keys().then((now) => now.some((name) => / next /.test(name)) && !now.includes(old)),
    before.find((name) => / shell /.test(name)));
});

test("says why when it cannot start", async (bench) => {
  await bench.context.route(/app\.[0-9a-f]{12}\.wasm$/, (route) => route.fulfill({ status: 404 }));
  const page = await bench.context.newPage();
  await page.goto(bench.url);
  await page.getByText(/could not start/).waitFor();
  assert.ok(bench.takeTroubles().length > 0);
});
