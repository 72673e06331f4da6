// Starts the viewer; or, where this is the callback page of an authorization that a viewer runs in a nested frame
// or a window, hands the callback to that viewer. Interprets nothing of the launch.

performance.mark("dho:launch");

const { js, wasm, chunks } = document.currentScript.dataset;

function isCallback() {
  const query = new URLSearchParams(location.search);
  return query.has("code") || query.has("error");
}

// The viewer that waits for this callback: whoever embeds this page, else whoever opened it, if it is of the same
// origin and says that it waits. Any other origin refuses to be looked at, and a sandboxed page has none.
function waitingViewer() {
  const other = parent !== window ? parent : opener;
  try {
    return other?.location.origin === self.origin && other.dhoAwaitsCallback ? other : null;
  } catch {
    return null;
  }
}

// Off the address bar, the history and a reload before anything else is loaded.
function takeQuery() {
  const query = location.search;
  history.replaceState(null, "", location.pathname);
  return query;
}

// A page that the browser has kept to go back to may be of another patient: it is kept blank, and starts anew.
addEventListener("pagehide", () => { document.body.hidden = true; });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// The journals that may open the viewer: the first that it asks for, on its way while the viewer itself is. Asked for as
// the viewer asks for everything.
function hosts() {
  const answer = fetch(new URL("hosts.json", document.baseURI), {
    headers: { Accept: "application/json" },
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  // Who takes it hears of its failure.
  answer.catch(() => {});
  return answer;
}

async function start() {
  const [module, module_or_path] = await Promise.all([
    import(new URL(js, document.baseURI)),
    fetch(new URL(wasm, document.baseURI)),
  ]);
  return module.default({ module_or_path });
}

// The files of each chunk of the viewer: what is fetched only once it is needed.
const CHUNKS = JSON.parse(chunks ?? "{}");
const loading = new Map();

// Into the program that runs, once and for all; what failed may be tried again. False: it is gone, because another
// version of the viewer has been put in the place of the one that runs.
async function loadFile(file, running) {
  const response = await fetch(new URL(file, document.baseURI));
  if (response.status === 404) {
    return false;
  }
  if (!response.ok) {
    throw new Error(`${file}: ${response.status}`);
  }
  await WebAssembly.instantiate(await response.arrayBuffer(), { __wasm_split: await running });
  return true;
}

async function loadChunk(name, running) {
  const files = CHUNKS[name].map((file) => {
    if (!loading.has(file)) {
      const load = loadFile(file, running);
      loading.set(file, load);
      load.catch(() => false).then((loaded) => loaded || loading.delete(file));
    }
    return loading.get(file);
  });
  return (await Promise.all(files)).every((loaded) => loaded);
}

// The only words outside the viewer's catalogue: there is nobody else to say them if it does not load.
const NOT_LOADED = {
  nb: "Visningen kunne ikke lastes. Åpne på nytt fra journalen.",
  nn: "Visinga kunne ikkje lastast. Opne på nytt frå journalen.",
  en: "The view could not be loaded. Reopen from the record.",
};

function browserLanguage() {
  const asked = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0].replace(/^no$/, "nb"));
  return asked.find((language) => Object.hasOwn(NOT_LOADED, language)) ?? "nb";
}

function showFailure(error) {
  delete window.dhoQuery;
  delete window.dhoHosts;
  console.error("The viewer could not be loaded:", error.message);
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.dataset.testid = "error";
  message.dataset.step = "start";
  message.dataset.host = location.host;
  message.lang = browserLanguage();
  message.textContent = NOT_LOADED[message.lang];
  document.body.replaceChildren(message);
  document.documentElement.dataset.appState = "error";
}

const viewer = isCallback() ? waitingViewer() : null;
if (viewer) {
  viewer.postMessage({ type: "dho:callback", search: takeQuery() }, self.origin);
} else {
  // The viewer takes them from here, once.
  window.dhoQuery = takeQuery();
  const running = start();
  window.dhoHosts = hosts();
  window.dhoLoadChunk = (name) => loadChunk(name, running);
  running.catch(showFailure);
}
