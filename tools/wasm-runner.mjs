// Cargo's runner for the wasm tests: wasm-bindgen's own runner serves them, and Chromium opens that page. It needs no
// chromedriver, whose version would have to fit the browser's.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { chromium } from "playwright-core";
import { FLAGS, findBrowser } from "./browser.mjs";

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const address = `127.0.0.1:${await freePort()}`;
const runner = spawn("wasm-bindgen-test-runner", process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: address, WASM_BINDGEN_USE_BROWSER: "1" },
  stdio: ["ignore", "ignore", "inherit"],
});
const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS });
let passed = false;
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  for (let attempt = 0; ; attempt += 1) {
    try { await page.goto(`http://${address}/`); break; } catch (error) {
      if (attempt === 100 || runner.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const output = page.locator("#output");
  await page.waitForFunction(() => /test result: |no tests/.test(document.querySelector("#output")?.textContent ?? ""), null, { timeout: 120_000 });
  const text = await output.textContent();
  console.log(text);
  passed = /test result: ok/.test(text);
} finally {
  await browser.close();
  runner.kill();
}
process.exit(passed ? 0 : 1);
