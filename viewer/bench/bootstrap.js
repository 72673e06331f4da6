// Starts the bench page: `window.bench` as the comparison of chart libraries asks for it, over what the
// viewer's own code does. Nothing of this is in the shipped viewer.

const { js, wasm } = document.currentScript.dataset;
let memory;
let page;

async function start() {
  const viewer = await import(new URL(js, document.baseURI));
  ({ memory } = await viewer.default({ module_or_path: new URL(wasm, document.baseURI) }));
  page = window.viewerBench;
}

async function timed(work) {
  const start = performance.now();
  return [work(), performance.now() - start];
}

window.bench = {
  name: "Egenmåling",
  version: "0.1.0",
  kind: "own",
  wantsBytes: true,
  ready: start(),
  async load(input) {
    const work = () => (input instanceof Uint8Array ? page.read(input) : page.take(input.code, input.t, input.v));
    const [[points, series], parse_ms] = await timed(work);
    return { parse_ms, points, series };
  },
  async draw() {
    const [charts, draw_ms] = await timed(() => page.draw());
    return { draw_ms, charts };
  },
  panZoom(steps) {
    const [first, last] = page.span();
    return benchKit.loop(steps, (step) => page.show(...benchKit.view(step, steps, first, last)));
  },
  plotRect() {
    const [x, y, width, height] = page.area();
    return { x, y, width, height };
  },
  hover(moves) {
    return benchKit.hover(moves, this.plotRect());
  },
  memory: async () => ({ wasm_bytes: memory.buffer.byteLength }),
};
