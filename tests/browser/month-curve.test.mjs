// The Month page as use grows and day by day: each figure below is worked out by hand in the comment above it.
// December 2026 has 23 weekdays (the first is Tuesday the 1st), on each of which 800 people ask 20 questions: 368,000 requests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test as benchTest } from "./harness.mjs";
import { eventually, onDay, shows } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await run(bench);
});

const preset = (id) => JSON.parse(readFileSync(new URL(`../../static/plans/${id}.json`, import.meta.url), "utf8"));
const plan = (name, ...charges) => ({ version: 1, name, charges });

/** $0.002 a request, and $500 a month: both come to $500 at 250,000 requests. */
const BY_REQUEST = plan("By request", { id: "requests", quantity: { of: ["requests"] }, price: { unit: { amount: "0.002" } } });
const FLAT = plan("Flat", { id: "fee", price: { flat: { amount: "500" } } });

/** Keeps a draft with this month, as a visit before would have left it. */
const keep = (page, month) => page.evaluate(async (draft) => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("foretoken", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts");
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = database.transaction("drafts", "readwrite");
  transaction.objectStore("drafts").put(draft, "current");
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  database.close();
}, JSON.stringify({
  version: 1,
  prompt: { messages: [{ role: "user", text: "" }], tools: "" },
  answer: { length: "chat_reply", own: { low: 100, expected: 300, high: 600 } },
  load: { requests_per_day: "100", cache_read_percent: "0", cache_write_percent: "0" },
  month,
}));

/** The Month page on these plans. */
async function month(open, choice, options = {}) {
  const page = await open({ ...options, path: "#/month" });
  await keep(page, { chosen: 0, ...choice });
  await page.reload();
  await started(page);
  await page.getByTestId("curve-table").waitFor();
  await page.getByTestId("month-reading").getByLabel(/on$/).waitFor();
  return page;
}

/** The rows of a table, each as a list of its cells. */
const cells = (table) => table.locator("tbody tr").evaluateAll((rows) =>
  rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));

test("two plans change places where they cost the same, in the table, the sentence and the strip", async ({ open }) => {
  const page = await month(open, { plans: [BY_REQUEST, FLAT] });
  // 250,001 × $0.002 = $500.002, the first above $500. Half is 184,000 × $0.002 = $368, double 736,000 × $0.002 = $1,472.
  await eventually(() => cells(page.getByTestId("curve-table")), [
    ["Half", "184,000", "cheapest$368.00", "$500.00"],
    ["A", "250,001", "$500.00", "cheapest$500.00"],
    ["Your month", "368,000", "$736.00", "cheapest$500.00"],
    ["Double", "736,000", "$1,472.00", "cheapest$500.00"],
  ]);
  await shows(page.locator(".signs dd"), "From 250,001 requests Flat is cheaper than By request: both come to $500.00.");
  assert.deepEqual(await page.locator(".chart .sign text").allTextContents(), ["A"]);
  const stretches = await page.locator(".chart .stretch").evaluateAll((all) =>
    all.map(({ dataset }) => [dataset.plan, dataset.from, dataset.until]));
  assert.deepEqual(stretches, [["By request", "0", "250000"], ["Flat", "250001", "800000"]]);
  await shows(page.getByTestId("growth").locator("p", { hasText: "Cheapest:" }), "Cheapest: By request up to 250,000; Flat from 250,001 to the end of this curve.");
});

test("an all-units plan falls where its next rate applies to all tokens, and the page says why", async ({ open }) => {
  const page = await month(open, { plans: [preset("all-units")] });
  // A request is 1,450 + 250 = 1,700 tokens. 294,117 of them are 499,998,900 tokens: × $3.90 = $1,949.99571 a million. One more
  // makes 500,000,600 × $3.00 = $1,500.0018, which is $449.99391 less.
  const table = page.getByTestId("curve-table");
  await shows(table.locator('tr[data-n="294117"]'), /just before294,117\$1,950\.00/);
  await shows(table.locator('tr[data-n="294118"]'), /↓294,118\$1,500\.00/);
  // 411,764 × 1,700 × $3.00 = $2,099.9964; 411,765 × 1,700 × $2.50 = $1,750.00125, which is $349.99515 less.
  const said = await page.locator(".signs dd p").allTextContents();
  assert.deepEqual(said, [
    "All-units falls by $449.99 at 294,118 requests, from $1,950.00 to $1,500.00: above 500,000,000 tokens the lower rate applies to all of them.",
    "All-units falls by $350.00 at 411,765 requests, from $2,100.00 to $1,750.00: above 700,000,000 tokens the lower rate applies to all of them.",
  ]);
  assert.deepEqual(await page.locator(".chart .sign text").allTextContents(), ["↓", "↓"]);
});

test("five plans, one of them in stairs: the drawing shows what matters most, and counts the rest", async ({ open }) => {
  const plans = ["list-price", "graduated", "all-units", "hybrid", "package"].map(preset);
  const page = await month(open, { plans });
  // All-units becomes the cheapest for good at 411,765 requests (see above), and has a letter for it. They are 700,000,500 tokens,
  // so the fifteenth package of 50M begins there too.
  const letters = await page.locator(".chart .sign text").allTextContents();
  assert.deepEqual(letters.map((text) => text[0]).filter((letter) => letter > "@" && letter < "I"), [..."ABCDEFGH"]);
  await shows(page.getByTestId("curve-table").locator('tr[data-n="411765"]'), /^[A-H]\u2009↓\u2009↑411,765/);
  await shows(page.locator(".remark", { hasText: "Packages jumps" }), /^Packages jumps or falls \d+ more times in this range\.$/);
});

test("tokens of a prompt: the long-prompt rate makes list prices jump", async ({ open }) => {
  const page = await month(open, { plans: [preset("list-price")] });
  await page.getByRole("radio", { name: "Tokens of a prompt" }).check();
  // gpt-6.1-sol asks twice as much above 272,000 tokens.
  await shows(page.locator(".signs dd p").first(), /^List price jumps by .* at 272,001 tokens of a prompt, .*: above 272,000 tokens of prompt every token costs the long-prompt rate\.$/);
  await shows(page.locator(".chart .sign text").first(), "↑");
});

test("the cursor reads exact values by keyboard and by pointer", async ({ open }) => {
  const page = await month(open, { plans: [BY_REQUEST, FLAT] });
  const readout = page.getByTestId("readout");
  const cursor = page.getByLabel("Cursor");
  await shows(readout, "At 368,000 requestsBy request $736.00Flat $500.00 cheapest");
  await cursor.focus();
  const steps = [
    ["ArrowRight", "372,000", "$744.00"], // a two-hundredth of 800,000 more: 372,000 × $0.002
    ["Shift+ArrowLeft", "371,999", "$744.00"], // $743.998
    ["PageDown", "291,999", "$584.00"], // a tenth less: $583.998
    ["End", "800,000", "$1,600.00"],
    ["Home", "0", "$0.00"],
  ];
  for (const [key, requests, amount] of steps) {
    await page.keyboard.press(key);
    await shows(readout, new RegExp(`^At ${requests} requestsBy request \\${amount}`));
  }
  assert.equal(await cursor.getAttribute("aria-valuetext"), "At 0 requests, By request $0.00 cheapest, Flat $500.00");
  const plot = page.locator(".chart.over");
  const letter = await page.locator(".chart .sign .dot").first().boundingBox();
  const box = await plot.boundingBox();
  await plot.hover({ position: { x: letter.x + letter.width / 2 - box.x, y: 100 } });
  await shows(readout, /^At 250,001 requests/);
});

test("a limit: the days on which shares of it are passed, and what a pause saves", async ({ open }) => {
  const page = await month(open, { plans: [BY_REQUEST, FLAT], limit: "400", at_limit: "pause" });
  // 16,000 × $0.002 = $32 on each weekday: $200 within the 7th (Wed 9), $300 within the 10th (Mon 14), $360 within the 12th
  // (Wed 16), $400 within the 13th (Thu 17).
  await eventually(() => cells(page.getByTestId("limit-table")), [
    ["50 %", "Wed, Dec 9", "$224.00"],
    ["75 %", "Mon, Dec 14", "$320.00"],
    ["90 %", "Wed, Dec 16", "$384.00"],
    ["Limit", "Thu, Dec 17", "$416.00"],
    ["End", "Thu, Dec 31", "$736.00"],
  ]);
  // Ten weekdays after the 17th: 10 × 16,000 requests and 10 × $32.
  await shows(page.getByTestId("pause"),
    "Use would stop at the end of Thu, Dec 17: the month would cost $416.00, $320.00 less, and 160,000 requests would not be served. That is $16.00 above the limit: use stops at the end of a day, and fees stay due. The figures above are of the month without a stop.");
  await shows(page.getByTestId("month-reading").locator("div", { hasText: /^Limit of/ }), "Limit of $400.00 passedThu, Dec 17");
  await page.locator("#limit").fill("1000");
  await shows(page.getByTestId("month-reading").locator("div", { hasText: /^Limit of/ }), "Limit of $1,000.00not reached");
  await shows(page.getByTestId("pause"), "The month ends below the limit.");
});

test("included units: when they are used, and what is left week by week", async ({ open }) => {
  const page = await month(open, { plans: [preset("hybrid")] });
  // 16,000 × 1,700 = 27.2M tokens on each weekday, of 400M: 200M within the 8th (Thu 10), 300M within the 12th (Wed 16), 360M within
  // the 14th (Fri 18), 400M within the 15th (Mon 21).
  const used = page.getByTestId("included-table");
  await eventually(async () => (await cells(used)).map(([share, day]) => [share, day]), [
    ["50 %", "Thu, Dec 10"], ["75 %", "Wed, Dec 16"], ["90 %", "Fri, Dec 18"], ["All", "Mon, Dec 21"],
  ]);
  // 4, 5, 5, 5 and 4 weekdays. 625.6M − 400M = 225.6M: 200M × $2.70 + 25.6M × $2.30 = $598.88 above $1,200. By the 27th 19
  // weekdays are 516.8M: 116.8M × $2.70 = $315.36.
  await eventually(() => cells(page.getByTestId("weeks")), [
    ["Dec 1 to Dec 6", "64,000", "291,200,000", "$1,200.00"],
    ["Dec 7 to Dec 13", "80,000", "155,200,000", "$1,200.00"],
    ["Dec 14 to Dec 20", "80,000", "19,200,000", "$1,200.00"],
    ["Dec 21 to Dec 27", "80,000", "0", "$1,515.36"],
    ["Dec 28 to Dec 31", "64,000", "0", "$1,798.88"],
  ]);
  await shows(page.getByTestId("days").locator("p.note"), /^Set a limit beside the work/);
});

for (const dark of [false, true]) {
  for (const width of [1280, 390]) {
    const name = `month-curve-${width}-${dark ? "dark" : "light"}`;
    test(`axe finds nothing on the whole page, ${width} px, ${dark ? "dark" : "light"}`, async ({ open }) => {
      const plans = ["list-price", "graduated", "all-units", "hybrid", "package"].map(preset);
      const page = await month(open, { plans, chosen: 3, limit: "1500", at_limit: "pause" }, { width, dark });
      await page.getByTestId("limit-table").waitFor();
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, name, { fullPage: true });
    });
  }
}
