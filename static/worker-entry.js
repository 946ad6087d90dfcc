// Starts the counting worker: `new Worker(foretokenFiles.worker, { type: "module" })`.
// Messages posted before the worker has said it is ready are lost.
import start from "@worker.js";
import { keepWhatIsUsed } from "@offline.js";

await start({ module_or_path: new URL("@worker.wasm", import.meta.url) });
await keepWhatIsUsed();
