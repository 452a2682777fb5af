// The check itself, in a thread that can be ended. It is put together with the runtime into one script
// (see flik.js), which has no way out: the page forbids connections, and what the runtime asks for is
// taken from the parts that the page has handed over.

const PLACE = "https://inlagd.invalid/";
let openRuntime = null;
let tab = null;

// As in a worker that is a module, which is what the runtime wants to be in.
globalThis.importScripts = () => {
  throw new TypeError("no scripts from elsewhere");
};

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

async function begin(parts) {
  const held = {
    "pyodide.asm.wasm": [parts.wasm, "application/wasm"],
    "python_stdlib.zip": [parts.stdlib, "application/zip"],
  };
  globalThis.fetch = async (address) => {
    const name = String(address?.url ?? address).replace(PLACE, "");
    if (!held[name]) throw new TypeError(`not held: ${name}`);
    const [bytes, type] = held[name];
    return new Response(await unpacked(bytes), { headers: { "content-type": type } });
  };
  const lock = new TextDecoder().decode(await unpacked(parts.lock));
  const python = await openRuntime({
    indexURL: PLACE,
    packageBaseUrl: PLACE,
    createPyodideModule: _createPyodideModule,
    lockFileContents: lock,
    stdout: () => {},
    stderr: () => {},
  });
  python.unpackArchive(await unpacked(parts.python), "zip");
  const years = new TextDecoder().decode(await unpacked(parts.years));
  tab = python.pyimport("toolkit.web.tab").opened(years);
  return python;
}

let python = null;

function check(name, bytes) {
  const data = python.toPy(new Uint8Array(bytes));
  const found = tab.check_and_mark(name, data);
  try {
    const copy = found.get(1);
    const marked = copy?.toJs();
    copy?.destroy();
    return { told: found.get(0), marked };
  } finally {
    found.destroy();
    data.destroy();
  }
}

globalThis.onmessage = async (event) => {
  const asked = event.data;
  if (asked.begin) {
    try {
      python = await begin(asked.begin);
      postMessage({ ready: true });
    } catch (error) {
      console.error(error);
      postMessage({ failed: "fel.start" });
    }
    return;
  }
  try {
    const found = asked.stopped ? { told: tab.stopped(asked.name, asked.stopped) } : check(asked.name, asked.check);
    postMessage({ number: asked.number, ...found });
  } catch {
    // Not even told of in the console: what stopped it may quote the file.
    postMessage({ number: asked.number, crashed: true });
  }
};
