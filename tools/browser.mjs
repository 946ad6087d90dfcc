// Finds a Chromium to test with: $CHROME, an installed Chrome or Chromium, then Playwright's own. `node tools/browser.mjs` prints
// its path, or says why not; `--install` first installs Debian's where there is none and that needs no password.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** No GPU, no root sandbox, and none of the requests a browser makes for itself. */
export const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = ["Google Chrome", "Chromium", "Google Chrome for Testing"].flatMap((name) =>
  ["/Applications", join(process.env.HOME ?? "/", "Applications")].map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`));

const runs = (path) => {
  try { accessSync(path, constants.X_OK); return true; } catch { return false; }
};

async function playwrights() {
  try {
    const { chromium } = await import("playwright-core");
    return chromium.executablePath();
  } catch {
    return null;
  }
}

/** The path of a browser, or null. A $CHROME that does not run is an error: somebody meant it. */
export async function findBrowser() {
  if (process.env.CHROME) {
    if (runs(process.env.CHROME)) return process.env.CHROME;
    throw new Error(`$CHROME is ${process.env.CHROME}, which does not run`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = [...COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name))), ...APPLICATIONS, await playwrights()];
  return places.find((path) => path && runs(path)) ?? null;
}

/** Puts a long text into a field at once, as a paste does; Playwright's fill() takes minutes over a megabyte. */
export const paste = (field, text) => field.evaluate((element, pasted) => {
  element.value = pasted;
  element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}, text);

const onDebian = () => existsSync("/etc/os-release") && /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));

/** The one command that installs a browser here. Ubuntu's chromium is a snap, so there it is Playwright's. */
export const installCommand = () =>
  onDebian() ? "sudo apt-get install -y --no-install-recommends chromium fonts-liberation" : "npx playwright-core install --with-deps chromium";

function install() {
  if (!onDebian()) return;
  const root = process.getuid() === 0;
  if (!root && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status !== 0) return;
  for (const step of [["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"]]) {
    const command = [...(root ? [] : ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", ...step];
    spawnSync(command[0], command.slice(1), { stdio: ["ignore", 2, 2] });
  }
}

async function main() {
  let found = await findBrowser();
  if (!found && process.argv.includes("--install")) {
    console.error("No Chromium here: installing Debian's if that needs no password");
    install();
    found = await findBrowser();
  }
  if (!found) throw new Error(`there is no Chromium; this installs one: ${installCommand()}`);
  console.log(found);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.log(error.message);
    process.exit(1);
  }
}
