// The plan editor on the Month page. 800 people × 20 questions × 23 weekdays of December 2026 are 368,000 requests of
// 1,450 + 250 tokens: 625,600,000 tokens. On the plan "Graduated" 100M cost $3.60, 400M $3.00 and 125.6M $2.20 per million:
// 360 + 1,200 + 276.32 = $1,836.32.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test as benchTest } from "./harness.mjs";
import { eventually, onDay, shows } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await bench.context.addInitScript(() => {
    // No page opens with another's plans; a reload opens with its own.
    if (location.protocol === "http:" && performance.getEntriesByType("navigation")[0]?.type !== "reload") indexedDB.deleteDatabase("foretoken");
  });
  await run(bench);
});

const editor = (page) => page.getByTestId("editor");
const field = (page, place) => page.locator(`#edit-${place.replaceAll(/[^a-z0-9]/gi, "-")}`);
const TIERS = "charges[0].price.graduated.tiers";
const STILL = "; the last plan that works is still used";

/** The month on the plan that is changed, in the table of plans. */
const month = (page) => page.locator(".plans .total td.on");
const paid = (page) => page.locator(".bill .sum.last td.num");
const tiers = (page) => page.locator(".bill tr.slice").evaluateAll((rows) => rows.map(({ cells }) => [1, 2, 4].map((at) => cells[at].textContent)));

async function editing(open, options = {}) {
  const page = await open({ path: "#/month", ...options });
  await page.getByRole("button", { name: "Change Graduated", exact: true }).click();
  await editor(page).waitFor();
  await shows(month(page), "$1,836.32");
  return page;
}

const unfold = (page) => editor(page).locator("details").evaluateAll((all) => all.forEach((each) => { each.open = true; }));

test("a price that is changed is billed at once, and can be taken back", async ({ open }) => {
  const page = await editing(open);
  await field(page, `${TIERS}[0].amount`).fill("4");
  await shows(month(page), "$1,876.32"); // 400 + 1,200 + 276.32
  await shows(paid(page), "$1,876.32");
  assert.deepEqual(await tiers(page), [
    ["100,000,000", "$4.00 / 1M", "$400.00"], ["400,000,000", "$3.00 / 1M", "$1,200.00"], ["125,600,000", "$2.20 / 1M", "$276.32"],
  ]);
  await page.getByRole("button", { name: "Undo all changes" }).click();
  await shows(month(page), "$1,836.32");
  assert.equal(await field(page, `${TIERS}[0].amount`).inputValue(), "3.6");
});

test("what is wrong is said at its field, and the last plan that works stays in force", async ({ open }) => {
  const page = await editing(open);
  const bound = field(page, `${TIERS}[1].up_to`);
  await bound.fill("50");
  await shows(page.locator(`#${await bound.getAttribute("id")}-error`), `50 is not above the bound before it (100000000)${STILL}`);
  assert.equal(await bound.getAttribute("aria-invalid"), "true");
  await shows(month(page), "$1,836.32");
  await field(page, `${TIERS}[0].amount`).fill("4"); // waits with the rest
  await shows(month(page), "$1,836.32");
  await bound.fill("200000000");
  await shows(month(page), "$1,636.32"); // 400 + 100 × 3 + 425.6 × 2.20 = 400 + 300 + 936.32
  await bound.fill("2e8"); // no number: the field says so
  await shows(page.locator(`#${await bound.getAttribute("id")}-error`), "“2e8” is not a number; write it like 1,234.5; 200,000,000 still holds");
  await shows(month(page), "$1,636.32");
  assert.equal(await editor(page).locator("[aria-invalid=true]").count(), 1);
});

test("a mistake no field can show stands at its charge or at the top", async ({ open }) => {
  const page = await editing(open);
  await page.getByRole("button", { name: "Duplicate Tokens" }).click();
  await shows(month(page), "$3,672.64"); // the same charge twice
  await editor(page).locator("details.more").evaluateAll((all) => all.forEach((each) => { each.open = true; }));
  await field(page, "charges[1].id").fill("tokens");
  await shows(page.locator("#edit-charges-1--id-error"), `"tokens" is not an id of its own${STILL}`);
  await field(page, "charges[1].id").fill("more-tokens");
  await eventually(() => editor(page).locator(".flag").count(), 0);
  await page.getByRole("button", { name: "Remove Tokens" }).last().click();
  await shows(month(page), "$1,836.32");
  assert.equal(await page.evaluate(() => document.activeElement.id), "edit-charges-add");
});

test("rows keep what is typed in them when others come and go", async ({ open }) => {
  const page = await editing(open);
  await field(page, `${TIERS}[2].amount`).fill("1.1x");
  await page.getByRole("button", { name: "Remove tier 1" }).click();
  await shows(month(page), "$1,776.32"); // 500 × 3.00 + 125.6 × 2.20
  assert.equal(await field(page, `${TIERS}[1].amount`).inputValue(), "1.1x", "what was typed in the third row is in the second now");
  assert.equal(await field(page, `${TIERS}[0].amount`).inputValue(), "3");
  await page.getByRole("button", { name: "Add a tier" }).click();
  await shows(month(page), "$1,776.32"); // a tier more changes nothing yet
  assert.equal(await field(page, `${TIERS}[1].up_to`).inputValue(), "1,000,000,000");
});

test("another shape keeps the tiers, and a fee keeps aside what was measured", async ({ open }) => {
  const page = await editing(open);
  const shape = page.getByLabel("Price shape");
  await shape.selectOption("volume");
  await shows(month(page), "$1,376.32"); // 625.6 × 2.20
  assert.equal(await field(page, "charges[0].price.volume.tiers[1].up_to").inputValue(), "500,000,000");
  await shape.selectOption("flat");
  await shows(month(page), "$3.60"); // the first price is the fee
  await shape.selectOption("graduated");
  await field(page, `${TIERS}[0].amount`).waitFor();
  assert.equal(await editor(page).getByLabel("Answer", { exact: true }).isChecked(), true);
});

test("every shape can be chosen, and each begins as a plan that works", async ({ open }) => {
  const page = await editing(open);
  const shape = page.getByLabel("Price shape");
  const all = await shape.locator("option").evaluateAll((options) => options.map(({ value }) => value));
  assert.equal(all.length, 15);
  for (const name of [...all, ...all.toReversed()]) {
    await shape.selectOption(name);
    await eventually(() => page.locator(".editor .price-shape").getAttribute("data-shape"), name);
    assert.deepEqual(await editor(page).locator(".flag").allTextContents(), [], name);
  }
});

test("JSON says which field is unknown and where, and holds at once where it is valid", async ({ open }) => {
  const page = await editing(open);
  await editor(page).getByRole("radio", { name: "JSON" }).check();
  const text = page.getByLabel("The plan as JSON");
  const before = await text.inputValue();
  await text.fill(before.replace('"per"', '"pre"'));
  await shows(page.locator("#edit-json-error"), /^charges\[0\]\.price\.graduated\.pre: unknown field `pre`, expected .*; the last plan that works is still used$/);
  await shows(month(page), "$1,836.32");
  await text.fill(before.replace('"3.6"', '"4"'));
  await shows(month(page), "$1,876.32");
  assert.equal(await page.locator("#edit-json-error").count(), 0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "Graduated.plan.json");
  assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).charges[0].price.graduated.tiers[0].amount, "4");
  await page.locator('.file input[type="file"]').setInputFiles(new URL("../../static/plans/all-units.json", import.meta.url).pathname);
  await shows(month(page), "$1,876.80"); // 625.6 × 3.00
  await editor(page).getByRole("radio", { name: "Form" }).check();
  assert.equal(await page.getByLabel("Price shape").inputValue(), "volume");
});

test("a tax makes a sum to pay, and the section says it in a line", async ({ open }) => {
  const page = await editing(open);
  const tax = editor(page).locator("details.term").filter({ has: page.getByText("Tax", { exact: true }) });
  await shows(tax.locator("summary .note"), "none");
  await tax.locator("summary").click();
  await page.getByRole("button", { name: "Add a tax" }).click();
  await shows(tax.locator("summary .note"), "VAT 21 %");
  await shows(paid(page), "$2,221.95"); // 1,836.32 × 0.21 = 385.6272, rounded 385.63
  await shows(month(page), "$1,836.32");
  await tax.getByLabel("Prices").selectOption("inclusive");
  await shows(paid(page), "$1,836.32");
  await shows(month(page), "$1,517.62"); // 1,836.32 / 1.21 = 1,517.6198…
});

test("what was changed survives a reload", async ({ open }) => {
  const page = await editing(open);
  await field(page, `${TIERS}[0].amount`).fill("4");
  await field(page, "name").fill("Ours");
  await shows(month(page), "$1,876.32");
  await page.waitForTimeout(1_000); // it is kept after a rest
  await page.reload();
  await started(page);
  await shows(month(page), "$1,876.32");
  await page.getByRole("button", { name: "Change Ours" }).click();
  assert.equal(await field(page, `${TIERS}[0].amount`).inputValue(), "4");
});

test("all of it can be done with the keyboard, and the focus comes back", async ({ open }) => {
  const page = await open({ path: "#/month" });
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  await page.getByRole("button", { name: "Change Graduated", exact: true }).focus();
  await page.keyboard.press("Enter");
  await eventually(focused, "editor-title");
  const tabTo = async (id) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      if (await focused() === id) return;
    }
    assert.fail(`Tab does not lead to ${id}`);
  };
  await tabTo("edit-charges-0--price-graduated-tiers-0--amount");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("4");
  await shows(month(page), "$1,876.32");
  await tabTo("edit-charges-0--price-graduated-tiers-add");
  await page.keyboard.press("Enter");
  await eventually(focused, "edit-charges-0--price-graduated-tiers-2--up-to");
  await tabTo("edit-charges-add");
  await page.keyboard.press("Enter");
  await eventually(focused, "edit-charges-1--name");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab"); // Remove, Duplicate; then up
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await eventually(focused, "edit-charges-0--down");
  await page.getByRole("button", { name: "Done" }).focus();
  await page.keyboard.press("Enter");
  await eventually(focused, "change-plan-1");
  assert.equal(await editor(page).count(), 0);
});

for (const dark of [false, true]) {
  const theme = dark ? "dark" : "light";
  test(`axe finds nothing in the editor, whole, wrong or as JSON, ${theme}`, async ({ open }) => {
    for (const width of [1280, 390]) {
      const page = await editing(open, { width, dark, height: width === 390 ? 844 : 900 });
      await screenshot(page, `editor-${width}-${theme}`, { fullPage: true });
      await page.getByLabel("Some units are included").check();
      await unfold(page);
      for (const what of ["discount", "tax", "credit"]) await page.getByRole("button", { name: `Add a ${what}` }).click();
      await page.getByLabel("There is a commitment").check();
      await page.getByLabel("There are such bills").check();
      await field(page, `${TIERS}[1].up_to`).fill("50");
      await editor(page).locator("[aria-invalid=true]").waitFor();
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `editor-open-${width}-${theme}`, { fullPage: true });
      await editor(page).getByRole("radio", { name: "JSON" }).check();
      await page.getByLabel("The plan as JSON").fill("{");
      await page.locator("#edit-json-error").waitFor();
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
      await page.close();
    }
  });
}
