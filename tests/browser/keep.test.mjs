// What the page keeps and what it survives: a reload, a draft it cannot read, a second tab, no storage, no network, a worker that
// stops; and that all it keeps can be deleted.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { started, test } from "./harness.mjs";
import { counted, eventually, figure, helloOnGpt4o, message, reading, rows, shows, total, type } from "./page.mjs";

/** The draft as it is kept, or null. Never makes a database where there is none. */
const kept = (page) => page.evaluate(async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "foretoken")) return null;
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("foretoken");
    request.onsuccess = () => resolve(request.result);
  });
  const request = database.transaction("drafts").objectStore("drafts").get("current");
  await new Promise((resolve) => { request.onsuccess = resolve; });
  database.close();
  return request.result ?? null;
});

/** The texts of the draft that is kept, or what is there instead of one. */
async function texts(page) {
  const draft = await kept(page);
  try {
    return JSON.parse(draft).prompt.messages.map(({ text }) => text);
  } catch {
    return draft;
  }
}
const isKept = (page, ...expected) => eventually(() => texts(page), expected, "the draft that is kept", 15_000);

/** Puts this in the place of the draft, as another program or a newer version might. */
const corrupt = (page, content) => page.evaluate(async (value) => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("foretoken", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts");
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction("drafts", "readwrite");
  transaction.objectStore("drafts").put(value, "current");
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  database.close();
}, content);

const reload = async (page) => {
  await page.reload();
  await started(page);
};

test("a reload loses nothing: messages, roles, tools, answer, use, model and pins", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await page.getByRole("button", { name: "Add message" }).click();
  await type(page, "Grüße, 你好 👋", 1);
  await page.getByRole("radio", { name: "A page" }).check();
  await page.getByLabel("Requests a day").fill("1234");
  await rows(page).first().locator(".pin").click();
  const pinned = await rows(page).first().locator(".id").textContent();
  const shown = await figure(page).textContent();
  await isKept(page, "hello world", "Grüße, 你好 👋");
  await eventually(async () => JSON.parse(await kept(page)).pins.length, 1);
  await reload(page);
  await counted(page);
  assert.equal(await message(page).inputValue(), "hello world");
  assert.equal(await message(page, 1).inputValue(), "Grüße, 你好 👋");
  assert.equal(await page.getByLabel("Role of message 2").inputValue(), "assistant");
  assert.equal(await page.getByRole("radio", { name: "A page" }).isChecked(), true);
  assert.equal(await page.getByLabel("Requests a day").inputValue(), "1,234");
  assert.equal(await page.locator("#model").inputValue(), "openai/gpt-4o");
  await shows(figure(page), shown);
  await shows(rows(page).first().locator(".id"), pinned);
  assert.equal(await rows(page).first().locator(".pin").getAttribute("aria-pressed"), "true");
});

test("what was typed the moment before a reload is there after it", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await page.waitForTimeout(1_000);
  await message(page).fill("hello brave world");
  await reload(page);
  await eventually(() => message(page).inputValue(), "hello brave world");
});

test("a page left before the database answered opens with its last word", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await isKept(page, "hello world");
  // From here on the database hears nothing, as when a page is gone before it could.
  await page.evaluate(() => { IDBObjectStore.prototype.put = () => ({ set onsuccess(_) {}, set onerror(_) {} }); });
  await message(page).fill("hello brave world");
  await reload(page);
  await eventually(() => message(page).inputValue(), "hello brave world");
  await isKept(page, "hello brave world");
  assert.equal(await page.evaluate(() => localStorage.getItem("foretoken-last-word")), null, "the database has it now");
});

test("ten megabytes survive a reload", async ({ open }) => {
  const page = await open();
  const line = `${"hello world, ".repeat(30)}and so on\n`; // 400 bytes
  await message(page).evaluate((area, text) => {
    area.value = text.repeat(25_000);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }, line);
  await counted(page, 60_000);
  const words = await total(page).textContent();
  await eventually(async () => (await kept(page))?.length > 10_000_000, true, "it is kept", 20_000);
  await reload(page);
  await counted(page, 60_000);
  await page.getByRole("button", { name: "Edit it anyway" }).click();
  assert.equal(await message(page).evaluate((area) => area.value.length), 10_000_000);
  await shows(total(page), words);
});

test("a file that cannot be kept is tried once, not for ever", async ({ open, context, readyForOffline, requests, takeTroubles }) => {
  // A captive portal: every file of a host's prices is answered with a page of its own.
  await context.route(/catalog\/openrouter\./, (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<html>Sign in</html>" }));
  const page = await open();
  await readyForOffline(page);
  await page.getByLabel("Provider", { exact: true }).selectOption("openrouter");
  await page.getByText("this is not a catalog file").waitFor();
  await page.waitForTimeout(1_000);
  const asked = requests.filter((url) => url.includes("catalog/openrouter.")).length;
  assert.ok(asked <= 4, `it was asked for ${asked} times`);
  await context.unroute(/catalog\/openrouter\./);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".tools .note", { hasText: /of [1-9]\d\d models/ }).waitFor();
  assert.equal(await page.getByText("Something is missing").count(), 0);
  takeTroubles();
});

for (const [what, content, reason] of [
  ["no JSON", "garbage {", /is not one of ours/],
  ["another program's", JSON.stringify({ cart: [1, 2, 3] }), /is not one of ours: missing field `version`/],
  ["a newer version's", JSON.stringify({ version: 99, prompt: "of another shape" }), /made by a newer version \(99;/],
  ["no text at all", { a: [1] }, /is not one of ours/],
]) {
  test(`a draft that is ${what} is set aside with a notice, not lost and not in the way`, async ({ open }) => {
    const page = await open();
    await type(page, "hello world");
    await isKept(page, "hello world");
    await corrupt(page, content);
    await reload(page);
    const notice = page.locator(".notices");
    await shows(notice, /The saved draft could not be read, so the page started fresh/);
    await shows(notice, reason);
    assert.equal(await message(page).inputValue(), "");
    const [download] = await Promise.all([page.waitForEvent("download"), notice.getByRole("button", { name: "Download it" }).click()]);
    const written = readFileSync(await download.path(), "utf8");
    assert.equal(written, typeof content === "string" ? content : JSON.stringify(content));
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await type(page, "hello again");
    await isKept(page, "hello again");
    await reload(page);
    await counted(page);
    assert.equal(await notice.textContent(), "");
    assert.equal(await message(page).inputValue(), "hello again");
  });
}

test("a second tab opens with the draft, both go on working, and the last to write is kept", async ({ open }) => {
  const one = await open();
  await type(one, "from the first tab");
  await isKept(one, "from the first tab");
  const two = await open();
  await counted(two);
  assert.equal(await message(two).inputValue(), "from the first tab");
  await type(two, "from the second tab");
  await isKept(two, "from the second tab");
  assert.equal(await message(one).inputValue(), "from the first tab", "nobody's text changes under their hands");
  await type(one, "hello world");
  await shows(total(one), "2 text tokens, 7 framing");
  await isKept(one, "hello world");
  await reload(two);
  await counted(two);
  assert.equal(await message(two).inputValue(), "hello world");
});

test("without storage the page says so and works as long as it is open", async ({ open, context }) => {
  await context.addInitScript(() => {
    IDBFactory.prototype.open = () => { throw new DOMException("storage is switched off", "SecurityError"); };
  });
  const page = await open();
  await shows(page.locator(".notices"), /^Your draft is not being kept: .+ It lasts as long as this page is open\./);
  await type(page, "hello world");
  await shows(total(page), "2 text tokens, 7 framing");
});

test("the privacy page says what is kept, and deletes all of it for good", async ({ open, readyForOffline }) => {
  const page = await open();
  await page.getByRole("button", { name: "Dark" }).click(); // kept in local storage
  await type(page, "hello world");
  await isKept(page, "hello world");
  await readyForOffline(page);
  await page.getByRole("link", { name: "Privacy" }).click();
  const table = page.locator("main table");
  for (const place of ["IndexedDB, “foretoken”", "Local storage, “foretoken-theme”", "Local storage, “foretoken-last-word”", "Cache storage, by a service worker"]) {
    await table.getByText(place).first().waitFor();
  }
  const left = () => page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    theme: localStorage.length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  const before = await left();
  assert.deepEqual([before.databases, before.theme, before.workers], [["foretoken"], 1, 1]);
  assert.ok(before.caches.length > 0);
  await page.getByRole("button", { name: "Delete everything kept here" }).click();
  await shows(page.locator(".notices"), /^All that this page kept in your browser is deleted\./);
  await page.waitForTimeout(1_500); // a change is kept after a moment of rest; this must not be one
  assert.deepEqual(await left(), { databases: [], caches: [], theme: 0, workers: 0 });
  await page.getByRole("link", { name: "Estimate", exact: true }).click();
  await shows(figure(page), /^no reading/);
  await reload(page);
  assert.equal(await message(page).inputValue(), "");
});

test("Back and Forward go between pages, each with its title", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await page.getByRole("link", { name: "How it works" }).click();
  await page.getByRole("heading", { name: "How it works" }).waitFor();
  await eventually(() => page.title(), "How it works · Foretoken");
  await page.getByRole("link", { name: "Privacy" }).click();
  await page.getByRole("heading", { name: "Privacy" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "How it works" }).waitFor();
  await page.goBack();
  await counted(page);
  assert.equal(await message(page).inputValue(), "hello world", "the prompt is still there");
  await page.goForward();
  await eventually(() => page.title(), "How it works · Foretoken");
});

test("once a prompt was counted, the page works without a network: reload, draft and a further count", async (bench) => {
  const page = await bench.open();
  await bench.readyForOffline(page);
  await type(page, "hello world");
  await isKept(page, "hello world");
  await page.waitForFunction(() => Promise.all(["worker", "worker.wasm", "vocab/o200k_base", "vocab/cl100k_base"]
    .map((name) => caches.match(globalThis.foretokenFiles[name]))).then((found) => found.every(Boolean)));
  await bench.goOffline();
  await reload(page);
  await counted(page);
  assert.equal(await message(page).inputValue(), "hello world");
  await type(page, "hello world hello world");
  await shows(total(page), "4 text tokens, 7 framing");
  assert.equal(await page.locator(".specimen .alert").count(), 0);
});

test("without a network before anything was counted, the page says why and offers to try again", async (bench) => {
  const page = await bench.open();
  await bench.readyForOffline(page);
  await bench.goOffline();
  await message(page).fill("hello world");
  const alert = page.locator(".specimen .alert");
  await shows(alert, /network/);
  await alert.getByRole("button", { name: "Count again" }).waitFor();
  assert.equal(await message(page).inputValue(), "hello world");
});

const copyOfDist = mkdtempSync(join(tmpdir(), "foretoken-dist-"));
cpSync(new URL("../../dist", import.meta.url), copyOfDist, { recursive: true });
process.on("exit", () => rmSync(copyOfDist, { recursive: true }));

test("a vocabulary that did not arrive is asked for again", { root: copyOfDist }, async (bench) => {
  const page = await bench.open();
  renameSync(`${copyOfDist}/vocab`, `${copyOfDist}/elsewhere`);
  await message(page).fill("hello world");
  const alert = page.locator(".specimen .alert");
  await shows(alert, /^Some models are not counted/);
  renameSync(`${copyOfDist}/elsewhere`, `${copyOfDist}/vocab`);
  await alert.getByRole("button", { name: "Count again" }).click();
  await counted(page);
  await shows(total(page), "2 text tokens, 7 framing");
  bench.takeTroubles(); // the missing files
});

/** The worker's first so many counts end as a trap in its wasm does: with an error event. */
const trap = (context, times) => context.addInitScript((many) => {
  let left = many;
  globalThis.Worker = class extends Worker {
    postMessage(message) {
      if (Array.isArray(message) && left > 0) {
        left -= 1;
        setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "unreachable", cancelable: true })));
      } else {
        super.postMessage(message);
      }
    }
  };
  globalThis.trapsLeft = () => left;
}, times);

test("a worker that stops once is started again, and the count arrives", async ({ open, context }) => {
  await trap(context, 1);
  const page = await open();
  await type(page, "hello world");
  await shows(total(page), "2 text tokens, 7 framing");
  assert.equal(await page.evaluate(() => globalThis.trapsLeft()), 0, "it did stop");
});

test("a text that stops the worker twice is given up with a reason, kept, and counted on request", async ({ open, context }) => {
  await trap(context, 2);
  const page = await open();
  await message(page).fill("hello world");
  const alert = page.locator(".specimen .alert");
  await shows(alert, /^Counting stopped/);
  assert.equal(await message(page).inputValue(), "hello world");
  assert.notEqual(await reading(page).getAttribute("data-state"), "counted");
  await alert.getByRole("button", { name: "Count again" }).click();
  await counted(page);
  await shows(total(page), "2 text tokens, 7 framing");
  assert.equal(await alert.count(), 0);
});
