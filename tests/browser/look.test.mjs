// How the page looks and is used: in both themes, at every width, by keyboard, in forced colours, with reduced motion, in another
// locale. Writes screenshots to test-results/ to be looked at; with UPDATE_SCREENSHOTS=1 also those in the README.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, test as benchTest } from "./harness.mjs";
import { counted, enter, eventually, figure, message, onDay, reading, row, rows, search, shows, total, type, working } from "./page.mjs";

const test = (name, run, options = {}) => benchTest(name, options, async (bench) => {
  await onDay(bench.context);
  await bench.context.addInitScript(() => {
    if (location.protocol !== "http:") return;
    indexedDB.deleteDatabase("foretoken"); // no page opens with another's draft,
    localStorage.removeItem("foretoken-last-word"); // nor with that of one closed before its database answered
  });
  await run(bench);
});

/** A page as a visitor has it after a minute: an example counted, models pinned, a working open in the table. */
async function inUse(open, options) {
  const page = await open(options);
  await page.getByRole("button", { name: "A support question" }).click();
  await counted(page);
  for (const index of [0, 3]) await rows(page).nth(index).locator(".pin").click();
  await rows(page).nth(1).locator(".fig").click();
  await page.locator("tr.open").waitFor();
  return page;
}

/** The same with every error a field can have, all that folds open, and a notice. */
async function inTrouble(open, options) {
  const page = await inUse(open, options);
  await search(page, "opus");
  await rows(page).first().locator(".fig").click();
  await enter(page, "answer-expected", "1e309");
  await enter(page, "requests", "");
  await enter(page, "cache-read", "101");
  await page.getByRole("button", { name: "Add tools" }).click();
  await page.locator("#tools").fill("[{");
  await counted(page);
  await page.getByRole("button", { name: "Show the working of this figure" }).click();
  await page.locator("details").evaluateAll((all) => all.forEach((details) => { details.open = true; }));
  await page.getByRole("button", { name: "Remove message 2" }).click();
  await counted(page);
  assert.equal(await page.locator("[aria-invalid=true]").count(), 4);
  assert.equal(await page.getByTestId("working").count(), 2);
  await page.getByRole("button", { name: "Undo" }).waitFor();
  return page;
}

for (const dark of [false, true]) {
  const theme = dark ? "dark" : "light";
  test(`axe finds nothing on any page, in use or in trouble, ${theme}`, async ({ open }) => {
    for (const [name, path, heading] of [["help", "#/help", "How it works"], ["privacy", "#/privacy", "Privacy"]]) {
      const page = await open({ path, dark });
      await page.getByRole("heading", { name: heading }).waitFor();
      await expectNoViolations(page);
      await screenshot(page, `${name}-1280-${theme}`, { fullPage: true });
      await page.close();
    }
    const used = await inUse(open, { dark });
    await screenshot(used, `estimate-1280-${theme}`);
    await search(used, "opus"); // a short table: axe looks at every cell, and shell.test.mjs shows it the long one
    await rows(used).first().locator(".fig").click();
    await expectNoViolations(used);
    for (const view of ["Tokens", "Ids"]) {
      await used.getByRole("radio", { name: view, exact: true }).check();
      await used.locator(".tok").first().waitFor();
      await expectNoViolations(used);
    }
    await used.close();
    const wide = await inTrouble(open, { dark, width: 1440 });
    await expectNoViolations(wide);
    await screenshot(wide, `trouble-1440-${theme}`, { fullPage: true });
    await wide.close();
    const phone = await inTrouble(open, { dark, width: 390, height: 844 });
    await expectNoViolations(phone);
    await expectNoSidewaysScroll(phone);
    await screenshot(phone, `trouble-390-${theme}`, { fullPage: true });
  });
}

test("nothing scrolls sideways at any width, empty, in use, in tokens, on any page", async ({ open }) => {
  const page = await inUse(open);
  for (const path of ["#/", "#/help", "#/privacy"]) {
    await page.evaluate((hash) => { location.hash = hash; }, path);
    await page.locator(path === "#/" ? ".bench" : ".text-page").waitFor();
    for (const width of [390, 768, 1024, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
      if (path === "#/") await screenshot(page, `estimate-${width}-light`);
    }
  }
  await page.evaluate(() => { location.hash = "#/"; });
  await page.setViewportSize({ width: 390, height: 844 });
  await message(page).fill(`${"x".repeat(500)} ${"多".repeat(300)}\n${"\t".repeat(60)}https://example.org/${"a/".repeat(200)}`);
  await counted(page);
  await expectNoSidewaysScroll(page);
  for (const view of ["Tokens", "Ids"]) {
    await page.getByRole("radio", { name: view, exact: true }).check();
    await page.locator(".tok").first().waitFor();
    await expectNoSidewaysScroll(page);
  }
});

test("the figures a row is read for are in sight at every width, inside the table's own frame", async ({ open }) => {
  const page = await inUse(open);
  for (const width of [390, 768, 1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const inside = await rows(page).first().evaluate((first) => {
      const frame = first.closest(".models-scroll").getBoundingClientRect();
      const { left, right, width: wide } = first.querySelector(".fig").getBoundingClientRect();
      return wide > 0 && left >= frame.left && right <= Math.min(frame.right, innerWidth) + 1;
    });
    assert.ok(inside, `the price of a request is cut off at ${width} px`);
  }
});

test("all of it can be done with the keyboard, and what has the focus shows it", async ({ open }) => {
  const page = await open();
  await page.locator("#model").waitFor();
  const focused = () => page.evaluate(() => {
    const element = document.activeElement;
    const style = [element, element.closest(".msg"), element.closest("label")].filter(Boolean).map((each) => getComputedStyle(each));
    const seen = style.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
    return { id: element.dataset.testid ?? element.id, kind: element.className, name: element.getAttribute("aria-label") ?? element.textContent, seen };
  });
  const tabTo = async (what, most = 60) => {
    for (let step = 0; step < most; step += 1) {
      await page.keyboard.press("Tab");
      const now = await focused();
      assert.ok(now.seen, `the focus is invisible on ${JSON.stringify(now)}`);
      if (what(now)) return now;
    }
    return assert.fail(`Tab does not lead there in ${most} steps`);
  };
  await tabTo(({ id }) => id === "message-0");
  await page.keyboard.type("hello world");
  await counted(page);
  await tabTo(({ id }) => id === "search");
  await page.keyboard.type("gpt-4o");
  await page.keyboard.press("Enter");
  await tabTo(({ kind, name }) => kind === "fig" && / to gpt-4o, show the working$/.test(name));
  await page.keyboard.press("Enter");
  await page.locator('tr.open [data-testid="working"]').waitFor();
  assert.equal(await row(page, "gpt-4o").locator(".fig").getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest(".working"))), true, "the working is next");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await eventually(() => page.locator("tr.open").count(), 0);
});

test("forced colours keep the page readable", async ({ open }) => {
  const page = await inUse(open);
  // Of what is told apart by its ground alone, the chosen segment must still differ from its neighbours.
  const [chosen, other] = await page.locator('.seg[aria-label="Answer length"]').evaluate((group) => ["label:has(:checked)", "label:not(:has(:checked))"]
    .map((which) => { const { backgroundColor, outlineStyle, borderStyle, fontWeight } = getComputedStyle(group.querySelector(which)); return { backgroundColor, outlineStyle, borderStyle, fontWeight }; }));
  assert.notDeepEqual(chosen, other);
  // The drawn basis is not drawn in the ground's colour.
  const [ink, ground] = await page.locator(".basis svg rect").first()
    .evaluate((shape) => [getComputedStyle(shape).stroke, getComputedStyle(document.body).backgroundColor]);
  assert.notEqual(ink, ground);
  await screenshot(page, "estimate-1280-forced");
}, { context: { forcedColors: "active" } });

test("with reduced motion nothing moves by itself", async ({ open }) => {
  const page = await inUse(open);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
    const long = (durations) => durations.split(", ").some((duration) => parseFloat(duration) > 0.01);
    return (animationName !== "none" && long(animationDuration)) || long(transitionDuration) || scrollBehavior === "smooth";
  }).map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(moving, []);
}, { context: { reducedMotion: "reduce" } });

test("in German, figures are written and read with a comma", async ({ open }) => {
  const page = await open();
  await type(page, "hello world");
  await page.locator("#model").selectOption("openai/gpt-4o");
  await shows(figure(page), /^0,002823\s\$/); // 9 × 2.50 / 1M + 280 × 10 / 1M = 0.0028225
  await search(page, "gpt-4o");
  const opened = await working(page, "gpt-4o");
  await opened.getByText("Change this price").click();
  await enter(page, "row-price-input", "1,5");
  assert.equal(await page.locator("[aria-invalid=true]").count(), 0);
  await shows(figure(page), /^0,002814\s\$/); // 9 × 1.50 / 1M + 0.0028 = 0.0028135
  await enter(page, "row-price-input", "1.5"); // thousands stand in threes: this is no number here
  await shows(page.locator("#row-price-input-error"), "“1.5” is not a number; write it like 1.234,5; 1,5 still holds");
  await enter(page, "requests", "1.000");
  await shows(page.locator(".settings .note", { hasText: "requests in" }), /^31\.000 requests in Dezember 2026, 31 days/);
}, { context: { locale: "de-DE" } });

test("the screenshots to be looked at", async ({ open }) => {
  for (const [width, dark] of [[1280, false], [1440, true], [390, false], [390, true]]) {
    const page = await open({ width, dark, height: width === 390 ? 844 : 900 });
    await page.locator("#model").waitFor();
    const name = `${width}-${dark ? "dark" : "light"}`;
    await screenshot(page, `empty-${name}`);
    await page.getByRole("button", { name: "A support question" }).click();
    await counted(page);
    await shows(total(page), /^\d+ text tokens, 11 framing$/); // two messages: 2 × 4 + 3
    await shows(reading(page).locator(".figure"), /^(≈ )?\$\d/);
    await screenshot(page, `counted-${name}`, { fullPage: true });
    if (width === 1280 && process.env.UPDATE_SCREENSHOTS === "1") {
      const docs = new URL("../../docs/", import.meta.url).pathname;
      mkdirSync(docs, { recursive: true });
      await page.screenshot({ path: `${docs}estimate.png` });
      await page.getByRole("link", { name: "Month" }).click();
      await shows(page.getByTestId("month-reading").locator(".figure"), /\$1,836\.32/);
      await page.screenshot({ path: `${docs}month.png` });
    }
    await page.close();
  }
});
