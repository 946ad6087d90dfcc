// How the tests use the page: what a person would type, choose and read. No test looks at the app's insides.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

/** The day on which the prices in these tests are read, unless a test chooses another. */
export const TODAY = "2026-11-24T12:00:00Z";

/** From here on every page of the context believes that it was opened at this instant. Time goes on. */
export const onDay = (context, instant = TODAY) => context.addInitScript((start) => {
  const Real = Date;
  const ahead = Real.parse(start) - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(Real.now() + ahead);
      else super(...given);
    }

    static now() {
      return Real.now() + ahead;
    }
  };
}, instant);

export const message = (page, index = 0) => page.getByTestId(`message-${index}`);
export const reading = (page) => page.getByTestId("reading");
export const figure = (page) => reading(page).locator(".figure");
export const total = (page) => page.locator(".specimen .head .note");

/** Waits until what is on display was counted from what is typed. */
export const counted = (page, timeout = 15_000) =>
  page.locator('[data-testid="reading"][data-state="counted"]').waitFor({ timeout });

export async function type(page, text, index = 0) {
  await message(page, index).fill(text);
  await counted(page);
}

/** The page on which "hello world" is counted for gpt-4o, the start of most tests here. */
export async function helloOnGpt4o(open, options) {
  const page = await open(options);
  await type(page, "hello world");
  await read(page, "openai", "gpt-4o");
  return page;
}

/** Chooses the model under the large figure. */
export const read = (page, provider, model) => page.locator("#model").selectOption(`${provider}/${model}`);

const literally = (text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

export const rows = (page) => page.locator("table.models tr.row");
/** The rows of the models with exactly this title; a title may stand at several providers. */
export const row = (page, title) => rows(page).filter({ has: page.locator("button.id", { hasText: literally(title) }) });
export const titles = (page) => page.locator("table.models button.id").allTextContents();
export const search = (page, query) => page.getByTestId("search").fill(query);

/** Opens the working in the table and answers it. */
export async function working(page, title) {
  await row(page, title).locator(".fig").click();
  const opened = page.locator('tr.open [data-testid="working"]');
  await opened.waitFor();
  return opened;
}

/** The lines of a working's first sum after that of its tokens, each as a list of its cells. */
export const tape = (opened) => cellsOf(opened.locator("table.tape:not(.counts)").first());

/** The lines of the tokens of a prompt. */
export const countLines = (opened) => cellsOf(opened.locator("table.tape.counts").first());

const cellsOf = (table) => table.locator("tr")
  .evaluateAll((lines) => lines.map((line) => [...line.cells].map((cell) => cell.textContent)));

/** Asks until the answer is as expected: the page answers in its own time. Says the last answer when it never is. */
export async function eventually(ask, expected, what = "what the page shows", patience = 5_000) {
  const until = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    try {
      if (expected instanceof RegExp) assert.match(answer, expected, what);
      else assert.deepEqual(answer, expected, what);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export const shows = (locator, expected, what) =>
  eventually(async () => (await locator.textContent()) ?? "", expected, what ?? locator.toString());

/** Puts a text into a field at once, as a paste does, and leaves it. */
export async function enter(page, id, text) {
  await page.locator(`#${id}`).fill(text);
  await page.locator(`#${id}`).blur();
}

/** Selects what a field holds, types over it key by key, and leaves it. */
export async function typeInto(page, id, text) {
  await page.locator(`#${id}`).selectText();
  await page.keyboard.type(text);
  await page.locator(`#${id}`).blur();
}

/** Dollars as whole billionths of a cent, so that a test adds without rounding. */
export function exactly(dollars) {
  const [, whole, fraction = ""] = /^\$?([\d,]+)(?:\.(\d+))?$/.exec(dollars) ?? assert.fail(`${dollars} is not an amount`);
  return BigInt(whole.replaceAll(",", "") + fraction.padEnd(11, "0"));
}

export const number = (text) => Number(text.replace(/[^\d.]/g, ""));

const catalog = JSON.parse(readFileSync(new URL("../../static/catalog/main.json", import.meta.url), "utf8"));

/** A model as the catalogue lists it. */
export function listed(provider, id) {
  const { models } = catalog.providers.find((each) => each.id === provider);
  return models.find((model) => model.id === id) ?? assert.fail(`${id} is no longer listed at ${provider}`);
}
