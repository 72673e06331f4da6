// Starts the viewer, or, in the nested frame of the authorization page, hands the callback to the viewer
// that opened the frame. Interprets nothing of the launch.

performance.mark("dho:launch");

const { js, wasm } = document.currentScript.dataset;

function isCallback() {
  const query = new URLSearchParams(location.search);
  return query.has("code") || query.has("error");
}

// A parent of another origin (the journal) refuses to show its address.
function parentIsViewer() {
  if (parent === window) return false;
  try {
    return parent.location.origin === location.origin;
  } catch {
    return false;
  }
}

// Off the address bar, the history and a reload before anything else is loaded; the viewer takes the query
// from `dhoQuery`, once.
function takeQuery() {
  window.dhoQuery = location.search;
  history.replaceState(null, "", location.pathname);
}

async function start() {
  const [viewer, module_or_path] = await Promise.all([
    import(new URL(js, document.baseURI)),
    fetch(new URL(wasm, document.baseURI)),
  ]);
  await viewer.default({ module_or_path });
}

function showFailure(error) {
  delete window.dhoQuery;
  console.error("The viewer could not be loaded:", error.message);
  const message = document.createElement("p");
  message.setAttribute("role", "alert");
  message.dataset.testid = "error";
  message.dataset.step = "start";
  message.dataset.host = location.host;
  message.textContent = "Visningen kunne ikke lastes. Åpne på nytt fra journalen.";
  document.body.replaceChildren(message);
  document.documentElement.dataset.appState = "error";
}

if (isCallback() && parentIsViewer()) {
  parent.postMessage({ type: "dho:callback", search: location.search }, location.origin);
} else {
  takeQuery();
  start().catch(showFailure);
}
