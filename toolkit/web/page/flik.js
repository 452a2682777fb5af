// The page: it fetches the parts of the check, hands files to a worker one at a time, and shows what is
// told of them. All that comes out of a file is put in as text (textContent), never as markup.
"use strict";

const words = PAGE.words;
const parts = new Map(); // compressed, by name
const queue = [];
let worker = null;
let ready = null;
let running = null;
let asked = 0;

const at = (id) => document.getElementById(id);

function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

function make(tag, text = "", kind = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function tell(text) {
  at("state").textContent = text;
}

// --- the parts -------------------------------------------------------------------------------------

// Scripts, and no requests: so the page needs no permission to connect anywhere, no server has to know
// the types of its files, and it works from a folder too.
function deliver(name, written) {
  const letters = atob(written);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  parts.set(name, bytes);
}

function load(part) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = part.file;
    script.onload = resolve;
    script.onerror = () => reject(new Error("fel.hamta"));
    document.head.append(script);
  });
}

async function verify(part) {
  const bytes = parts.get(part.name);
  if (!bytes) throw new Error("fel.hamta");
  if (!crypto.subtle) return; // only pages with https (or on the computer itself) may compute it
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const shown = Array.from(sum, (one) => one.toString(16).padStart(2, "0")).join("");
  if (shown !== part.sha256) throw new Error("fel.andrad");
}

async function loadAll() {
  const all = PAGE.parts.length;
  const size = PAGE.parts.reduce((sum, part) => sum + part.size, 0);
  let loaded = 0;
  for (const [done, part] of PAGE.parts.entries()) {
    tell(say("laddar", { done, all }));
    await load(part);
    await verify(part);
    loaded += part.size;
    at("progress").value = loaded / size;
  }
}

async function textOf(name) {
  const stream = new Blob([parts.get(name)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// --- the worker ------------------------------------------------------------------------------------

// Runtime and worker as one script. The runtime's two files are modules, and a page that is opened from
// a folder may start no module: of what makes them modules there is only where they lie, and what they give.
function asScript(source) {
  return source.replace(/import\.meta\.url/g, '"https://inlagd.invalid/"').replace(/export (default \w+|\{[^}]*\});?|export\{[^}]*\};?/g, "");
}

async function workerSource() {
  const runtime = await textOf("runtime");
  const named = /export\s*\{[^}]*?([\w$]+) as loadPyodide/.exec(runtime)[1];
  const texts = ['"use strict";', await textOf("worker"), await textOf("module"), runtime, `openRuntime = ${named};`];
  return texts.map(asScript).join("\n");
}

let sourceAddress = "";

async function startWorker() {
  sourceAddress ||= URL.createObjectURL(new Blob([await workerSource()], { type: "text/javascript" }));
  const started = new Worker(sourceAddress);
  worker = started;
  await new Promise((resolve, reject) => {
    started.onmessage = (event) => (event.data.ready ? resolve() : reject(new Error(event.data.failed)));
    started.onerror = (event) => reject(new Error(event.message || "fel.start"));
    started.postMessage({ begin: Object.fromEntries(parts) });
  });
}

function stopWorker() {
  worker?.terminate();
  worker = null;
  ready = startWorker();
  ready.catch(() => {});
}

// One question to the worker. Fails with the reason: "slow", "crashed" or "stopped".
function ask(question, seconds, job) {
  return new Promise((resolve, reject) => {
    asked += 1;
    const number = asked;
    const end = (settle, value) => {
      clearTimeout(clock);
      job.stop = null;
      settle(value);
    };
    const clock = setTimeout(() => end(reject, "slow"), seconds * 1000);
    job.stop = () => end(reject, "stopped");
    worker.onmessage = (event) => {
      if (event.data.number !== number) return;
      if (event.data.crashed) end(reject, "crashed");
      else end(resolve, { ...JSON.parse(event.data.told), marked: event.data.marked });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(reject, "crashed");
    };
    worker.postMessage({ number, ...question });
  });
}

async function judged(job) {
  const name = job.file.name;
  const stopped = (why) => ask({ stopped: why, name }, 60, job);
  if (job.file.size > PAGE.most) return stopped("large"); // it is never opened
  let bytes;
  try {
    bytes = await job.file.arrayBuffer();
  } catch {
    return { failed: say("fel.lasa") };
  }
  try {
    return await ask({ check: bytes, name }, PAGE.seconds, job);
  } catch (why) {
    stopWorker(); // what it was doing ends here, and a new one takes over
    if (why === "stopped") return { failed: say("avbruten") };
    await ready;
    return stopped(why);
  }
}

// --- the queue -------------------------------------------------------------------------------------

function add(files) {
  const jobs = Array.from(files, (file) => ({ file, card: card(file) }));
  at("list").prepend(...jobs.map((job) => job.card));
  at("all").hidden = at("list").childElementCount === 0;
  queue.push(...jobs);
  for (const job of jobs) job.card.querySelector("button").onclick = () => leave(job);
  work();
}

// A file that is dropped again has been corrected: what was said of it before is said to be of before.
function outdate(newest) {
  for (let card = newest.nextElementSibling; card; card = card.nextElementSibling) {
    const isTried = !card.querySelector(":scope > .tools");
    if (card.dataset.name !== newest.dataset.name || !isTried || card.classList.contains("earlier")) continue;
    card.classList.add("earlier");
    card.querySelector("h3").after(make("p", say("tidigare"), "before"));
  }
}

function leave(job) {
  const place = queue.indexOf(job);
  if (place >= 0) {
    queue.splice(place, 1);
    show(job.card, { failed: say("avbruten") });
  } else if (job.stop) job.stop();
}

async function work() {
  if (running) return;
  running = queue.shift();
  if (!running) return;
  const job = running;
  try {
    await ready;
    job.card.querySelector(".verdict").textContent = say("provas");
    const told = await judged(job);
    show(job.card, told);
    if (!told.failed) outdate(job.card);
    const verdict = told.verdict || told.failed;
    if (job.card.isConnected) tell(say("klart", { file: told.file || job.file.name, verdict }));
  } catch {
    show(job.card, { failed: say("fel.start") });
  }
  running = null;
  work();
}

// --- what is shown ---------------------------------------------------------------------------------

function card(file) {
  const made = make("article", "", "file");
  made.dataset.name = file.name;
  const stop = make("button", say("avbryt"));
  stop.type = "button";
  const tools = make("p", "", "tools");
  tools.append(stop);
  made.append(make("h3", file.name), make("p", say("vantar"), "verdict"), tools);
  return made;
}

function show(place, told) {
  const hadFocus = place.contains(document.activeElement);
  const heading = make("h3", told.file || place.querySelector("h3").textContent);
  place.replaceChildren(heading);
  if (hadFocus) {
    heading.tabIndex = -1; // the button that had it is gone
    heading.focus();
  }
  if (told.failed) {
    place.append(make("p", told.failed, "verdict"));
    return;
  }
  place.classList.add(told.state);
  if (told.county) place.append(make("p", told.county, "who"));
  place.append(make("p", told.verdict, "verdict"));
  if (told.next) place.append(make("p", told.next, "next"));
  if (told.copy) place.append(copyOf(told));
  if (told.unmarked) place.append(make("p", say("omarkerad"), "next"));
  place.append(...told.groups.map(group), letter(told));
  if (told.fault) place.append(fault(told.fault));
}

function group(told) {
  const made = make("div", "", `group ${told.severity}`);
  made.append(make("h4", told.label));
  for (const cause of told.causes) made.append(...causeOf(cause));
  return made;
}

// What to do is said once where it is the same for every cell.
function causeOf(cause) {
  const heading = make("h5", `${cause.cause} `);
  heading.append(make("span", `(${cause.code})`, "code"));
  const hows = new Set(cause.lines.map((line) => line.how));
  const shared = cause.lines.length > 1 && hows.size === 1;
  const list = make("ul");
  list.append(...cause.lines.map((line) => item(line, !shared)));
  return shared ? [heading, labelled("hur", cause.lines[0].how), list] : [heading, list];
}

function item(line, withHow) {
  const made = make("li");
  made.append(make("p", `${line.sheet} ${line.cell}`.trim(), "place"), make("p", line.what, "what"));
  if (withHow) made.append(labelled("hur", line.how));
  if (line.suggestion) made.append(labelled("forslag", line.suggestion));
  if (line.answer) made.append(labelled("svar", line.answer));
  return made;
}

function labelled(key, text) {
  const made = make("p", "", "how");
  made.append(make("b", `${say(key)}: `), text);
  return made;
}

let letters = 0;

function letter(told) {
  const made = make("details");
  const written = make("textarea");
  letters += 1;
  written.id = `letter-${letters}`;
  written.readOnly = true;
  written.value = told.letter;
  written.setAttribute("aria-label", `${say("brev")}: ${told.file}`);
  const tools = make("p", "", "tools");
  tools.append(
    button("kopiera", () => copy(written)),
    button("spara", () => save(told)),
    button("skrivut", () => window.print()),
  );
  made.append(make("summary", say("brev")), tools, written);
  return made;
}

function fault(text) {
  const made = make("details");
  const written = make("textarea");
  written.readOnly = true;
  written.value = text;
  written.setAttribute("aria-label", say("handelse"));
  made.append(make("summary", say("handelse")), written);
  return made;
}

function button(key, work) {
  const made = make("button", say(key));
  made.type = "button";
  made.onclick = work;
  return made;
}

async function copy(written) {
  try {
    await navigator.clipboard.writeText(written.value);
    tell(say("kopierad"));
  } catch {
    written.select(); // where the clipboard is closed to pages, as without https
    tell(say(document.execCommand("copy") ? "kopierad" : "okopierad"));
  }
}

// The county's own file with every finding in its cell, made in the worker.
function copyOf(told) {
  const made = make("div", "", "copy");
  const saved = button("spara_markerad", () => handOver([told.marked], "application/octet-stream", told.copy));
  made.append(saved, make("p", say("om_markerad")));
  return made;
}

function save(told) {
  // As Windows wants a text file: with its own line breaks, and a mark that it is Unicode.
  const text = `\ufeff${told.letter.replace(/\n/g, "\r\n")}`;
  handOver([text], "text/plain;charset=utf-8", `${told.file.replace(/\.[^.]*$/, "")}.txt`);
}

function handOver(content, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(content, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// --- the page --------------------------------------------------------------------------------------

function receive() {
  const drop = at("drop");
  at("files").onchange = (event) => {
    add(event.target.files);
    event.target.value = ""; // the same file again, corrected, is a choice too
  };
  // Anywhere on the page: a file that is dropped beside the frame would otherwise be opened by the browser.
  window.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  window.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  window.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(event.dataTransfer.files);
  });
  at("clear").onclick = () => {
    queue.splice(0);
    if (running?.stop) running.stop();
    at("list").replaceChildren();
    at("all").hidden = true;
    if (document.body.dataset.ready) tell(say("redo")); // what was said of the files goes with them
    at("files").focus();
  };
}

async function open() {
  await loadAll();
  tell(say("startar"));
  at("progress").removeAttribute("value");
  await startWorker();
  at("progress").hidden = true;
  tell(say("redo"));
  document.body.dataset.ready = "yes";
}

receive();
ready = open();
ready.catch((error) => {
  at("progress").hidden = true;
  tell("");
  const known = ["fel.hamta", "fel.andrad"].includes(error.message) ? error.message : "fel.start";
  at("state").append(make("span", say(known), "stop"));
  console.error(error);
});
