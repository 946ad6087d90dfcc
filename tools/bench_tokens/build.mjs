// Builds what is compared and puts all of it, with the texts, into one folder to serve.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import { corpora } from "./corpora.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PROJECT = join(HERE, "../..");
const TARGET = resolve(PROJECT, process.env.CARGO_TARGET_DIR ?? "target");

/** The counters in the order in which they are measured and shown. */
export const COUNTERS = [
  { id: "ours", name: "Foretoken", exact: true, files: { wasm: "ours/bench_ours_bg.wasm", vocabulary: "o200k_base.vocab" } },
  { id: "gpt_tokenizer", name: "gpt-tokenizer 4.0.0", exact: false, files: {} },
  { id: "ai_tokenizer", name: "ai-tokenizer 1.0.6", exact: false, files: {} },
  { id: "tiktoken", name: "tiktoken 1.0.22", exact: true, files: { wasm: "tiktoken_bg.wasm", ranks: "o200k_base.json" } },
  { id: "tiktoken_rs", name: "tiktoken-rs 0.12.1", exact: true, files: { wasm: "tiktoken_rs/bench_tiktoken_rs_bg.wasm" } },
];

function wasm(id, to) {
  const crate = `bench_${id}`;
  const made = join(TARGET, "wasm32-unknown-unknown/release", `${crate}.wasm`);
  execFileSync("cargo", ["build", "--quiet", "--locked", "--release", "--target", "wasm32-unknown-unknown", "--target-dir", TARGET], { cwd: join(HERE, id), stdio: ["ignore", 2, 2] });
  execFileSync("wasm-bindgen", ["--target", "web", "--no-typescript", "--out-dir", join(to, id), made], { stdio: ["ignore", 2, 2] });
}

async function script(id, to) {
  const alias = Object.fromEntries(["ours", "tiktoken_rs"].map((built) => [`built/${built}`, join(to, built, `bench_${built}.js`)]));
  await bundle({ entryPoints: [join(HERE, "counters", `${id}.mjs`)], outfile: join(to, `${id}.js`), bundle: true, minify: true, format: "esm", target: "es2022", alias, logLevel: "error" });
}

function sizes(path) {
  const content = readFileSync(path);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }).length; // quality 11
  return { raw: content.length, gzip: gzipSync(content, { level: 9 }).length, brotli };
}

/** Builds into `to`; says what each file of each counter weighs. */
export async function build(to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, "texts"), { recursive: true });
  for (const id of ["ours", "tiktoken_rs"]) wasm(id, to);
  cpSync(join(PROJECT, "static/vocab/o200k_base.vocab"), join(to, "o200k_base.vocab"));
  cpSync(join(HERE, "node_modules/tiktoken/encoders/o200k_base.json"), join(to, "o200k_base.json"));
  cpSync(join(HERE, "node_modules/tiktoken/lite/tiktoken_bg.wasm"), join(to, "tiktoken_bg.wasm"));
  for (const name of ["worker.mjs", "page.mjs"]) cpSync(join(HERE, name), join(to, name));
  writeFileSync(join(to, "index.html"), "<!doctype html><meta charset=utf-8><script type=module src=page.mjs></script>");
  const weights = {};
  for (const { id, files } of COUNTERS) {
    await script(id, to);
    weights[id] = Object.fromEntries([["script", `${id}.js`], ...Object.entries(files)].map(([kind, path]) => [kind, sizes(join(to, path))]));
  }
  const bytes = {};
  for (const [name, make] of Object.entries(corpora())) {
    const path = join(to, "texts", `${name}.txt`);
    writeFileSync(path, make());
    bytes[name] = statSync(path).size;
  }
  return { weights, bytes };
}
