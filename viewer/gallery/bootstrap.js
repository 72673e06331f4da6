// Starts the gallery. Before anything is drawn, the page takes the colour scheme that its address asks for;
// a page in a frame tells the frame how tall it is. Nothing of this is in the shipped viewer.

const { js, wasm } = document.currentScript.dataset;
const scheme = new URLSearchParams(location.search).get("scheme");

// A page cannot choose what `prefers-color-scheme` says, so the question is replaced by its answer, in
// stylesheets and in scripts alike.
function take(dark) {
  const asked = "(prefers-color-scheme: dark)";
  const answered = (query) => query.replaceAll(asked, dark ? "(width >= 0px)" : "(width < 0px)");
  const answer = (rules) => {
    for (const rule of rules) {
      if (rule.media) rule.media.mediaText = answered(rule.media.mediaText);
      if (rule.cssRules) answer(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) answer(sheet.cssRules);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  const matchMedia = window.matchMedia.bind(window);
  window.matchMedia = (query) => matchMedia(answered(query));
}

async function start() {
  const viewer = await import(new URL(js, document.baseURI));
  await viewer.default({ module_or_path: new URL(wasm, document.baseURI) });
}

if (scheme) take(scheme === "dark");
if (window.frameElement) {
  const fit = () => (frameElement.height = Math.ceil(document.body.getBoundingClientRect().height));
  new ResizeObserver(fit).observe(document.body);
}
start();
