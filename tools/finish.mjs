// Trunk's post-build hook: names every file that may be cached for ever after the hash of its final bytes, and writes the
// few that may not (index.html, entry.js, sw.js) with those names inside. What others refer to by name (foretoken/, schema/)
// keeps its name. Runs in Trunk's staging folder.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

const stage = process.env.TRUNK_STAGING_DIR;
const source = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const files = {}; // the name the source uses -> the hashed name, both relative to dist

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const read = (...path) => readFileSync(join(source, "static", ...path));
const stop = (text) => { console.error(`tools/finish.mjs: ${text}`); process.exit(1); };

/** Writes `bytes` under a name that holds their hash, and remembers it by its plain name. */
function publish(name, bytes) {
  const extension = extname(name);
  files[name] = `${name.slice(0, name.length - extension.length)}.${hash(bytes)}${extension}`;
  const path = join(stage, files[name]);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** Publishes what Trunk left in the stage under `from`, and removes it there. */
function move(from, name) {
  publish(name, readFileSync(join(stage, from)));
  rmSync(join(stage, from));
}

/** Replaces "@name" (in scripts, seen from the folder of the script) or "./name" (in the page) by its hashed name. */
function withNames(text, mark) {
  return text.replace(/"(@|\.\/)([\w./-]+)"/g, (whole, sign, name) =>
    sign !== mark || name === "entry.js" ? whole : `"./${files[name] ?? stop(`nothing is called ${name}`)}"`);
}

/** The style sheets in the order they apply: tokens, base, then the rest by name. */
function styles() {
  const first = ["tokens.css", "base.css"];
  const names = readdirSync(join(source, "static/css")).filter((name) => name.endsWith(".css")).sort();
  const ordered = [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))];
  const comments = /\/\*[\s\S]*?\*\//g;
  return ordered.map((name) => read("css", name).toString().replace(comments, "").replace(/^\s+/gm, "")).join("\n");
}

/** Publishes the files of a folder of static/ that have this extension. */
function publishFolder(folder, extension) {
  const path = join(source, "static", folder);
  if (!existsSync(path)) return;
  for (const name of readdirSync(path).sort()) {
    if (extname(name) === extension) publish(join(folder, name), read(folder, name));
  }
}

/** The reader for PDF: pdf.js as npm has it, under names that any host serves as scripts, and our few lines that call it. */
function publishPdf() {
  const from = (...path) => join(source, "node_modules/pdfjs-dist", ...path);
  if (!existsSync(from("LICENSE"))) stop("pdfjs-dist is not installed: run make dist, or npm ci before it");
  publish("pdf/pdf.js", readFileSync(from("legacy/build/pdf.min.mjs")));
  publish("pdf/worker.js", readFileSync(from("legacy/build/pdf.worker.min.mjs")));
  publish("pdf/LICENSE.txt", readFileSync(from("LICENSE")));
  const tables = readdirSync(from("cmaps")).filter((name) => name.endsWith(".bcmap")).sort();
  const packed = tables.map((name) => [name, readFileSync(from("cmaps", name)).toString("base64")]);
  publish("pdf/cmaps.json", Buffer.from(JSON.stringify(Object.fromEntries(packed))));
  publish("pdf.js", Buffer.from(withNames(read("pdf.js").toString(), "@")));
}

if (!stage) stop("run by Trunk, as a post_build hook (make dist)");
if (existsSync(join(stage, "snippets"))) stop("a crate brought JavaScript snippets, which this hook would leave unhashed");

move("app.js", "app.js");
move("app_bg.wasm", "app.wasm");
move("worker.js", "worker.js");
move("worker_bg.wasm", "worker.wasm");
publishPdf();
publish("offline.js", read("offline.js"));
move("opinion.js", "opinion.js");
move("opinion_bg.wasm", "opinion.wasm");
publish("opinion-entry.js", withNames(read("opinion-entry.js").toString(), "@"));
publish("worker-entry.js", withNames(read("worker-entry.js").toString(), "@"));
publish("style.css", Buffer.from(styles()));
publish("icon.svg", read("icon.svg"));
publish("manifest.webmanifest", Buffer.from(withNames(read("manifest.webmanifest").toString(), "./")));
publishFolder("catalog", ".json");
publishFolder("catalog", ".txt");
publishFolder("vocab", ".vocab");
publishFolder("vocab", ".txt"); // licences
publishFolder("vocab", ".json");
publishFolder(".", ".txt"); // licences and notices
publishFolder(".", ".json"); // tokenizers.json, media.json

// What is not the app's but other people's: never loaded or kept by it.
const module = ["foretoken.js", "foretoken_bg.wasm", "foretoken.d.ts"];
mkdirSync(join(stage, "foretoken"));
for (const name of module) renameSync(join(stage, name), join(stage, "foretoken", name));
cpSync(join(source, "static/catalog/main.json"), join(stage, "foretoken/catalog.json"));
cpSync(join(source, "static/schema"), join(stage, "schema"), { recursive: true });

// What the app asks for by name: globalThis.foretokenFiles["vocab/o200k_base"].
const known = { worker: `./${files["worker-entry.js"]}`, opinion: `./${files["opinion-entry.js"]}`, sw: "./sw.js" };
for (const [name, hashed] of Object.entries(files)) known[name.replace(/\.vocab$/, "")] = `./${hashed}`;
const entry = withNames(read("entry.js").toString(), "@").replace("/* FILES */ {}", JSON.stringify(known, null, 1));
writeFileSync(join(stage, "entry.js"), entry);

const page = withNames(readFileSync(join(stage, "index.html"), "utf8"), "./")
  .replace(/ *<link data-trunk[^>]*>\n/g, "") // Trunk's own instructions, which it leaves where it injects nothing
  .replace(/ *<!--[^>]*-->\n/g, "");
writeFileSync(join(stage, "index.html"), page);

// What the service worker fetches at once; the version changes with any byte of any file of the app.
const shell = ["./", "./entry.js", ...["app.js", "app.wasm", "style.css", "icon.svg", "manifest.webmanifest", "offline.js", "catalog/index.json", "catalog/main.json", "tokenizers.json", "media.json"]
  .filter((name) => files[name]).map((name) => `./${files[name]}`)];
const version = hash(Object.values(files).join() + entry + page);
writeFileSync(join(stage, "sw.js"), read("sw.js").toString()
  .replace("/* VERSION */ \"\"", JSON.stringify(version))
  .replace("/* SHELL */ []", JSON.stringify(shell))
  .replace("/* HASHED */ []", JSON.stringify(Object.values(files))));
