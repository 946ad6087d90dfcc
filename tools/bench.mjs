// What a visitor waits for: the bytes of the first load, the time to the first count, and the time from a keystroke to the price.
// Prints medians, and the longest task of the page while ten megabytes are pasted. What it needs of the page: a textarea [data-testid="message-0"], and [data-testid="reading"] with
// data-revision (counts up with each edit that is counted and priced) and data-state="counted" when at rest.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { FLAGS, findBrowser, installCommand, paste } from "./browser.mjs";
import { serve } from "./serve.mjs";

const TARGET = 130_000;
const KEYSTROKE_TARGET = 16; // ms, a frame
const TASK_TARGET = 50; // ms, what the browser itself calls long
const PASTE = 10_000_000;
const VISITS = 7;
const KEYS = 25;
const CURVES = 40;
const SIZES = { "1 kB": 1_000, "100 kB": 100_000, "1 MB": 1_000_000 };
const WORDS = "The workshop confirms the slot for 30 November, 14:00. Grüße aus Utrecht; brakes are back-ordered until then.\n";

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const p95 = (values) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
const load = () => loadavg()[0].toFixed(1);
const bytes = (number) => number.toLocaleString("en");
const against = (value, most) => `${value <= most ? "met" : "MISSED"} (${most})`;
const row = (...cells) => console.log(cells.map((cell, at) => at === 0 ? String(cell).padEnd(44) : String(cell).padStart(14)).join(""));

function brotli(path) {
  const content = readFileSync(path);
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length; // quality 11
}

function filesOf(folder, below = "") {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = join(below, name);
    return statSync(join(folder, path)).isDirectory() ? filesOf(folder, path) : [path];
  });
}

/** The shell is what the service worker fetches at once (the list in sw.js); the rest waits until it is used. */
function weigh(dist) {
  const list = JSON.parse(/const shell = (\[.*?\]);/.exec(readFileSync(join(dist, "sw.js"), "utf8"))[1]);
  const shell = list.map((name) => (name === "./" ? "index.html" : name.slice(2))).filter((name) => !name.startsWith("sw.js"));
  const measured = filesOf(dist).map((name) => ({ name, raw: statSync(join(dist, name)).size, small: brotli(join(dist, name)) }));
  const first = measured.filter(({ name }) => shell.includes(name));
  const total = first.reduce((sum, { small }) => sum + small, 0);
  row("first load", "raw", "brotli 11");
  for (const { name, raw, small } of first) row(`  ${name}`, bytes(raw), bytes(small));
  row("  in all", "", bytes(total));
  row(`  target ${bytes(TARGET)}: ${total <= TARGET ? "met" : "MISSED"}`);
  row("when used", "raw", "brotli 11");
  for (const { name, raw, small } of measured.filter(({ name }) => !shell.includes(name))) row(`  ${name}`, bytes(raw), bytes(small));
}

const counted = (page, after) => page.waitForFunction((revision) => {
  const reading = document.querySelector('[data-testid="reading"]');
  return reading?.dataset.state === "counted" && Number(reading.dataset.revision) > revision;
}, after, { polling: "raf", timeout: 60_000 });

const revision = (page) => page.locator('[data-testid="reading"]').evaluate((reading) => Number(reading.dataset.revision ?? 0));

/** A visit with an empty cache: from the start of the navigation to the first counted prompt, typed as soon as there is a field. */
async function firstCount(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "commit" });
  const field = page.locator('[data-testid="message-0"]');
  await field.waitFor();
  const shown = await page.evaluate(() => performance.now());
  const before = await revision(page);
  await field.fill("What does this cost?");
  await counted(page, before);
  const done = await page.evaluate(() => performance.now());
  await context.close();
  return { shown, done };
}

/** One more letter in a prompt of this size: from the input event to the frame that shows its price, measured in the page. */
async function keystrokes(page, size) {
  const field = page.locator('[data-testid="message-0"]');
  const before = await revision(page);
  await paste(field, WORDS.repeat(Math.ceil(size / WORDS.length)).slice(0, size));
  await counted(page, before);
  return letters(page, field);
}

/** The same in a page that has a field of the same size and nothing else, and shows a number a task after each input: what the
 * browser itself takes. */
async function bareKeystrokes(browser, style, size) {
  const page = await browser.newPage();
  await page.setContent(`<textarea style="${style}"></textarea><p data-testid="reading" data-state="counted" data-revision="0">0</p>`);
  const field = page.locator("textarea");
  await field.evaluate((textarea, text) => {
    textarea.value = text;
    const reading = document.querySelector("p");
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => { reading.textContent = reading.dataset.revision = Number(reading.dataset.revision) + 1; };
    textarea.addEventListener("input", () => { port1.postMessage(textarea.value.length); });
  }, WORDS.repeat(Math.ceil(size / WORDS.length)).slice(0, size));
  await page.waitForTimeout(1_000);
  const times = await letters(page, field);
  await page.close();
  return times;
}

async function letters(page, field) {
  await field.evaluate((textarea) => { textarea.focus(); textarea.setSelectionRange(textarea.value.length / 2, textarea.value.length / 2); });
  const times = [];
  for (let key = 0; key < KEYS; key += 1) {
    times.push(await page.evaluate(() => new Promise((resolve) => {
      const reading = document.querySelector('[data-testid="reading"]');
      const from = Number(reading.dataset.revision);
      const started = performance.now();
      const observer = new MutationObserver(() => {
        if (reading.dataset.state !== "counted" || Number(reading.dataset.revision) <= from) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - started));
      });
      observer.observe(reading, { attributes: true });
      document.execCommand("insertText", false, "x"); // what a key does: it fires the input event itself
    })));
  }
  return times;
}

/** The longest task of the main thread while ten megabytes are pasted, until they are counted; 0 where none took 50 ms.
 * Our page takes the paste itself; in a page that has only a textarea the browser puts it there. */
async function longestTask(page, field, until) {
  await page.evaluate(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => { longTasks.push(...list.getEntries().map(({ duration }) => duration)); }).observe({ type: "longtask" });
  });
  await field.evaluate((element, [words, size]) => new Promise((resolve) => {
    const text = words.repeat(Math.ceil(size / words.length)).slice(0, size);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    setTimeout(() => {
      longTasks.length = 0; // making the text took time too
      if (element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))) element.value = text;
      resolve();
    }, 500);
  }), [WORDS, PASTE]);
  await until();
  await page.waitForTimeout(1_000);
  return page.evaluate(() => Math.max(0, ...longTasks));
}

/** How the field of the prompt looks, for one in a page of its own. */
const styleOf = (field) => field.evaluate((element) => `width:${element.clientWidth}px;height:${element.clientHeight}px;font:${getComputedStyle(element).font}`);

async function pastes(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const field = page.locator('[data-testid="message-0"]');
  await field.waitFor();
  const before = await revision(page);
  await paste(field, "What does this cost?"); // the worker and its vocabulary are there
  await counted(page, before);
  const style = await styleOf(field);
  const at = await revision(page);
  const ours = await longestTask(page, field, () => counted(page, at));
  await page.close();
  const bare = await browser.newPage();
  await bare.setContent(`<textarea style="${style}"></textarea>`);
  const theirs = await longestTask(bare, bare.locator("textarea"), () => bare.waitForTimeout(3_000));
  await bare.close();
  return { ours, theirs };
}

/** The curve of the Month page with five plans, asked for anew by another number of people. The page itself marks the time from asking to
 * having drawn it; the whole, from the input event to the frame that shows it, is measured here. */
async function curves(page, url) {
  await page.goto(`${url}#/month`);
  await page.locator("#add-plan").selectOption("package");
  await page.locator("[data-points]").waitFor();
  await page.locator(".chart .plan").nth(4).waitFor({ state: "attached" });
  const times = { drawn: [], whole: [] };
  for (let round = 0; round <= CURVES; round += 1) {
    const [drawn, whole] = await page.evaluate((people) => new Promise((resolve) => {
      const field = document.querySelector("#people");
      const started = performance.now();
      new PerformanceObserver((list, observer) => {
        const measure = list.getEntriesByName("curve").at(-1);
        if (!measure) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve([measure.duration, performance.now() - started]));
      }).observe({ type: "measure" });
      field.value = people;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }), String(801 + round));
    if (round === 0) continue; // the first is slower, in every browser
    times.drawn.push(drawn);
    times.whole.push(whole);
  }
  return { ...times, points: await page.locator("[data-points]").getAttribute("data-points") };
}

async function main(dist) {
  if (!existsSync(join(dist, "index.html"))) throw new Error("there is no built page: run make dist");
  weigh(dist);
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error(`times left out, there is no Chromium: ${installCommand()}`);
  const server = await serve({ root: dist });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    row(`time, ms (load ${load()})`, "median", "p95");
    const visits = [];
    for (let visit = 0; visit < VISITS; visit += 1) visits.push(await firstCount(browser, server.url));
    for (const [name, key] of [["  page open to a field to type in", "shown"], ["  page open to the first count, empty cache", "done"]]) {
      const values = visits.map((visit) => visit[key]);
      row(name, median(values).toFixed(0), p95(values).toFixed(0));
    }
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.locator('[data-testid="message-0"]').waitFor();
    const style = await styleOf(page.locator('[data-testid="message-0"]'));
    for (const [name, size] of Object.entries(SIZES)) {
      const values = await keystrokes(page, size);
      row(`  keystroke to price, ${name}`, median(values).toFixed(1), p95(values).toFixed(1), against(median(values), KEYSTROKE_TARGET));
      const bare = await bareKeystrokes(browser, style, size);
      row("  the same in a page with only a textarea", median(bare).toFixed(1), p95(bare).toFixed(1));
    }
    const { ours, theirs } = await pastes(browser, server.url);
    row("  longest task in a paste of 10 MB", ours.toFixed(0), "", against(ours, TASK_TARGET));
    row("  the same in a page with only a textarea", theirs.toFixed(0));
    const { drawn, whole, points } = await curves(await browser.newPage(), server.url);
    row(`  curve of five plans, ${points} points, drawn`, median(drawn).toFixed(1), p95(drawn).toFixed(1));
    row("  the same from the input to its frame", median(whole).toFixed(1), p95(whole).toFixed(1));
    row(`at the end: load ${load()}`);
  } finally {
    await browser.close();
    await server.close();
  }
}

try {
  await main(process.argv[2] ?? "dist");
} catch (error) {
  console.error(`bench: ${error.message.split("\n")[0]}`);
  process.exit(1);
}
