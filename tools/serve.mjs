// A static server for dist/: MIME types, caching as a good host does it, compression on request. Used by `make serve`, by the
// browser tests (under a sub-path too) and by the bench.
import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vocab": "application/octet-stream",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};
const IMMUTABLE = /\.[0-9a-f]{12}\.\w+$/;
const compressed = new Map(); // path, date and encoding -> bytes

function compress(path, modified, encoding) {
  const key = `${path} ${modified} ${encoding}`;
  if (!compressed.has(key)) {
    const bytes = readFileSync(path);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
    compressed.set(key, encoding === "br" ? brotliCompressSync(bytes, quality) : gzipSync(bytes));
  }
  return compressed.get(key);
}

/** The file a request means, or null: no directory lists, nothing outside `root`. */
function find(root, base, url) {
  const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (!path.startsWith(base)) return null;
  const file = join(root, path.slice(base.length));
  if (!join(file, "/").startsWith(join(root, "/"))) return null;
  try {
    const found = path.endsWith("/") ? join(file, "index.html") : file;
    const stats = statSync(found);
    return stats.isFile() ? { path: found, size: stats.size, mtimeMs: stats.mtimeMs } : null;
  } catch {
    return null;
  }
}

function answer(root, base, request, response) {
  let file = null;
  try { file = find(root, base, request.url); } catch { /* a malformed address is not found either */ }
  if (!file || !["GET", "HEAD"].includes(request.method)) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end("There is nothing here.\n");
    return;
  }
  const tag = `"${Math.round(file.mtimeMs)}-${file.size}"`;
  const accepted = request.headers["accept-encoding"] ?? "";
  const encoding = ["br", "gzip"].find((name) => accepted.includes(name));
  const headers = {
    "content-type": TYPES[extname(file.path)] ?? "application/octet-stream",
    "cache-control": IMMUTABLE.test(file.path) ? "public, max-age=31536000, immutable" : "no-cache",
    "x-content-type-options": "nosniff",
    etag: tag,
    vary: "accept-encoding",
  };
  if (request.headers["if-none-match"] === tag) return response.writeHead(304, headers).end();
  if (encoding) {
    const bytes = compress(file.path, file.mtimeMs, encoding);
    response.writeHead(200, { ...headers, "content-encoding": encoding, "content-length": bytes.length });
    return response.end(request.method === "HEAD" ? undefined : bytes);
  }
  response.writeHead(200, { ...headers, "content-length": file.size });
  if (request.method === "HEAD") return response.end();
  createReadStream(file.path).pipe(response);
}

/** Serves `root` under `base` ("/" or "/any/path/"); port 0 takes a free one. Resolves to { url, close }. */
export function serve({ root, base = "/", port = 0 }) {
  const server = createServer((request, response) => answer(root, base, request, response));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve({
      url: `http://127.0.0.1:${server.address().port}${base}`,
      close: () => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }),
    }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2] ?? "dist";
  const port = Number(process.env.PORT || 8080);
  try {
    const { url } = await serve({ root, port });
    console.log(`\nForetoken is at ${url.replace(/\/$/, "")} (stop with Ctrl+C)`);
  } catch (error) {
    console.error(error.code === "EADDRINUSE" ? `Port ${port} is taken: try PORT=8081 make serve` : error.message);
    process.exit(1);
  }
}
