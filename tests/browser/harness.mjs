// What every browser test stands on: the built page served under a path, a browser that fails the test for anything amiss (an
// error on the console, an exception, a policy violation, a request outside our own origin), and a few helpers.
//
//   import { test, expectNoViolations } from "./harness.mjs";
//   test("a name", async ({ open }) => {
//     const page = await open();                       // a new page on the app
//     const phone = await open({ width: 390, dark: true, path: "#month" });
//   });
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test as nodeTest } from "node:test";
import { chromium } from "playwright-core";
import { FLAGS, findBrowser, installCommand, paste } from "../../tools/browser.mjs";
import { serve } from "../../tools/serve.mjs";

export { paste };

const project = new URL("../../", import.meta.url);
const dist = new URL("dist", project).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;

before(async () => {
  assert.ok(existsSync(`${dist}/index.html`), "there is no built page: run make dist");
  const executablePath = await findBrowser();
  assert.ok(executablePath, `there is no Chromium: ${installCommand()}`);
  browser = await chromium.launch({ executablePath, args: FLAGS });
});
after(() => browser?.close());

/** One test's world: a server of its own, one browser context, and everything that went wrong in it. */
class Bench {
  constructor(options) {
    this.options = options;
    this.requests = [];
    this.troubles = [];
    this.offline = false;
  }

  async start() {
    this.server = await serve({ root: this.options.root ?? dist, base: this.options.base ?? "/" });
    this.url = this.server.url;
    this.origin = new URL(this.url).origin;
    this.context = await browser.newContext(this.options.context);
    this.context.setDefaultTimeout(15_000);
    this.context.on("request", (request) => this.requests.push(request.url())); // the service worker's too
    this.context.on("page", (page) => this.watch(page));
    this.context.on("serviceworker", (worker) => worker.on?.("console", (message) => this.hear(message, "service worker")));
  }

  hear(message, where) {
    if (message.type() === "error" || /Content Security Policy|Content-Security-Policy/.test(message.text())) {
      if (this.offline && /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED/.test(message.text())) return;
      this.troubles.push(`${where}: ${message.text()} (${message.location?.().url ?? ""})`);
    }
  }

  watch(page) {
    page.on("console", (message) => this.hear(message, "console"));
    page.on("pageerror", (error) => this.troubles.push(`exception: ${error.stack ?? error.message}`));
    page.on("crash", () => this.troubles.push("the page crashed"));
    page.on("worker", (worker) => worker.on?.("console", (message) => this.hear(message, "worker")));
  }

  /** A new page on the app, once it has started. */
  open = async ({ path = "", width = 1280, height = 900, dark = false } = {}) => {
    const page = await this.context.newPage();
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    await page.goto(this.url + path);
    await started(page);
    return page;
  };

  /** Waits until the service worker holds the page and all of the shell. */
  readyForOffline = async (page) => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
      }
    });
    await page.waitForLoadState("networkidle"); // offline.js keeps what was used in the background
  };

  /** No network: the context is cut off and the server is gone too. */
  goOffline = async () => {
    this.offline = true;
    await this.context.setOffline(true);
    await this.server.close();
  };

  /** Takes what went wrong so far, for a test that provokes it. */
  takeTroubles = () => this.troubles.splice(0);

  async finish() {
    await this.context?.close();
    if (!this.offline) await this.server?.close();
    const foreign = this.requests.filter((url) => !url.startsWith(this.origin) && !/^(data|blob):/.test(url));
    assert.deepEqual(foreign, [], "requests outside the page's own origin");
    assert.deepEqual(this.troubles, [], "errors in the browser");
  }
}

/** The app has replaced the first-paint HTML. */
export const started = (page) => page.waitForFunction(() => document.querySelector("#app") && !document.querySelector("#starting"));

/** Like node's test(), with a Bench. Options: base ("/any/path/"), root, context (Playwright's). */
export function test(name, options, run) {
  if (typeof options === "function") [options, run] = [{}, options];
  nodeTest(name, { timeout: 120_000, ...options.node }, async () => {
    const bench = new Bench(options);
    try {
      await bench.start();
      await run(bench);
    } catch (error) {
      await bench.finish().catch((also) => console.error(also.message));
      throw error;
    }
    await bench.finish();
  });
}

/** axe finds nothing to object to on the page as it stands. */
export async function expectNoViolations(page, options = {}) {
  await page.evaluate(`${axe}; undefined`);
  const { violations } = await page.evaluate((given) => globalThis.axe.run(document, given), options);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 5).map((node) => node.html).join("\n  ")}`);
  assert.deepEqual(told, [], "axe violations");
}

/** The page is no wider than the window. */
export async function expectNoSidewaysScroll(page) {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(inner <= outer, `the page is ${inner} px wide in a window of ${outer} px`);
}

/** Writes test-results/<name>.png, to be looked at. */
export async function screenshot(page, name, options = {}) {
  const folder = new URL("test-results/", project).pathname;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.png`, ...options });
}
