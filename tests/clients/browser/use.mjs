// Uses the page in Chromium as an order (JSON) says, and writes what was seen, as JSON, to standard output.
//
//   node use.mjs ORDER.json
//
// The order: `folder` with the page; `chromium`; `from`, "server" or "folder"; and `steps`, which are taken
// one after another once the check is ready and the network is gone. Each step names one thing to do.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
// A server that knows three types, as one that nobody has set up for the page would.
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = join(folder, path === "/" ? "index.html" : path);
    const type = TYPES[extname(file)];
    try {
      const data = readFileSync(file);
      response.writeHead(type ? 200 : 404, { "content-type": type ?? "text/plain" });
      response.end(type ? data : "");
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const seen = { requests: [], errors: [], dialogs: 0, steps: [] };
const server = order.from === "server" ? await serve(order.folder) : null;
const address = server
  ? `http://127.0.0.1:${server.address().port}/`
  : pathToFileURL(join(order.folder, "index.html")).href;
const browser = await chromium.launch({ executablePath: order.chromium, args: QUIET });
const context = await browser.newContext({ viewport: order.loading ? { width: 900, height: 620 } : { width: 1100, height: 900 }, acceptDownloads: true });
const page = await context.newPage();

page.on("request", (request) => seen.requests.push(request.url()));
page.on("pageerror", (error) => seen.errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
page.on("dialog", (dialog) => {
  seen.dialogs += 1;
  dialog.dismiss();
});
await page.addInitScript(() => {
  globalThis.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    globalThis.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
  globalThis.opened = [];
  const open = File.prototype.arrayBuffer;
  File.prototype.arrayBuffer = function () {
    globalThis.opened.push(this.name);
    return open.call(this);
  };
});

const began = Date.now();
await page.goto(address);
if (order.loading) await page.screenshot({ path: order.loading });
if (order.stopped) {
  // The check does not start: what is said of that is all that is asked for.
  await page.waitForSelector("#state .stop", { timeout: 60000 });
  if (order.size) await page.setViewportSize({ width: order.size[0], height: order.size[1] });
  if (order.picture) await page.screenshot({ path: order.picture });
  console.log(JSON.stringify({ told: await page.innerText("#state") }));
  await browser.close();
  server?.close();
  process.exit(0);
}
try {
  await page.waitForSelector("body[data-ready=yes]", { timeout: (order.patience ?? 120) * 1000 });
} catch (error) {
  console.error(JSON.stringify({ errors: seen.errors, told: await page.innerText("#state"), requests: seen.requests }));
  await browser.close();
  throw error;
}
seen.ready = Date.now() - began;
const loaded = seen.requests.length;
server?.closeAllConnections();
server?.close();
await context.setOffline(true);

const card = (name) => page.locator("article.file", { has: page.getByRole("heading", { level: 3, name, exact: true }) });
const settled = () => page.waitForFunction(
  () => [...document.querySelectorAll("article.file")].every((one) => !one.querySelector(":scope > .tools")),
  null, { timeout: 150000 });

const steps = {
  // Choose files, and wait until all are told of.
  async choose(paths) {
    const start = Date.now();
    await page.setInputFiles("#files", paths);
    await settled();
    return Date.now() - start;
  },
  // Drop files that are made in the page: name and content, as `size` zeros or as letters in base64.
  async drop(files) {
    const transfer = await page.evaluateHandle((made) => {
      const held = new DataTransfer();
      for (const one of made) {
        const data = one.size ? new Uint8Array(one.size) : Uint8Array.from(atob(one.data), (c) => c.charCodeAt(0));
        held.items.add(new File([data], one.name));
      }
      return held;
    }, files);
    await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
    await settled();
  },
  // Choose files several times, the next ones while the first are tried.
  async hurry(choices) {
    for (const paths of choices) await page.setInputFiles("#files", paths);
    await settled();
  },
  // Choose files, look while they are tried, and wait.
  async during({ paths, path }) {
    await page.setInputFiles("#files", paths);
    await page.screenshot({ path, fullPage: true });
    await settled();
  },
  // Leave a file that is being tried, with the keyboard; what has the focus then.
  async leave(paths) {
    await page.setInputFiles("#files", paths);
    await page.locator("article.file > .tools button").first().focus();
    await page.keyboard.press("Enter");
    await settled();
    return page.evaluate(() => document.activeElement.textContent);
  },
  // The processor's time of the browser's processes until now, in seconds.
  async spent() {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, one) => sum + one.cpuTime, 0);
  },
  focus: (selector) => page.locator(selector).first().focus(),
  clear: () => page.click("#clear"),
  // What is shown of every file, newest first.
  shown: () => page.evaluate(() => [...document.querySelectorAll("article.file")].map((one) => ({
    kind: one.className,
    file: one.querySelector("h3").textContent,
    verdict: one.querySelector(".verdict").textContent,
    found: [...one.querySelectorAll(".group li")].map((item) => [
      [...item.closest(".group").querySelectorAll(".code")]
        .findLast((code) => code.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING).textContent.slice(1, -1),
      item.querySelector(".place").textContent,
      item.querySelector(".what").textContent,
    ]),
    letter: one.querySelector("textarea")?.value ?? "",
    copy: one.querySelector(".copy") !== null,
    elements: [...new Set([...one.querySelectorAll("*")].map((inner) => inner.localName))].sort(),
  }))),
  // What the page was refused and what went wrong, until now.
  wrong: async () => ({ refused: await page.evaluate(() => globalThis.refused), errors: [...seen.errors] }),
  opened: () => page.evaluate(() => globalThis.opened),
  evaluate: (script) => page.evaluate(script),
  async axe() {
    // As a debugger puts it in: the page's own policy would not let it.
    const session = await context.newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: axeSource });
    const told = await session.send("Runtime.evaluate", {
      expression: "axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        + ".then((found) => JSON.stringify(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`)))",
      awaitPromise: true,
    });
    return JSON.parse(told.result.value);
  },
  async look({ path, width, height, scheme, media, whole, from }) {
    await page.emulateMedia({ colorScheme: scheme ?? "light", media: media ?? "screen" });
    await page.setViewportSize({ width: width ?? 1100, height: height ?? 900 });
    await page.evaluate((seen) => (seen ? document.querySelector(seen).scrollIntoView() : scrollTo(0, 0)), from ?? null);
    if (path) await page.screenshot({ path, fullPage: whole ?? !height });
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  },
  // Keys, and what has the focus after each.
  async keys(pressed) {
    const focused = [];
    for (const key of pressed) {
      await page.keyboard.press(key);
      focused.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()));
    }
    return focused;
  },
  // Save the marked copy of a file, as letters in base64.
  async mark(file) {
    const [download] = await Promise.all([page.waitForEvent("download"), card(file).locator(".copy button").click()]);
    return { name: download.suggestedFilename(), data: readFileSync(await download.path()).toString("base64") };
  },
  // Save the marked copies of all files: as letters in base64, by the names of the files.
  async copies() {
    const saved = {};
    for (const one of await page.locator("article.file:has(.copy)").all()) {
      const [download] = await Promise.all([page.waitForEvent("download"), one.locator(".copy button").click()]);
      saved[await one.locator("h3").textContent()] = readFileSync(await download.path()).toString("base64");
    }
    return saved;
  },
  async save() {
    const last = page.locator("article.file details").first();
    await last.locator("summary").click();
    const [download] = await Promise.all([page.waitForEvent("download"), last.getByRole("button").nth(1).click()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  },
};

for (const step of order.steps) {
  const [name, given] = Object.entries(step)[0];
  seen.steps.push((await steps[name](given)) ?? null);
}
seen.later = seen.requests.slice(loaded);
seen.cookies = await context.cookies();
seen.stored = await page.evaluate(() => {
  try {
    return localStorage.length + sessionStorage.length;
  } catch {
    return 0;
  }
});
await browser.close();
console.log(JSON.stringify(seen));
