// Long texts: counted in the worker while the page goes on answering, stopped and taken up again, and drawn only where they are seen.
// A paste of more than 1 MB is no longer one for a text field: it becomes an attached document, beside the text that stays.
//
// The long text is lines of five times "hello 000000001", no two alike. In o200k_base the word with the space before it, the space
// after it and each three digits are a token, and so is the end of the line: 5 × 5 + 1 = 26 tokens in 5 × 16 = 80 bytes. Sizes are
// in millions of bytes.
import assert from "node:assert/strict";
import { paste, test } from "./harness.mjs";
import { counted, eventually, figure, message, read, reading, row, search, shows, total, type } from "./page.mjs";

const BYTES = 80;
const TOKENS = 26;

/** Pastes lines into the message, made in the page: ten megabytes need not travel there. */
const pasteLines = (page, lines) => message(page).evaluate((area, many) => {
  const line = (number) => `${Array.from({ length: 5 }, (_, part) => `hello ${String(number * 5 + part).padStart(9, "0")}`).join(" ")}\n`;
  const text = Array.from({ length: many }, (_, number) => line(number)).join("");
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  area.select();
  if (!area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))) return;
  area.value = text; // what the browser does where the page leaves the paste to it
  area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}, lines);

const inWords = (count) => count.toLocaleString("en-US");

/** From here on remembers the progress that was shown, and the longest time in which the page drew nothing. */
const watch = (page) => page.evaluate(() => {
  globalThis.progress = [];
  const see = () => {
    const shown = document.querySelector(".specimen .alert")?.textContent;
    if (shown && shown !== globalThis.progress.at(-1)) globalThis.progress.push(shown);
  };
  new MutationObserver(see).observe(document.querySelector(".specimen"), { subtree: true, childList: true, characterData: true });
  globalThis.standstill = 0;
  let last = performance.now();
  const frame = () => {
    const now = performance.now();
    globalThis.standstill = Math.max(globalThis.standstill, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});

for (const megabytes of [5, 10]) {
  test(`${megabytes} MB are counted to the token while the page answers`, async ({ open }) => {
    const page = await open();
    await type(page, "hello world");
    await read(page, "openai", "gpt-4o-mini");
    await watch(page);
    const lines = (megabytes * 1_000_000) / BYTES;
    await pasteLines(page, lines);
    await page.getByLabel("Requests a day").fill("7");
    await page.locator(".settings .note", { hasText: /^(196|203|210|217) requests in / }).waitFor(); // 7 × 28 to 31 days
    await counted(page, 60_000);
    await shows(total(page), `${inWords(lines * TOKENS + 2)} text tokens, 7 framing`);
    await shows(figure(page), /^too long/); // gpt-4o-mini holds 128,000 tokens
    const { standstill, progress } = await page.evaluate(() => ({ standstill: globalThis.standstill, progress: globalThis.progress }));
    assert.match(progress.join("\n"), new RegExp(`^Counting ${megabytes} MB\\d`, "m"), "the count said how far it was");
    console.log(`${megabytes} MB: the page stood still for ${Math.round(standstill)} ms at most`);
    assert.ok(standstill < 1_000, `the page stood still for ${standstill} ms`);
  });
}

test("a count that is stopped keeps the text, says so, and can be taken up again", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  const lines = 5_000_000 / BYTES;
  // Clicked in the page, the moment it is there: a fast machine counts this in less than a second.
  await page.evaluate(() => {
    const click = () => [...document.querySelectorAll(".specimen .alert button")].find(({ textContent }) => textContent === "Cancel")?.click();
    globalThis.clicking = new MutationObserver(click);
    globalThis.clicking.observe(document.querySelector(".specimen"), { subtree: true, childList: true });
  });
  await pasteLines(page, lines);
  await page.getByText("You stopped the count. Your text is safe").waitFor();
  await shows(page.getByTestId("attachment"), /^Pasted text.*5 MB/);
  await page.waitForTimeout(500); // for what may arrive late
  // "The figures are from before it changed", says the notice; so they are.
  assert.equal(await reading(page).getAttribute("data-state"), "counting");
  await shows(total(page), "2 text tokens, 7 framing");
  await page.evaluate(() => globalThis.clicking.disconnect());
  await page.getByRole("button", { name: "Count again" }).click();
  await counted(page, 60_000);
  await shows(total(page), `${inWords(lines * TOKENS + 2)} text tokens, 7 framing`);
  assert.equal(await page.getByText("You stopped the count.").count(), 0);
});

test("what is typed during a count is what is counted in the end", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await pasteLines(page, 5_000_000 / BYTES);
  await page.getByRole("button", { name: "Remove Pasted text" }).click();
  await paste(message(page), "hello world");
  await counted(page, 60_000);
  await shows(total(page), "2 text tokens, 7 framing");
});

// The longest token of spaces has 128: 1,000,000 = 7,812 × 128 + 64, and 64 spaces are a token too. With 7 of framing 7,820.
test("a million blanks, which other counters stop on, are counted exactly", async ({ open }) => {
  const page = await open();
  await message(page).evaluate((area) => {
    area.value = " ".repeat(1_000_000);
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await counted(page, 60_000);
  await search(page, "gpt-4o");
  await shows(row(page, "gpt-4o").locator(".c-in"), "7,820exact");
  await type(page, "hello world");
  await shows(row(page, "gpt-4o").locator(".c-in"), "9exact", "the worker goes on counting");
});

test("the token view draws only what is near the screen, follows as it is scrolled, and shows ids when asked", async ({ open }) => {
  const page = await open();
  await pasteLines(page, 1_000_000 / BYTES);
  await counted(page, 60_000);
  await page.getByRole("radio", { name: "Tokens", exact: true }).check();
  const view = page.getByTestId("token-view");
  const drawn = view.locator(".tok");
  await drawn.first().waitFor();
  assert.deepEqual((await drawn.allTextContents()).slice(0, 6), ["hello", " ", "000", "000", "000", " hello"]);
  const many = async () => {
    const count = await drawn.count();
    assert.ok(count > 0 && count < 20_000, `${count} tokens are drawn of 325,000`);
  };
  await many();
  const isOnScreen = (needle) => view.evaluate((box, text) => {
    const frame = box.getBoundingClientRect();
    return [...box.querySelectorAll(".tok")].some((token) => {
      const { top, bottom } = token.getBoundingClientRect();
      return token.textContent === text && top < frame.bottom && bottom > frame.top;
    });
  }, needle);
  // The middle, then the end, whose last number is 000062499.
  await view.evaluate((box) => { box.scrollTop = box.scrollHeight / 2; });
  await page.waitForTimeout(200);
  await eventually(() => view.evaluate((box) => {
    const frame = box.getBoundingClientRect();
    return [...box.querySelectorAll(".tok")].some((token) => Math.abs(token.getBoundingClientRect().top - frame.top) < frame.height);
  }), true, "the middle is drawn");
  await many();
  await eventually(async () => {
    await view.evaluate((box) => { box.scrollTop = box.scrollHeight; });
    return isOnScreen("499");
  }, true, "the end is drawn");
  await many();
  assert.equal(await view.locator(".id").count(), 0);

  await page.getByRole("radio", { name: "Ids", exact: true }).check();
  await view.evaluate((box) => { box.scrollTop = 0; });
  await shows(view.locator(".tok .id").first(), "24912"); // hello
  await page.getByRole("radio", { name: "Text", exact: true }).check();
  assert.equal((await message(page).inputValue()).length, 1_000_000);
});
