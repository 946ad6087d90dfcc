// Counting with the vocabulary of each model: which are fetched, what they count, and what happens when one does not arrive whole.
// The expected counts are those of the makers' own encoders, in tests/vocabulary/ids.jsonl.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as benchTest, expectNoViolations, paste } from "./harness.mjs";
import { countLines, counted, eventually, message, onDay, read, reading, row, search, shows, type } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await run(bench);
});

/** Written with letters and marks apart, which Qwen composes before it counts. */
const VIETNAMESE = readFileSync(new URL("../vocabulary/ids.jsonl", import.meta.url), "utf8").trim().split("\n")
  .map((line) => JSON.parse(line)).find(({ text }) => text.startsWith("Vietnamese\n"));

const MODELS = [
  ["o200k_base", "openai", "gpt-4o"],
  ["cl100k_base", "openai", "ft:gpt-3.5-turbo-"],
  ["llama3", "perplexity", "llama-3.1-sonar-small-128k-online"],
  ["deepseek", "deepseek", "deepseek-v3.1-terminus"],
  ["mistral_tekken", "mistral", "ministral-8b"],
  ["kimi", "moonshotai", "kimi-k2"],
  ["glm", "zai", "GLM-4-32B-0414-128K"],
  ["gemma", "google", "gemini-2.5-flash"],
  ["qwen", "aws", "qwen.qwen3-32b-v1:0"],
];

const working = (page) => reading(page).getByTestId("working");

test("each family is counted with its own vocabulary, as its makers count", async ({ open }) => {
  const page = await open();
  await type(page, VIETNAMESE.text);
  await page.getByRole("button", { name: "Show the working of this figure" }).click();
  for (const [encoding, provider, model] of MODELS) {
    await read(page, provider, model);
    const tokens = VIETNAMESE.ids[encoding][0];
    await eventually(async () => (await countLines(working(page)))[0]?.slice(0, 2), ["Text1 message", String(tokens)], encoding, 15_000);
  }
});

test("what a chat adds is shown line by line, or said to be unknown", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await page.getByRole("button", { name: "Show the working of this figure" }).click();
  await read(page, "openai", "gpt-4o");
  // 2 of text, 3 around the message, 1 for "user", 3 to begin the answer.
  await eventually(() => countLines(working(page)), [
    ["Text1 message", "2", "exact"],
    ["Around the messages3 × 1, OpenAI’s rule", "3", "exact"],
    ["Who speaksthe name of each role", "1", "exact"],
    ["Where the answer beginsOpenAI’s rule", "3", "exact"],
    ["Prompt", "9", "exact"],
  ]);
  await read(page, "google", "gemini-2.5-flash");
  await eventually(() => countLines(working(page)), [
    ["Text1 message", "2", "exact"],
    ["Around the messagesthe provider publishes no rule", "unknown", ""],
    ["Prompt", "2", "probable"],
  ], "Gemini", 15_000);
  await expectNoViolations(page);
});

test("only vocabularies of models on screen are fetched", async ({ open, requests }) => {
  const page = await open({ height: 500 });
  const fetched = () => [...new Set(requests.filter((url) => url.includes("/vocab/"))
    .map((url) => /vocab\/(\w+)\./.exec(url)[1]))];
  await type(page, "hello world");
  assert.ok(fetched().includes("o200k_base"));
  assert.ok(!fetched().includes("llama3") && !fetched().includes("kimi"), fetched().join());
  await search(page, "kimi k2");
  await eventually(() => fetched().includes("kimi"), true, "a model on Kimi's vocabulary is on screen", 15_000);
});

test("a second opinion is asked of tiktoken-rs, and of nobody before", async ({ open, requests }) => {
  const page = await open();
  const long = `${VIETNAMESE.text}\n${"the quick brown fox, 12345 = x_1;\n".repeat(2_000)}`;
  await paste(message(page), long);
  await counted(page);
  await read(page, "openai", "gpt-4o");
  // An edit in the middle, of which only the neighbourhood is counted again.
  await message(page).evaluate((area) => {
    area.setRangeText("Zwischenruf’s 中文 e\u0301", 30_000, 30_010);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await counted(page);
  await page.getByRole("button", { name: "Show the working of this figure" }).click();
  assert.ok(!requests.some((url) => url.includes("opinion")), "it is loaded when asked for");
  await working(page).getByRole("button", { name: "Check this count with tiktoken-rs" }).click();
  await eventually(() => working(page).locator(".opinion").textContent(), /^tiktoken-rs 0\.12\.1 counts the same: [\d,]+ text tokens\.$/, "the opinion", 30_000);
  await type(page, "hello");
  await shows(working(page).locator(".opinion"), /^Check this count/, "a changed text takes the answer away");
});

const copyOfDist = mkdtempSync(join(tmpdir(), "foretoken-vocab-"));
cpSync(new URL("../../dist", import.meta.url), copyOfDist, { recursive: true });
process.on("exit", () => rmSync(copyOfDist, { recursive: true }));

test("a vocabulary that arrives damaged is asked for again, then said, and its models are estimated", async (bench) => {
  const file = readdirSync(join(copyOfDist, "vocab")).find((name) => name.startsWith("deepseek.") && name.endsWith(".vocab"));
  const whole = readFileSync(join(copyOfDist, "vocab", file));
  writeFileSync(join(copyOfDist, "vocab", file), whole.subarray(0, 300_000));
  const page = await bench.open();
  await type(page, "hello world");
  await search(page, "deepseek v3.1 terminus");
  const alert = page.locator(".specimen .alert");
  await shows(alert, /^Some models are not counted.*deepseek arrived, but the vocabulary breaks off after 300,?000 bytes/s);
  await shows(row(page, "DeepSeek V3.1 Terminus").locator(".c-in"), /^≈ \d+estimate/);
  writeFileSync(join(copyOfDist, "vocab", file), whole);
  await alert.getByRole("button", { name: "Count again" }).click();
  await shows(row(page, "DeepSeek V3.1 Terminus").locator(".c-in"), /^2probable/);
}, { root: copyOfDist });

test("the licences of the vocabularies are shown, with their texts", async ({ open, context }) => {
  const page = await open({ path: "#/help" });
  const table = page.getByRole("table", { name: "Vocabularies and their licences" });
  await table.waitFor();
  await table.getByText(/^Built with Llama\./).waitFor();
  const link = await table.getByRole("link", { name: "Llama 3.1 Community License" }).getAttribute("href");
  const text = await context.request.get(new URL(link, page.url()).href);
  assert.match(await text.text(), /LLAMA 3\.1 COMMUNITY LICENSE AGREEMENT/);
  assert.equal(await table.getByRole("row").count(), 12, "eleven vocabularies and the head");
});
