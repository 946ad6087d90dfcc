// What a PDF says, by pdf.js (Mozilla, Apache-2.0). Loaded when the first PDF is attached (src/app/effects/intake/pdf.rs).
import { getDocument, GlobalWorkerOptions } from "@pdf/pdf.js";

GlobalWorkerOptions.workerSrc = new URL("@pdf/worker.js", import.meta.url).href;

/** One file of pdf.js's tables for Asian encodings, out of the one that holds them all: they are rarely needed. */
let tables;
class Tables {
  async fetch({ kind, filename }) {
    if (kind !== "cMapUrl") throw new Error(`${filename} is not part of this build`);
    tables ??= fetch(new URL("@pdf/cmaps.json", import.meta.url)).then((answer) => answer.json());
    const packed = (await tables)[filename] ?? "";
    return Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  }
}

const SETTINGS = {
  BinaryDataFactory: Tables, cMapUrl: "cmaps/", cMapPacked: true, useWorkerFetch: false, useWasm: false, disableFontFace: true,
  useSystemFonts: false, isOffscreenCanvasSupported: false, stopAtErrors: false, verbosity: 0,
};

async function pageText(document, number) {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items.map(({ str = "", hasEOL }) => (hasEOL ? `${str}\n` : str)).join("");
}

/** The text of all pages and how many there are, or a word for what is wrong. `goesOn` hears each page and may say no. */
export async function read(file, goesOn) {
  const loading = getDocument({ ...SETTINGS, data: new Uint8Array(await file.arrayBuffer()) });
  try {
    const document = await loading.promise;
    const pages = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      pages.push(await pageText(document, number));
      if (!goesOn(number, document.numPages)) return { wrong: "stopped" };
    }
    return { text: pages.join("\n"), pages: pages.length };
  } catch ({ name, message }) {
    return { wrong: name === "PasswordException" ? "locked" : "broken", why: message };
  } finally {
    await loading.destroy();
  }
}
