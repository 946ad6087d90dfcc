// Attachments: real small files, dropped, picked and pasted; what they come to on a model, and the sentence for each that cannot be.
import assert from "node:assert/strict";
import * as files from "./files.mjs";
import { expectNoSidewaysScroll, expectNoViolations, screenshot, started, test } from "./harness.mjs";
import { counted, eventually, figure, helloOnGpt4o, message, read, reading, row, search, shows, tape, total, type, working } from "./page.mjs";

const input = (page, index = 0) => page.getByTestId(`files-${index}`);
const attached = (page) => page.getByTestId("attachment");
const refused = (page) => page.locator(".attached .refused");

async function attach(page, ...given) {
  const before = await attached(page).count();
  await input(page).setInputFiles(given);
  await eventually(() => attached(page).count(), before + given.length, "what is attached", 20_000);
  await counted(page);
}

test("a picture is counted by the model’s own rule, and its sum is in the working", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await attach(page, files.png("photo.png", 1024, 1024));
  await shows(attached(page).first(), /^photo\.png.*1,024 × 1,024 pixels, 765 tokens probable/);
  await shows(total(page), "2 text tokens, 7 framing, 765 for what is attached");
  await search(page, "gpt-4o");
  const opened = await working(page, "gpt-4o");
  assert.deepEqual(await tape(opened), [["photo.png, 1,024 × 1,024 pixels85 + 170 × 4 = 765", "765 tokens", "probable"]]);
  await shows(opened.locator(".facts"), /AttachedBy OpenAI’s image guide\. Checked Nov 24, 2026\./);
  // 2 + 7 + 765 tokens.
  await shows(row(page, "gpt-4o").locator(".c-in"), "774probable");
  await page.getByLabel("Detail of photo.png").selectOption("low");
  await shows(attached(page).first(), /85 tokens probable/);
});

test("a camera that writes a megabyte before the size is read all the same", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await attach(page, files.jpeg("camera.jpg", 4096, 2048, 1_200_000));
  await shows(attached(page).first(), /4,096 × 2,048 pixels, 1,105 tokens/);
});

test("where no rule is known the picture is not counted, and the figure says so", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await attach(page, files.png("photo.png", 1024, 1024));
  await read(page, "deepseek", "deepseek-v4-pro");
  await shows(attached(page).first(), /not counted: no rule is known for/);
  await shows(figure(page), /^≥ \$.*text only: 1 image not counted$/);
  await shows(reading(page).locator(".of .basis"), /^estimate/);
  await search(page, "deepseek-v4-pro");
  await shows(page.locator("table.models tr.row .total").first(), /^≥ .*not all of it$/);
});

test("a recording is counted by its length, which the browser reads", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await attach(page, files.wav("call.wav", 60));
  await shows(attached(page).first(), /60 s not counted/);
  await read(page, "google", "gemini-2.5-flash");
  await shows(attached(page).first(), /60 s, 1,920 tokens/);
  await search(page, "gemini-2.5-flash");
  const opened = await working(page, "Gemini 2.5 Flash").catch(() => working(page, "gemini-2.5-flash"));
  const lines = await tape(opened);
  assert.deepEqual(lines[0].slice(0, 2), ["call.wav, 60 s60 s × 32 a second = 1,920", "1,920 tokens"]);
  await shows(opened, /Sound in the prompt/);
});

test("a PDF is its text and its pages, in the way of each model", async (bench) => {
  const page = await helloOnGpt4o(bench.open);
  assert.ok(!bench.requests.some((url) => /\/pdf/.test(url)), "nothing of the reader for PDF is loaded before it is needed");
  await attach(page, files.pdf("paper.pdf", ["hello world", "hello world"]));
  await shows(attached(page).first(), /2 pages, 23 bytes of text, .*pages not counted: no rule is known for/);
  await shows(figure(page), /text only: 2 pages of PDF not counted/);
  await page.getByLabel("What is sent of paper.pdf").selectOption("text");
  // "hello world", a new line, "hello world".
  await shows(attached(page).first(), /5 tokens exact/);
  await page.getByLabel("What is sent of paper.pdf").selectOption("file");
  await read(page, "google", "gemini-2.5-pro");
  await shows(attached(page).first(), /516 tokens/);
  await attached(page).first().locator("summary").click();
  await shows(attached(page).first().locator("pre"), "hello world\nhello world");
});

test("texts of any encoding are read, and the page says what it took them for", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  const german = "Grüße an alle";
  await attach(page, files.utf16("utf16.txt", german), files.text("latin.txt", german, "latin1"), files.text("marked.txt", `\ufeff${german}`), files.text("plain.txt", german));
  for (const index of [0, 1, 2, 3]) {
    await attached(page).nth(index).locator("summary").click();
    await shows(attached(page).nth(index).locator("pre"), german);
  }
  const of = (name) => attached(page).filter({ hasText: name });
  await shows(of("utf16.txt"), /Read as UTF-16, little end first\./);
  await shows(of("latin.txt"), /Not valid UTF-8, so read as Windows-1252/);
  for (const name of ["marked.txt", "plain.txt"]) assert.doesNotMatch(await of(name).textContent(), /[Rr]ead as/);
});

test("what cannot be attached says why, one sentence each", async (bench) => {
  const page = await helloOnGpt4o(bench.open);
  const broken = files.text("broken.pdf", "%PDF-1.7\nnothing of the kind");
  for (const [file, sentence] of [
    [files.bytes("empty.txt"), /It is empty\.$/],
    [files.bytes("program.bin", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0]), /It is none of the kinds this page reads: text, PDF, PNG/],
    [files.bytes("report.docx", "PK\x03\x04\x14\0\x06\0"), /It is an Office document, an archive or the like: save it as PDF or as text/],
    [files.bytes("cut.png", [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /The picture ends before it says how large it is/],
    [files.bytes("noise.wav", "RIFF\x24\0\0\0WAVE", "nothing more"), /The browser found no length in it/],
    [files.pdf("locked.pdf", ["secret"], { locked: true }), /The PDF is locked with a password/],
    [broken, /The PDF is damaged, or is none/],
  ]) {
    await input(page).setInputFiles([file]);
    await shows(refused(page), new RegExp(`^Not attached${file.name.replace(".", "\\.")}`));
    await shows(refused(page), sentence);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await eventually(() => refused(page).count(), 0, file.name);
  }
  assert.equal(await attached(page).count(), 0);
  await shows(total(page), "2 text tokens, 7 framing");
  bench.takeTroubles(); // what the browser says of audio that is none
});

test("a file of more than 64 MB is refused as a log", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(64_500_000).fill(65)], "trace.log"));
    document.querySelector(".msg").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await shows(refused(page), /^Not attachedtrace\.logDismissIt is 65 MB, and 64 MB is the most .* a log rather than a prompt\. Type what it records into the Month page/);
});

test("files are dropped on a message, removed, and the removal undone", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  const left = await page.evaluate(() => {
    const drop = (target) => {
      const data = new DataTransfer();
      data.items.add(new File(["hello world"], "notes.txt"));
      const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    return [drop(document.querySelector(".msg textarea")), drop(document.body)];
  });
  assert.deepEqual(left, [true, true], "the page is never left for a file");
  await eventually(() => attached(page).count(), 1, "only the drop on the message counts");
  await shows(total(page), "4 text tokens, 7 framing");
  await page.getByRole("button", { name: "Remove notes.txt" }).click();
  await shows(total(page), "2 text tokens, 7 framing");
  await page.getByRole("button", { name: "Undo" }).click();
  await shows(attached(page).first(), /notes\.txt.*11 bytes, 2 tokens exact/);
  const chooser = page.waitForEvent("filechooser");
  await page.waitForTimeout(300); // until the browser knows that dialogs are ours
  await page.getByRole("button", { name: "Attach files to message 1" }).press("Enter");
  assert.ok((await chooser).isMultiple(), "the keyboard opens the browser’s own dialog");
});

/** Pastes so many bytes made in the page; counts tasks that held it up. */
const pasteLong = (page, megabytes) => message(page).evaluate((area, many) => {
  globalThis.held = [];
  new PerformanceObserver((list) => globalThis.held.push(...list.getEntries().map(({ duration }) => Math.round(duration)))).observe({ type: "longtask" });
  const line = `${"hello world and ".repeat(4)}0123456789012345\n`.slice(0, 79) + "\n";
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", line.repeat((many * 1_000_000) / 80));
  return new Promise((resolve) => setTimeout(() => {
    globalThis.held.length = 0; // making it took time too
    resolve(area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })));
  }, 200));
}, megabytes);

test("a paste of 10 MB becomes a document while the page answers, and a reload keeps it", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await read(page, "openai", "gpt-4.1");
  assert.equal(await pasteLong(page, 10), false, "the text field is spared");
  await eventually(() => attached(page).count(), 1, "the document", 20_000);
  await counted(page, 60_000);
  await shows(attached(page).first(), /^Pasted text.*10 MB, [\d,]+ tokens exact/);
  assert.equal(await message(page).inputValue(), "hello world");
  const held = await page.evaluate(() => globalThis.held);
  console.log(`10 MB pasted: tasks of over 50 ms: ${held.join(", ") || "none"}`);
  assert.ok(Math.max(0, ...held) < 250, `the page was held up for ${held} ms`);
  const before = await total(page).textContent();
  await page.waitForTimeout(1_500);
  await page.reload();
  await started(page);
  await counted(page, 60_000);
  await shows(total(page), before);
  await shows(attached(page).first(), /^Pasted text.*10 MB/);
  await attached(page).first().locator("summary").click();
  assert.equal((await attached(page).first().locator("pre").textContent()).length, 2_001, "2,000 characters and …");
  await page.getByRole("button", { name: "Remove Pasted text" }).click();
  await shows(total(page), "2 text tokens, 7 framing");
  await page.waitForTimeout(1_500);
  const kept = await page.evaluate(() => new Promise((resolve) => {
    const open = indexedDB.open("foretoken");
    open.onsuccess = () => {
      const keys = open.result.transaction("drafts").objectStore("drafts").getAllKeys();
      keys.onsuccess = () => resolve(keys.result);
    };
  }));
  assert.deepEqual(kept, ["current"], "its text is gone from the browser too");
});

test("a reading that takes a while says how far it is, and can be stopped", async ({ open }) => {
  const page = await helloOnGpt4o(open);
  await page.evaluate(() => {
    globalThis.seen = [];
    const see = () => {
      const row = [...document.querySelectorAll(".attached li")].find(({ textContent }) => textContent.includes("Stop"));
      if (!row) return;
      globalThis.seen.push(row.textContent);
      if (/page \d+ of 3,000/.test(row.textContent)) row.querySelector("button").click();
    };
    new MutationObserver(see).observe(document.querySelector(".msg"), { subtree: true, childList: true, characterData: true });
  });
  await input(page).setInputFiles([files.pdf("long.pdf", Array.from({ length: 3_000 }, (_, at) => `page ${at}`))]);
  await eventually(() => page.evaluate(() => globalThis.seen.at(-1) ?? ""), /^long\.pdfStop.*page [\d,]+ of 3,000$/, "how far it is", 20_000);
  await eventually(() => page.locator(".attached li").count(), 0, "it is gone");
  await page.waitForTimeout(1_500);
  assert.equal(await attached(page).count(), 0, "and nothing comes of it");
});

test("the reader for PDF works without a network once it was used", async (bench) => {
  const page = await helloOnGpt4o(bench.open);
  await bench.readyForOffline(page);
  await attach(page, files.pdf("one.pdf", ["hello"]));
  await page.waitForFunction(() => Promise.all(["pdf.js", "pdf/pdf.js", "pdf/worker.js"].map((name) => caches.match(globalThis.foretokenFiles[name])))
    .then((kept) => kept.every(Boolean)));
  await bench.goOffline();
  await page.reload();
  await started(page);
  await attach(page, files.pdf("two.pdf", ["world"]));
});

test("attachments have nothing axe objects to, wide and narrow, light and dark", async ({ open }) => {
  for (const width of [1280, 390]) {
    for (const dark of [false, true]) {
      const page = await open({ width, dark });
      await type(page, "Summarise the paper, describe the photo and transcribe the call.");
      await read(page, "openai", "gpt-4o");
      for (let left = await attached(page).count(); left > 0; left -= 1) await attached(page).first().locator("button.icon").click();
      await attach(page, files.png("holiday-photo-of-a-mountain-hut.png", 4032, 3024), files.pdf("paper.pdf", ["We show that", "and so on"]), files.wav("call.wav", 12));
      await attach(page, files.utf16("notes.txt", "Bring bread.\n".repeat(40)));
      await input(page).setInputFiles([files.bytes("program.bin", [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0])]);
      await refused(page).waitFor();
      await attached(page).last().locator("summary").click();
      await page.getByRole("button", { name: "Show the working of this figure" }).click();
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `attach-${width}-${dark ? "dark" : "light"}`, { fullPage: width === 390 });
      await page.close();
    }
  }
});
