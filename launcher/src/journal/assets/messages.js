// The journal's side of SMART Web Messaging: what the module asks for is answered, and shown under "Feil".
const frame = document.getElementById('module');
const popup = document.getElementById('open-popup');
const place = frame ?? popup;
const log = document.getElementById('messages');
const viewer = new URL(frame?.src ?? popup.dataset.src).origin;
// A sandboxed frame has no origin that could be named.
const isSandboxed = frame?.hasAttribute('sandbox') ?? false;
let created = 0;

function note(words) {
  const item = document.createElement('li');
  item.textContent = words;
  log.append(item);
}

function close() {
  if (!frame) {
    window.moduleWindow?.close();
    return;
  }
  frame.src = 'about:blank';
  frame.hidden = true;
  const closed = document.createElement('p');
  closed.className = 'hint';
  closed.setAttribute('role', 'status');
  closed.textContent = 'Egenmåling er lukket. ';
  const again = document.createElement('a');
  again.href = location.href;
  again.textContent = 'Åpne på nytt';
  closed.append(again);
  frame.after(closed);
}

const answers = {
  'status.handshake': () => ({}),
  'ui.done': () => {
    setTimeout(close);
    return { status: 'success', statusDetail: { text: 'Modulen lukkes.' } };
  },
  'ui.launchActivity': ({ activityType, activityParameters }) => {
    note(`Modulen ba om å åpne ${activityType} ${JSON.stringify(activityParameters ?? {})}`);
    return { status: 'success', statusDetail: { text: 'Åpnet i journalen.' } };
  },
  'scratchpad.create': ({ resource }) => {
    if (!resource?.resourceType) return { status: '400 Bad Request' };
    created += 1;
    const location = `${resource.resourceType}/${created}`;
    note(`Modulen la ${location} i kladden: ${JSON.stringify(resource)}`);
    return { status: '201 Created', location };
  },
};

window.addEventListener('message', (event) => {
  const module = frame ? frame.contentWindow : window.moduleWindow;
  const isKnown = event.source && event.source === module && event.origin === (isSandboxed ? 'null' : viewer);
  const { messagingHandle, messageId, messageType, payload } = event.data ?? {};
  if (!isKnown || messagingHandle !== place.dataset.handle || !messageId) return;
  const answer = answers[messageType];
  const reply = {
    messageId: crypto.randomUUID(),
    responseToMessageId: messageId,
    additionalResponsesExpected: false,
    payload: answer ? answer(payload ?? {}) : { status: 'error', statusDetail: { text: `Ukjent melding ${messageType}` } },
  };
  note(`${messageType}: ${JSON.stringify(reply.payload)}`);
  event.source.postMessage(reply, isSandboxed ? '*' : viewer);
});
