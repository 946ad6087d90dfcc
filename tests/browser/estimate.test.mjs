// The estimate page: what is typed, chosen and opened, and the figures that follow. Every figure is worked by hand beside its test.
//
// The prices they are worked from, in dollars per million tokens:
//   gpt-4o       prompt 2.50, read from cache 1.25, answer 10.00; batch 1.25 and 5.00
//   gpt-4o-mini  prompt 0.15, answer 0.60
// "hello world" is 2 tokens in o200k_base. OpenAI's chat framing is 3 for each message, 1 for its role and 3 before the answer: 7
// for one message, so 9 in all. A chat reply is 210 words, from 90 to 450, at 4 tokens for 3 words: 280 tokens, from 120 to 600.
import assert from "node:assert/strict";
import { test as plainTest } from "node:test";
import { test as benchTest } from "./harness.mjs";
import {
  counted, enter, eventually, exactly, figure, helloOnGpt4o, listed, message, number, onDay, read, reading, row, rows, search, shows,
  tape, titles, total, type, typeInto, working,
} from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context, options.day);
  await run(bench);
});

plainTest("the prices these tests are worked from still hold", () => {
  const { prices, variants } = listed("openai", "gpt-4o");
  assert.deepEqual([prices[0].usd.input, prices[0].usd.cache_read, prices[0].usd.output], ["2.5", "1.25", "10"]);
  assert.deepEqual(variants.find(({ is }) => is === "batch").usd, { input: "1.25", output: "5" });
  assert.deepEqual(listed("openai", "gpt-4o-mini").prices[0].usd.output, "0.6");
  const flash = listed("google", "gemini-3.8-flash").prices;
  assert.deepEqual(flash.map(({ from, usd }) => [from, usd.input, usd.output]), [[undefined, "0.75", "3.75"], ["2027-01-01", "1.5", "7.5"]]);
});

test("an empty page has no reading; what is typed is counted and priced; cleared, it can be had back", async ({ open }) => {
  const page = await open();
  await shows(figure(page), /^no reading/);
  await page.locator("#model").waitFor();
  await search(page, "gpt-4o");
  await shows(row(page, "gpt-4o").locator(".fig"), "–");

  await type(page, "hello world");
  await read(page, "openai", "gpt-4o");
  await shows(total(page), "2 text tokens, 7 framing");
  // 9 × 2.50 / 1M + 280 × 10 / 1M = 0.0000225 + 0.0028 = 0.0028225
  await shows(figure(page), /^\$0\.002823/);
  await shows(reading(page).locator(".of .basis"), "exact");
  await shows(row(page, "gpt-4o").locator(".c-in"), "9exact");
  // 1,000 × 0.0028225 = 2.8225; December has 31 days of 100 requests: 3,100 × 0.0028225 = 8.74975
  // low: 9 × 2.50 / 1M + 120 × 10 / 1M = 0.0012225; high: 9 × 2.50 / 1M + 600 × 10 / 1M = 0.0060225
  await shows(reading(page).locator(".seconds"), "Low to high$0.0012 – $0.00601,000 requests$2.82December 2026$8.75");

  await type(page, "<|endoftext|>");
  await shows(total(page), "7 text tokens, 7 framing"); // <, |, endo, ft, ext, |, >: ordinary text, not one special token

  await page.getByRole("button", { name: "Clear" }).click();
  await shows(figure(page), /^no reading/);
  await page.getByRole("button", { name: "Undo" }).click();
  await counted(page);
  assert.equal(await message(page).inputValue(), "<|endoftext|>");
  await shows(total(page), "7 text tokens, 7 framing");
});

test("the model under the figure is chosen in the list or in the table", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await read(page, "openai", "gpt-4o-mini");
  await shows(figure(page), /^\$0\.000169/); // 9 × 0.15 / 1M + 280 × 0.60 / 1M = 0.00000135 + 0.000168 = 0.00016935
  await search(page, "gpt-4o");
  await row(page, "gpt-4o").locator("button.id").click();
  await shows(figure(page), /^\$0\.002823/);
  assert.equal(await page.locator("#model").inputValue(), "openai/gpt-4o");
});

test("the table sorts both ways and says so; a model without a price is last in both", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await addOwn(page, "Unpriced");
  await page.getByRole("button", { name: /^Show \d+ more models$/ }).click();
  const column = (name) => page.locator("thead th", { hasText: name });
  const figures = async (cell) => {
    const texts = await rows(page).locator(cell).allTextContents();
    return texts.map((text) => (text.includes("$") ? Number(exactly(text)) : null));
  };
  const inOrder = async (cell, sign) => {
    const found = await figures(cell);
    const priced = found.filter((figure) => figure !== null);
    assert.ok(priced.length > 100, "there is much to sort");
    assert.deepEqual(found.slice(priced.length).filter((figure) => figure !== null), [], "no price comes after every price");
    return priced.every((figure, index) => index === 0 || sign * figure >= sign * priced[index - 1]);
  };
  const heads = ".models thead [aria-sort]";
  assert.equal(await page.locator(heads).getAttribute("aria-sort"), "ascending");
  await eventually(() => inOrder(".fig", 1), true, "cheapest first");
  await shows(rows(page).last().locator(".fig"), /^(no price|no figure|too long|not counted|no limit known)$/);
  assert.ok((await titles(page)).slice(-20).includes("Unpriced"));

  await column("One request").getByRole("button").click();
  await eventually(() => page.locator(heads).getAttribute("aria-sort"), "descending");
  assert.equal(await page.locator(heads).count(), 1);
  await eventually(() => inOrder(".fig", -1), true, "dearest first");
  assert.ok((await titles(page)).slice(-20).includes("Unpriced"));

  await column("Context").getByRole("button").click();
  await column("Context").getByRole("button").click();
  await eventually(() => column("Context").getAttribute("aria-sort"), "descending");
  assert.equal(await column("One request").getAttribute("aria-sort"), null);
  await column("Model").getByRole("button").click();
  const first = (await titles(page))[0];
  await column("Model").getByRole("button").click();
  await eventually(async () => (await titles(page)).at(-1), first);
});

test("sorted by model, the names that are shown stand in the order of the alphabet", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await page.getByRole("button", { name: /^Show \d+ more models$/ }).click();
  await page.locator("thead").getByRole("button", { name: "Model" }).click();
  await eventually(() => page.locator("thead th", { hasText: "Model" }).getAttribute("aria-sort"), "ascending");
  const initials = (await titles(page)).map((title) => title[0].toLowerCase());
  assert.deepEqual(initials, initials.toSorted());
});

test("the search forgives, and says so when it finds nothing", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  for (const query of ["gpt4o", "openai/gpt-4o", "gpt-4o-2024-08-06", "GPT 4o", "opnai gpt-4o"]) {
    await search(page, query);
    await eventually(async () => (await titles(page)).includes("gpt-4o"), true, `“${query}” finds gpt-4o`);
  }
  await search(page, "no such model at all");
  await page.getByText("No model matches.").waitFor();
  await page.getByRole("button", { name: "Show every model" }).click();
  await eventually(() => rows(page).count(), 40);
  assert.equal(await page.getByTestId("search").inputValue(), "");

  await search(page, "opus 5.5");
  await eventually(async () => (await titles(page)).includes("Claude Opus 5.5"), true);
});

test("Enter on a model's name reads that model, not a cheaper one that also matches", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  for (const [query, key] of [["gpt-4o", "openai/gpt-4o"], ["sonnet 5.5", "anthropic/claude-sonnet-5-5"]]) {
    await search(page, query);
    await page.getByTestId("search").press("Enter");
    await eventually(() => page.locator("#model").inputValue(), key, `“${query}” and Enter`);
  }
});

test("the table is filtered by provider, price and context, and shows the rest on demand", async ({ open, requests }) => {
  const page = await helloOnGpt4o(open);
  await page.getByLabel("Price of one request", { exact: true }).selectOption("0.001");
  const more = page.getByRole("button", { name: /^Show \d+ more models$/ });
  const hidden = number(await more.textContent());
  assert.equal(await rows(page).count(), 40);
  await more.click();
  await eventually(() => rows(page).count(), 40 + hidden);
  assert.equal(await more.count(), 0);
  const prices = (await rows(page).locator(".fig").allTextContents()).map(exactly);
  assert.ok(prices.length > 40 && prices.every((price) => price <= exactly("$0.001")));
  await page.getByLabel("Price of one request", { exact: true }).selectOption("");

  await page.locator("select[aria-label='Least context window']").selectOption("1000000");
  const windows = (await rows(page).locator(".of").allTextContents()).map((text) => /^ of ([\d.]+)M$/.exec(text)?.[1]);
  assert.ok(windows.length > 20 && windows.every((millions) => Number(millions) >= 1), `all hold a million: ${windows}`);
  await page.locator("select[aria-label='Least context window']").selectOption("");

  await page.getByLabel("Provider").selectOption({ label: "DeepSeek" });
  await eventually(async () => new Set(await rows(page).locator(".namecell small").allTextContents()), new Set(["DeepSeek"]));
  const before = requests.filter((url) => /openrouter/.test(url)).length;
  await page.getByLabel("Provider").selectOption("openrouter");
  await rows(page).locator(".namecell small", { hasText: "OpenRouter" }).first().waitFor();
  assert.equal(before, 0, "not fetched before it was asked for");
});

test("what the figure is compared with is no dearer than it, whatever the table is filtered to", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  const ratio = () => reading(page).locator(".extract tr", { hasText: "This one" }).locator("td").last().textContent();
  assert.match(await ratio(), /^×\d+/);
  await search(page, "claude opus"); // every one of them is dearer than gpt-4o
  await rows(page).first().getByText("Claude Opus").waitFor();
  assert.ok(number(await ratio()) >= 1, `this one is ${await ratio()} the cheapest`);
  assert.doesNotMatch(await reading(page).locator(".say").textContent(), /costs 0\.\d times as much/);
});

test("five models are pinned on top, in the order they were pinned; a sixth is refused", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  const chosen = ["gpt-4o", "Claude Opus 5", "Claude Sonnet 5.5", "Mistral Large 4", "gpt-4o-mini"];
  for (const title of chosen) {
    await search(page, title);
    await row(page, title).first().getByRole("button", { name: `Pin ${title} to compare` }).click();
  }
  await search(page, "");
  await eventually(async () => (await titles(page)).slice(0, 5), chosen);
  await page.locator("thead").getByRole("button", { name: "Model" }).click();
  assert.deepEqual((await titles(page)).slice(0, 5), chosen, "sorting leaves them on top");
  const sixth = rows(page).nth(5).locator(".pin");
  assert.equal(await sixth.isDisabled(), true);
  assert.match(await sixth.getAttribute("aria-label"), /five are pinned already$/);
  await page.getByRole("button", { name: "Unpin Claude Opus 5" }).click();
  await eventually(() => rows(page).nth(5).locator(".pin").isDisabled(), false);
  assert.deepEqual((await titles(page)).slice(0, 4), chosen.filter((title) => title !== "Claude Opus 5"));
});

test("a working adds up, line by line, to the figure it explains", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await enter(page, "cache-read", "50");
  await search(page, "gpt-4o");
  const opened = await working(page, "gpt-4o");
  // Half of 9 tokens, rounded down: 4 from cache at 1.25, the other 5 at 2.50; 280 of answer at 10.
  await eventually(() => tape(opened), [
    ["Prompt", "5 tokens", "× $2.50 / 1M", "$0.0000125"],
    ["Prompt, read from cache", "4 tokens", "× $1.25 / 1M", "$0.000005"],
    ["Answer, expected", "280 tokens", "× $10.00 / 1M", "$0.0028"],
    ["One request", "", "", "$0.0028175"],
  ]);
  const lines = await tape(opened);
  const sum = lines.slice(0, -1).reduce((so_far, [, tokens, rate, amount]) => {
    const dollars = exactly(/\$[\d.]+/.exec(rate)[0]);
    assert.equal((BigInt(number(tokens)) * dollars) / 1_000_000n, exactly(amount), "tokens times rate");
    return so_far + exactly(amount);
  }, 0n);
  assert.equal(sum, exactly(lines.at(-1).at(-1)));
  await shows(row(page, "gpt-4o").locator(".fig"), "$0.002818");
  await shows(opened.locator(".facts"), /2 text tokens, exact \(o200k_base\), and 7 of chat framing by OpenAI’s published rule/);
  assert.match(await opened.locator(".facts a").getAttribute("href"), /^https:\/\//, "the price has a source");
  await row(page, "gpt-4o").locator(".fig").click();
  await opened.waitFor({ state: "detached" });
});

test("the cached share and the batch price change the cost by what the catalogue says", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await enter(page, "cache-read", "100");
  await shows(figure(page), /^\$0\.002811/); // 9 × 1.25 / 1M + 0.0028 = 0.00281125
  await enter(page, "cache-write", "1");
  await page.getByText("at most 0; 0 still holds").waitFor(); // read and written are parts of one prompt
  await enter(page, "cache-write", "0");
  await enter(page, "cache-read", "0");
  await page.getByRole("radio", { name: "Batch" }).check();
  await shows(figure(page), /^\$0\.001411/); // 9 × 1.25 / 1M + 280 × 5 / 1M = 0.00001125 + 0.0014 = 0.00141125
  await page.getByRole("radio", { name: "Flex" }).check();
  await page.getByText("gpt-4o is not sold this way; its standard price is shown.").waitFor();
  await shows(figure(page), /^\$0\.002823/);
  await page.getByRole("radio", { name: "Standard" }).check();
  await enter(page, "requests", "1,000");
  await shows(reading(page).locator(".seconds dd").last(), "$87.50"); // 31,000 × 0.0028225 = 87.4975
});

test("the answer is as long as a preset, a sample or one's own figures say", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  const fields = () => Promise.all(["low", "expected", "high"].map((end) => page.locator(`#answer-${end}`).inputValue()));
  for (const [preset, ...expected] of [
    ["Yes or no", "2", "2", "4"], // 1, 1 and 3 words × 4/3, rounded up
    ["A sentence", "12", "24", "48"], // 9, 18, 36
    ["A page", "400", "667", "934"], // 300, 500, 700
    ["A report", "2,000", "4,000", "8,000"], // 1,500, 3,000, 6,000
    ["Like the prompt", "2", "2", "2"], // 2 tokens, give or take a whole number of quarters
    ["Model’s limit", "16,384", "16,384", "16,384"],
    ["A chat reply", "120", "280", "600"],
  ]) {
    await page.getByRole("radio", { name: preset }).check();
    await eventually(fields, expected, preset);
  }
  await page.getByRole("radio", { name: "From a sample" }).check();
  await page.locator("#sample").fill("hello world hello world"); // hello, world, hello, world: 4; from half to twice
  await counted(page);
  await eventually(fields, ["2", "4", "8"]);
  await enter(page, "answer-expected", "1000");
  await eventually(fields, ["2", "1,000", "1,000"]);
  await shows(figure(page), /^\$0\.010023/); // 0.0000225 + 1,000 × 10 / 1M = 0.0100225
});

test("what is no number stays in the field with a reason, and the last good value holds", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await enter(page, "answer-expected", "1000");
  for (const [typed, reason] of [
    ["1,5", "“1,5” is not a number; write it like 1,234.5; 1,000 still holds"],
    ["1.5", "whole numbers only; 1,000 still holds"],
    ["-1", "at least 0; 1,000 still holds"],
    ["1e309", "“1e309” is not a number; write it like 1,234.5; 1,000 still holds"],
    ["", "enter a number; 1,000 still holds"],
  ]) {
    await enter(page, "answer-expected", typed);
    await shows(page.locator("#answer-expected-error"), reason);
    assert.equal(await page.locator("#answer-expected").getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator("#answer-expected").inputValue(), typed);
    await shows(figure(page), /^\$0\.010023/); // 0.0000225 + 1,000 × 10 / 1M
  }
  await enter(page, "answer-expected", "2000");
  await eventually(() => page.locator("#answer-expected-error").count(), 0);
  await shows(figure(page), /^\$0\.020023/);
});

test("a price of one's own holds at once, is marked wherever it shows, and can be taken back", async ({ open }) => {
  const page = await helloOnGpt4o(open, { width: 1680 });
  await search(page, "gpt-4o");
  const opened = await working(page, "gpt-4o");
  await opened.getByText("Change this price").click();
  await enter(page, "row-price-input", "5");
  await shows(figure(page), /^\$0\.002845/); // 9 × 5 / 1M + 0.0028 = 0.000045 + 0.0028
  const marked = { "the reading": reading(page).locator(".of"), "the row": row(page, "gpt-4o").locator(".namecell"), "the dock": page.locator(".dock"),
    "the extract": reading(page).locator(".extract tr", { hasText: "This one" }) };
  for (const [where, place] of Object.entries(marked)) await shows(place, /your price/, where);
  await shows(row(page, "gpt-4o").locator(".c-date"), "yours");
  await shows(opened.locator(".facts"), /Yours for the prompt\. For the rest: genai-prices/);
  await enter(page, "row-price-output", "20");
  await shows(opened.locator(".facts"), /Yours: you entered it on this page\./);
  await opened.getByRole("button", { name: "Back to the listed price" }).click();
  await shows(figure(page), /^\$0\.002823/);
  await eventually(() => page.getByText("your price", { exact: true }).count(), 0);
});

test("a figure typed key by key leaves the others as they are, as far as they still make a range", async ({ open }) => {
  const page = await helloOnGpt4o(open); // a chat reply: 120, 280, 600
  const fields = () => Promise.all(["low", "expected", "high"].map((end) => page.locator(`#answer-${end}`).inputValue()));
  await typeInto(page, "answer-high", "900");
  await eventually(fields, ["120", "280", "900"]);
  await typeInto(page, "answer-expected", "300");
  await eventually(fields, ["120", "300", "900"]);
  await typeInto(page, "answer-low", "400"); // above what was expected, which follows
  await eventually(fields, ["400", "400", "900"]);
});

async function addOwn(page, name, prices = {}) {
  const form = page.locator(".own-model");
  if (!(await form.evaluate((details) => details.open))) await form.locator("summary").click();
  await page.locator("#own-name").fill(name);
  for (const [field, price] of Object.entries(prices)) await page.locator(`#own-${field}`).fill(price);
  await form.getByRole("button", { name: "Add this model" }).click();
}

test("a model of one's own is in the table; without a price it is never 0", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await addOwn(page, "Unpriced");
  await addOwn(page, "Half priced", { input: "1" });
  await addOwn(page, "House model", { input: "1000", output: "1000", window: "8,000" });
  await search(page, "Unpriced");
  await shows(row(page, "Unpriced").locator(".fig"), "no price");
  await shows(row(page, "Unpriced").locator(".c-mo"), "–");
  await search(page, "Half priced");
  await shows(row(page, "Half priced").locator(".fig"), "no price"); // the answer has none
  await search(page, "House model");
  await enter(page, "answer-expected", "1000");
  const opened = await working(page, "House model");
  await opened.getByText("I know the true count").click();
  await enter(page, "row-true-count", "1000");
  await shows(row(page, "House model").locator(".fig"), "$2.0000"); // (1,000 + 1,000) × 1,000 / 1M
  await shows(row(page, "House model").locator(".c-ctx"), /^fits13 % of 8K$/); // 1,000 of 8,000 is 12.5 %
  await opened.getByText("Change this price").click();
  await opened.getByRole("button", { name: "Remove this model" }).click();
  await page.getByText("No model matches.").waitFor();
});

test("a true count is followed by every model of its family, and forgotten on request", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await search(page, "claude opus 5");
  const before = await row(page, "Claude Opus 5.5").first().locator(".c-in").textContent();
  assert.match(before, /^≈ \d+estimate ±\d+ %$/);
  const opened = await working(page, "Claude Opus 5");
  await opened.getByText("I know the true count").click();
  await enter(page, "answer-expected", "0");
  await enter(page, "row-true-count", "1000");
  await shows(row(page, "Claude Opus 5").first().locator(".c-in"), "1,000your count");
  await shows(row(page, "Claude Opus 5.5").first().locator(".c-in"), "1,000your count");
  await shows(row(page, "Claude Opus 5").first().locator(".fig"), "$0.005000"); // 1,000 × 5 / 1M
  await search(page, "gpt-4o");
  await shows(row(page, "gpt-4o").locator(".c-in"), "9exact", "another family keeps its count");
  await search(page, "claude opus 5");
  await page.getByRole("button", { name: "Back to our count" }).click();
  await shows(row(page, "Claude Opus 5.5").first().locator(".c-in"), before);
});
