// The Month page as a buyer uses it: the work as a sentence, plans side by side, the bill and its workings. Each figure is
// worked out by hand in the comment above it. December 2026 has 23 weekdays and 8 weekend days; gpt-6.1-sol costs $2.00 and
// $10.00 per million in the catalogue of 9 November 2026.
import assert from "node:assert/strict";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test as benchTest } from "./harness.mjs";
import { counted, eventually, onDay, shows, type } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await run(bench);
});

const blank = (page, label) => page.getByRole("textbox", { name: label, exact: true });
const plans = (page) => page.locator("table.plans");
const bill = (page) => page.locator("table.bill");
const figure = (page) => page.getByTestId("month-reading").locator(".figure");

/** The Month page of a first visitor, once its prices are there. */
async function month(open, options = {}) {
  const page = await open({ ...options, path: "#/month" });
  await shows(figure(page), /\$1,836\.32/);
  return page;
}

/** One row of the plans table, as its cells. */
const cells = (page, name) => plans(page).locator("tbody tr").filter({ has: page.getByRole("rowheader", { name }) })
  .locator("td").allTextContents();

test("a first visitor sees a month on four plans that adds up", async ({ open }) => {
  const page = await month(open);
  // 800 × 20 × 23 = 368,000 requests of 1,450 and 250 tokens.
  await shows(page.locator(".sum-up"), /368,000.*533,600,000.*92,000,000.*625,600,000/s);
  // List: 533.6 × 2 + 92 × 10. Graduated: 360 + 1,200 + 125.6 × 2.20. All-units: 625.6 × 3. Hybrid: 1,200 + 540 + 25.6 × 2.30.
  assert.deepEqual(await cells(page, /before tax/), ["$1,987.20", "$1,836.32", "$1,876.80", "$1,798.88"]);
  // Half, 312.8M: 993.60; 360 + 212.8 × 3; 312.8 × 3.90; 1,200. Double, 1,251.2M: 3,974.40; 1,560 + 751.2 × 2.20; × 2.50; 1,740 + 651.2 × 2.30.
  assert.deepEqual(await cells(page, "At half the use"), ["$993.60", "$998.40", "$1,219.92", "$1,200.00"]);
  assert.deepEqual(await cells(page, "At double the use"), ["$3,974.40", "$3,212.64", "$3,128.00", "$3,237.76"]);
  assert.match((await cells(page, "Against the first"))[3], /^−\$188\.32−9\.5 %$/);
  await shows(plans(page).locator("th").filter({ hasText: "cheapest" }), /Hybrid/);
  await shows(page.locator(".say").first(), /Hybrid would be \$37\.44 less/);
});

test("the sentence can be filled in, and what cannot be read leaves the last figures", async ({ open }) => {
  const page = await month(open);
  await page.getByText("Requests", { exact: true }).first().click();
  await blank(page, "Requests on a weekday").fill("1200");
  await blank(page, "Percent of that on a Saturday or a Sunday").fill("40");
  // 23 × 1,200 + 8 × 480 = 31,440.
  await shows(page.locator(".sum-up"), /31,440/);
  await blank(page, "Tokens of a prompt").fill("195");
  await blank(page, "Tokens of an answer").fill("280");
  // 6,130,800 × 2 + 8,803,200 × 10 per million = 12.2616 and 88.032.
  await eventually(async () => (await cells(page, /before tax/))[0], "$100.29");
  for (const wrong of ["-1", "1e309", "", "1,5x", "9999999999999999999999999999999"]) {
    await blank(page, "Tokens of a prompt").fill(wrong);
    await page.locator(".sentence .flag").waitFor();
    assert.equal((await cells(page, /before tax/))[0], "$100.29", `after "${wrong}"`);
  }
  await page.reload();
  await started(page);
  await eventually(async () => (await cells(page, /before tax/))[0], "$100.29");
});

test("a mix of models is shared out by the requests", async ({ open }) => {
  const page = await month(open);
  await page.getByRole("button", { name: "Add a model" }).click();
  await blank(page, "Percent of the requests to model 1").fill("70");
  await page.getByText("The shares come to 70 %").waitFor();
  await blank(page, "Percent of the requests to model 2").fill("30");
  await page.getByText("The shares come to").waitFor({ state: "detached" });
  await page.getByLabel("Model 2", { exact: true }).selectOption("openai/gpt-6.1-sol");
  // The same model twice is the same month.
  await eventually(async () => (await cells(page, /before tax/))[0], "$1,987.20");
  await page.getByRole("button", { name: "Remove openai/gpt-6.1-sol" }).nth(1).click();
  await shows(page.locator(".sentence").nth(1), /The shares come to 70 %/);
});

test("any line of the bill opens its working in words and numbers", async ({ open }) => {
  const page = await month(open);
  await shows(bill(page), /the first 100,000,000 of these 625,600,000 tokens/);
  const line = bill(page).getByRole("button", { name: /Tokens: \$1,836\.32/ });
  await line.press("Enter");
  assert.equal(await line.getAttribute("aria-expanded"), "true");
  const working = page.getByTestId("line-working");
  await shows(working, /The first 100,000,000 of these 625,600,000 tokens: 100,000,000 × \$3\.60 \/ 1M = \$360/);
  await shows(working, /The 125,600,000 above 500,000,000: 125,600,000 × \$2\.20 \/ 1M = \$276\.32/);
  await shows(working, /Together \$1,836\.32/);
  await page.locator("table.plans th").filter({ hasText: "List price" }).getByRole("radio").check();
  await bill(page).getByRole("button", { name: /answer: \$920\.00/ }).click();
  await shows(working, /92,000,000 × \$10\.00 \/ 1M = \$920/);
  await shows(working, /checked Nov 9, 2026/);
  assert.match(await working.getByRole("link").getAttribute("href"), /^https:\/\/.*openai/);
});

test("presets can be added up to five, and their own blanks appear", async ({ open }) => {
  const page = await month(open);
  const add = page.getByLabel("Add a plan");
  assert.ok((await add.locator("option").count()) > 15);
  await add.selectOption("prepaid");
  // Prepaid: list price, less a gift of 250 and 1,000 that were bought.
  await shows(figure(page), /\$1,987\.20.*\$737\.20 to pay after credits/s);
  await shows(page.locator(".balances"), /Welcome credit\s*\$250\.00 of \$250\.00 used/);
  await page.getByText("Five plans are the most").waitFor();
  await page.getByRole("button", { name: "Remove Prepaid credits" }).click();
  await page.getByLabel("Add a plan").selectOption("article-volume-all-units");
  // 368,000 × 3 s = 18,400 minutes at $0.04.
  await shows(figure(page), /\$736\.00/);
  await blank(page, "Seconds of compute for each request").fill("0.15");
  // 920 minutes at $0.05.
  await shows(figure(page), /\$46\.00/);
  await page.getByRole("button", { name: "Remove Minutes, all-units" }).click();
  await page.getByLabel("Add a plan").selectOption("outcome");
  await blank(page, "Percent of the answers that reach the score").fill("50");
  // 184,000 × $0.0055.
  await shows(figure(page), /\$1,012\.00/);
});

test("sizes come from the estimate by one click", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await counted(page);
  await page.getByRole("link", { name: "Month" }).click();
  await page.getByRole("button", { name: "Take the sizes from my estimate" }).click();
  // "hello world" is 2 tokens of text, 9 with the chat framing; the answer is a chat reply of 280.
  assert.equal(await blank(page, "Tokens of a prompt").inputValue(), "9");
  assert.equal(await blank(page, "Tokens of an answer").inputValue(), "280");
});

test("without a plan, without a price and without use the page says so", async ({ open }) => {
  const page = await month(open);
  await blank(page, "People").fill("0");
  await shows(figure(page), /\$0\.00/);
  await shows(page.locator(".sum-up"), /0/);
  for (const name of ["List price", "Graduated", "All-units", "Hybrid"]) {
    await page.getByRole("button", { name: `Remove ${name}`, exact: true }).click();
  }
  await shows(figure(page), /no plan/);
  await page.getByLabel("Add a plan").selectOption("hybrid");
  await shows(figure(page), /\$1,200\.00/);
});

test("on a phone every amount is in sight, on paper the bill stands alone", async ({ open }) => {
  const page = await month(open, { width: 390 });
  for (const amount of [bill(page).locator(".fig").first(), bill(page).locator("tr.sum.last td").last(), plans(page).locator(".total td").last()]) {
    const box = await amount.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `an amount lies from ${box.x} to ${box.x + box.width}`);
  }
  await page.emulateMedia({ media: "print" });
  await page.getByText("Not an invoice and not an offer").waitFor();
  await shows(page.locator(".on-paper"), /368,000 requests in December 2026 with 1,450 tokens of prompt and 250 of answer each/);
  for (const screen of [".plate", ".left", ".reading", "table.plans", ".foot"]) assert.ok(await page.locator(screen).first().isHidden(), screen);
  assert.ok(await bill(page).isVisible());
});

for (const [width, dark] of [[1280, false], [1280, true], [390, false], [390, true]]) {
  test(`the month at ${width}, ${dark ? "dark" : "light"}: nothing sticks out, axe finds nothing`, async ({ open }) => {
    const page = await month(open, { width, dark });
    await bill(page).getByRole("button", { name: /Tokens: / }).click();
    await page.getByTestId("line-working").waitFor();
    await expectNoSidewaysScroll(page);
    await screenshot(page, `month-${width}-${dark ? "dark" : "light"}`, { fullPage: true });
    await expectNoViolations(page);
  });
}
