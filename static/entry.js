// The one script the page names. It is not hashed (hosts may serve it no-cache) and knows the hashed names of all the rest,
// so a page that is a moment older than a deploy still starts. FILES is written by tools/finish.mjs.
const files = /* FILES */ {};
const absolute = (name) => new URL(name, import.meta.url).href;
globalThis.foretokenFiles = Object.freeze(
  Object.fromEntries(Object.entries(files).map(([key, name]) => [key, absolute(name)])),
);
// What few need is a module of its own, loaded when it is asked for.
globalThis.foretokenImport = (name) => import(foretokenFiles[name]);

// The theme the user chose, before anything is drawn in the other one. A locked-down browser refuses, and has none.
try {
  const theme = localStorage.getItem("foretoken-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {}

try {
  const { default: start } = await import("@app.js");
  await start({ module_or_path: foretokenFiles["app.wasm"] });
} catch (error) {
  const line = document.getElementById("starting");
  if (line) line.textContent = `Foretoken could not start: ${error.message ?? error}. Reload the page, or try another browser.`;
  throw error;
}

if (navigator.serviceWorker && location.href.startsWith(absolute("./"))) {
  try {
    await navigator.serviceWorker.register(foretokenFiles.sw, { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    const { keepWhatIsUsed } = await import("@offline.js");
    await keepWhatIsUsed();
  } catch (error) {
    console.info(`Foretoken will not work offline: ${error.message}`);
  }
}
