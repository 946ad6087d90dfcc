// The prompt as a chat with tools, and the month it is used in. Every figure is worked by hand beside its test; the prices it stands
// on are checked at the head of estimate.test.mjs.
import assert from "node:assert/strict";
import { test as benchTest } from "./harness.mjs";
import { counted, enter, eventually, figure, helloOnGpt4o, message, number, onDay, read, reading, row, search, shows, total, type } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await run(bench);
});

test("messages have roles, an order and an undo, and each costs its framing", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await page.getByRole("button", { name: "Add message" }).click();
  await type(page, "hello world hello world", 1);
  await shows(total(page), "6 text tokens, 11 framing"); // 2 + 4; two messages of 3 + 1 and 3 before the answer
  const roles = () => page.locator(".msg select").evaluateAll((all) => all.map((select) => select.value));
  assert.deepEqual(await roles(), ["user", "assistant"]);
  await page.getByLabel("Role of message 1").selectOption("system");
  await page.getByRole("button", { name: "Move message 2 up" }).click();
  await counted(page);
  await eventually(roles, ["assistant", "system"]);
  assert.equal(await message(page).inputValue(), "hello world hello world");
  await page.getByRole("button", { name: "Remove message 1" }).click();
  await counted(page);
  await shows(total(page), "2 text tokens, 7 framing");
  assert.equal(await message(page).inputValue(), "hello world");
  await page.getByRole("button", { name: "Undo" }).click();
  await counted(page);
  await shows(total(page), "6 text tokens, 11 framing");
  assert.deepEqual(await roles(), ["assistant", "system"]);
  assert.equal(await page.getByRole("button", { name: "Move message 1 up" }).isDisabled(), true);
  assert.equal(await page.getByRole("button", { name: "Move message 2 down" }).isDisabled(), true);
});

test("tools are counted as OpenAI's cookbook does; broken ones say what is wrong", async ({ open }) => {
  const page = await open();
  await type(page, "find_order:");
  const name = number((await total(page).textContent()).split(" text")[0]); // the cookbook counts "name:description"
  await helloOnGpt4o(async () => page);
  await page.getByRole("button", { name: "Add tools" }).click();
  const put = async (json) => {
    await page.locator("#tools").fill(json);
    await counted(page);
  };
  await put('[{"type": "function", "function": {"name": "find_order", "parameters": {}}}]');
  await shows(total(page), `2 text tokens, 7 framing, ${7 + name + 12} tools`); // 7 for a function, 12 after all of them
  await search(page, "gpt-4o");
  await shows(row(page, "gpt-4o").locator(".c-in"), `${9 + 7 + name + 12}probable`);
  await put('[{"type": ');
  await shows(page.locator("#tools-note"), /^the tools are not JSON: /);
  assert.equal(await page.locator("#tools").getAttribute("aria-invalid"), "true");
  await put('"find_order"');
  await shows(page.locator("#tools-note"), /^the tools are a JSON text; expected a list of tools/);
  await put("");
  await shows(row(page, "gpt-4o").locator(".c-in"), "9exact");
});

// Gemini 3.8 Flash costs 0.75 and 3.75 until 2027-01-01 in UTC, and twice that from then on. 1,000 tokens each way are $0.0045, then
// $0.009; 100 requests a day are 3,100 in either month of 31 days = 744 hours, so 3,100 / 744 = 4.1667 an hour.
for (const [zone, december, january, lines] of [
  // December ends an hour before the change: 3,100 × 0.0045 = 13.95. In January 1 h × 4.1667 × 0.0045 = 0.01875 → 0.02 and
  // 743 h × 4.1667 × 0.009 = 27.8625 → 27.86.
  ["Europe/Berlin", "$13.95", "$27.88", ["$0.02", "$27.86"]],
  // December ends five hours after it: 739 h × 4.1667 × 0.0045 = 13.85625 → 13.86 and 5 h × 4.1667 × 0.009 = 0.1875 → 0.19;
  // January: 3,100 × 0.009 = 27.90.
  ["America/New_York", "$14.05", "$27.90", ["$27.90"]],
]) {
  test(`a month is the calendar's in ${zone}, and a price that changes within it is charged for its part`, async ({ open }) => {
    const page = await open();
    await type(page, "hello world");
    await read(page, "google", "gemini-3.8-flash");
    assert.equal(await page.locator("label[for=month]").textContent(), `Month, in ${zone.replace("_", " ")}`);
    for (const end of ["low", "expected", "high"]) await enter(page, `answer-${end}`, "1000");
    await page.getByRole("button", { name: "Show the working of this figure" }).click();
    const opened = reading(page).getByTestId("working");
    await opened.getByText("I know the true count").click();
    await enter(page, "reading-true-count", "1000");
    const month = reading(page).locator(".seconds dd").last();
    await page.locator("#month").selectOption({ label: "December 2026" });
    await shows(month, december);
    await page.locator("#month").selectOption({ label: "January 2027" });
    await shows(month, january);
    const amounts = await opened.locator("table.month tr:not(.sum) td:last-child").allTextContents();
    assert.deepEqual(amounts, lines);
    await shows(figure(page), /^\$0\.004500/, "one request is at today's price");
  }, { context: { timezoneId: zone } });
}
