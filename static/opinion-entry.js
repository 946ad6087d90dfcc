// A second opinion: post `[encoding, ...texts]`; the answer is the tokens of each text, or `{ why }`.
import start, { count } from "@opinion.js";

const started = start({ module_or_path: new URL("@opinion.wasm", import.meta.url) });

onmessage = async ({ data: [encoding, ...texts] }) => {
  try {
    await started;
    postMessage(count(encoding, texts));
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError;
    postMessage({ why: trapped ? "tiktoken-rs stopped on this text, as it does on a million blanks in a row" : String(error?.message ?? error) });
  }
};
