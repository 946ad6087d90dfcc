// The sandbox, rehearsed: what goes out is counted and priced before it does, arrives at its pace, becomes a line of the ledger, and
// stays within the limit. Prices are those of gpt-4o: $2.50 a million tokens in, $10 out.
import assert from "node:assert/strict";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test } from "./harness.mjs";
import { eventually, onDay } from "./page.mjs";

const say = (page) => page.getByLabel("Say");
const said = (page) => page.locator(".talk li");
const lines = (page) => page.locator("table.ledger tbody tr");
const status = (page) => page.locator(".budget-says");
const spent = (page) => page.getByTestId("meter").locator(".figure");
const number = (text) => Number(text.replace(/[^\d.]/g, ""));

/** The cells of a line: tokens in, tokens out, price in dollars. */
async function line(page, at = 0) {
  const cells = await lines(page).nth(at).locator("td").evaluateAll((all) => all.map((cell) => cell.firstChild?.textContent ?? ""));
  return { input: number(cells[1]), output: number(cells[2]), price: number(cells[3]), ended: cells[5] };
}

const price = ({ input, output }) => (input * 2.5 + output * 10) / 1_000_000;

/** The sandbox with gpt-4o, which answers at once unless the test wants otherwise. */
async function sandbox({ open, context }, { first = "0", speed = "10000", ...options } = {}) {
  await onDay(context);
  const page = await open({ path: "#/sandbox", ...options });
  await page.locator("#sandbox-model").selectOption("openai/gpt-4o");
  await page.getByLabel("First token after").fill(first);
  await page.getByLabel("Then, tokens a second").fill(speed);
  return page;
}

async function rehearse(page, words, lines_) {
  await say(page).fill(words);
  await say(page).press("Enter");
  await eventually(() => lines(page).count(), lines_, "lines of the ledger", 15_000);
}

test("a conversation is counted, priced and sent again with each request", async (bench) => {
  const page = await sandbox(bench);
  await rehearse(page, "hello world", 1);
  const first = await line(page);
  assert.equal(first.input, 9, "2 tokens of text, 3 + 1 around the message, 3 before the answer");
  assert.ok(first.output >= 120 && first.output <= 600, `a chat reply is 120 to 600 tokens: ${first.output}`);
  assert.ok(Math.abs(first.price - price(first)) < 0.000_005, `${first.price} is not ${price(first)}`);
  assert.equal(await said(page).count(), 2);
  assert.match(await said(page).nth(1).textContent(), /^Played by the pageNo model wrote this: the page plays an answer/);
  assert.equal(await say(page).inputValue(), "", "what was said has gone out");
  await rehearse(page, "again", 2);
  const second = await line(page);
  // Three messages with 3 + 1 around each and 3 before the answer; their texts are 2, the whole answer, and 1.
  assert.equal(second.input, 3 * 4 + 3 + 2 + first.output + 1);
  assert.ok(Math.abs(number(await spent(page).evaluate((node) => node.firstChild.textContent)) - price(first) - price(second)) < 0.000_01);
  assert.match(await page.locator(".stacks li").nth(1).textContent(), new RegExp(`${first.output + 9} sent before, 9 new`));
});

test("a request that may cost more than is left stays here, and goes out when the limit is raised", async (bench) => {
  const page = await sandbox(bench);
  await page.getByLabel("Limit of this session").fill("0.0065");
  await rehearse(page, "hello world", 1); // at most 9 × $2.50 + 600 × $10 a million: $0.0060225
  await say(page).fill("again");
  await say(page).press("Enter");
  const refused = page.getByRole("alert");
  await eventually(() => refused.textContent(), /^It did not go outThis may cost up to \$0\.00\d+, and \$0\.00\d+ of your limit of .* is left: \$0\.00\d+ too little\./);
  assert.equal(await say(page).inputValue(), "again", "what was said is still there");
  assert.equal(await lines(page).count(), 1);
  await refused.getByRole("button", { name: /^Raise the limit to \$0\.0[12]$/ }).click();
  assert.equal(await refused.count(), 0);
  await page.getByRole("button", { name: "Rehearse", exact: true }).click();
  await eventually(() => lines(page).count(), 2, "lines of the ledger", 15_000);
  await page.getByRole("button", { name: "Pause" }).click();
  await say(page).fill("more");
  await say(page).press("Enter");
  await eventually(() => refused.textContent(), /The budget is paused/);
  await refused.getByRole("button", { name: "Resume" }).click();
  await rehearse(page, "more", 3);
});

test("the budget says when a half, three quarters, nine tenths and all of it are spent", async (bench) => {
  const page = await sandbox(bench);
  await rehearse(page, "hello world", 1);
  const cost = price(await line(page));
  assert.match(await status(page).textContent(), /^Less than half of \$1\.00 is spent/);
  const words = { 0.6: /^Half of /, 0.8: /^Three quarters of /, 0.95: /^Nine tenths of /, 1.1: /^All of .* is spent: nothing more goes out/ };
  for (const [share, expected] of Object.entries(words)) {
    await page.getByLabel("Limit of this session").fill((cost / Number(share)).toFixed(7));
    await eventually(() => status(page).textContent(), expected);
  }
});

test("an answer arrives by and by, and what had arrived when it was stopped is metered", async (bench) => {
  const page = await sandbox(bench, { first: "300", speed: "40" });
  await say(page).fill("hello world");
  await say(page).press("Enter");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  const words = () => said(page).nth(1).locator("p").textContent();
  await eventually(async () => (await words()).length > 40, true, "that some of the answer is there");
  assert.equal(await lines(page).count(), 0, "it is not at its end");
  assert.match(await page.getByTestId("meter").locator("dt").first().textContent(), /so far/);
  await page.getByRole("button", { name: "Stop" }).click();
  const stopped = await line(page);
  assert.equal(stopped.ended, "stopped by you");
  assert.ok(stopped.output > 0 && stopped.output < 120, `${stopped.output} tokens had arrived`);
  assert.ok(Math.abs(stopped.price - price(stopped)) < 0.000_005);
  assert.equal((await words()).split(/\s+/).length <= stopped.output, true, "no more words than tokens");
});

test("a reload keeps the conversation, the ledger, the limit and the pace", async (bench) => {
  const page = await sandbox(bench, { speed: "9000" });
  await page.getByLabel("Limit of this session").fill("2");
  await rehearse(page, "hello <b>world</b>", 1);
  const before = await line(page);
  const shown = await spent(page).textContent();
  await page.waitForTimeout(500);
  await page.reload();
  await started(page);
  await eventually(() => lines(page).count(), 1, "lines of the ledger", 15_000);
  assert.deepEqual(await line(page), before);
  await eventually(() => spent(page).textContent(), shown);
  assert.equal(await said(page).first().locator("p").textContent(), "hello <b>world</b>");
  assert.equal(await page.getByLabel("Limit of this session").inputValue(), "2");
  assert.equal(await page.getByLabel("Then, tokens a second").inputValue(), "9,000");
  await page.getByRole("button", { name: "Begin anew" }).click();
  assert.equal(await said(page).count(), 0);
  assert.equal(await lines(page).count(), 0);
});

test("the prompt of the Estimate page is rehearsed as it stands", async ({ open, context }) => {
  await onDay(context);
  const page = await open();
  await page.getByTestId("message-0").fill("What does this cost?");
  await page.locator("nav").getByRole("link", { name: "Sandbox" }).click();
  await page.locator("#sandbox-model").selectOption("openai/gpt-4o");
  await page.getByLabel("First token after").fill("0");
  await page.getByLabel("Then, tokens a second").fill("10000");
  await page.getByRole("button", { name: "Rehearse the prompt of the Estimate page" }).click();
  await eventually(() => lines(page).count(), 1, "lines of the ledger", 15_000);
  assert.equal((await line(page)).input, 5 + 7, "five tokens and the framing of one message");
});

for (const [width, dark] of [[1280, false], [1280, true], [390, false], [390, true]]) {
  const name = `${width}-${dark ? "dark" : "light"}`;
  test(`axe finds nothing in the sandbox, ${name}`, async (bench) => {
    const page = await sandbox(bench, { width, dark, height: width === 390 ? 844 : 900 });
    await expectNoViolations(page);
    await rehearse(page, "hello world", 1);
    await rehearse(page, "and again, with a longer question about the same things", 2);
    await page.getByLabel("Limit of this session").fill("0.01");
    await say(page).fill("once more");
    await say(page).press("Enter");
    await page.getByRole("alert").waitFor();
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `sandbox-${name}`, { fullPage: true });
  });
}
