// The panel "Feil": shows and changes the document of /faults. Anything set in that document by others is kept.
const panel = document.getElementById('faults');
const added = document.getElementById('fault-new');
const launch = document.getElementById('fault-launch');
const list = document.getElementById('fault-list');
const status = document.getElementById('fault-status');
let shown = { faults: [], tokens: {}, launch: {} };

async function ask(method, body) {
  const answer = await fetch('/faults', { method, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
  shown = await answer.json();
  show();
}

function tell(work, done) {
  work.then(
    () => { status.textContent = done; },
    (error) => { status.textContent = `Ikke utført: ${error.message}`; },
  );
}

function label(name, value) {
  return added.elements[name].querySelector(`[value="${value}"]`)?.textContent ?? value;
}

function line(fault, place) {
  const item = document.createElement('li');
  const extras = [
    fault.ms && `${fault.ms} ms`,
    fault.retryAfter && `Retry-After ${fault.retryAfter} s`,
    fault.source && label('source', fault.source),
    fault.match && `adresse med «${fault.match}»`,
    fault.times ? `${fault.hits} av ${fault.times} ganger` : `${fault.hits} ganger`,
  ].filter(Boolean);
  item.append(`${label('on', fault.on)}: ${label('fault', fault.fault)} (${extras.join(', ')}) `);
  const remove = document.createElement('button');
  remove.textContent = 'Fjern';
  remove.setAttribute('aria-label', `Fjern ${label('fault', fault.fault)} for ${label('on', fault.on)}`);
  remove.addEventListener('click', () => {
    tell(ask('PUT', { ...shown, faults: shown.faults.filter((_, other) => other !== place) }), 'Fjernet.');
    panel.querySelector('summary').focus();
  });
  item.append(remove);
  return item;
}

function show() {
  const { faults, tokens, launch: settings } = shown;
  panel.querySelector('summary').textContent = faults.length ? `Feil (${faults.length})` : 'Feil';
  list.replaceChildren(...faults.map(line));
  const { elements } = launch;
  elements.seconds.value = tokens.seconds ?? '';
  elements.rotate.checked = tokens.rotate;
  elements.refresh.checked = tokens.refresh;
  elements.needPatientBanner.checked = settings.needPatientBanner;
  elements.style.checked = Boolean(settings.smartStyleUrl);
  elements.messaging.checked = settings.messaging;
  elements.fhircast.checked = settings.fhircast;
  elements.algorithm.value = tokens.algorithm;
  elements.locale.value = settings.locale ?? '';
}

added.addEventListener('submit', (event) => {
  event.preventDefault();
  const { source, on, fault, ms, retryAfter, times, match } = added.elements;
  const one = { on: on.value, fault: fault.value };
  if (source.value) one.source = source.value;
  if (fault.value === 'delay') one.ms = Number(ms.value || 3000);
  if (retryAfter.value) one.retryAfter = Number(retryAfter.value);
  if (times.value) one.times = Number(times.value);
  if (match.value) one.match = match.value;
  tell(ask('PUT', { ...shown, faults: [...shown.faults, one] }), 'Lagt til.');
});

launch.addEventListener('submit', (event) => {
  event.preventDefault();
  const { seconds, rotate, refresh, algorithm, needPatientBanner, messaging, fhircast, style, locale } = launch.elements;
  const tokens = { rotate: rotate.checked, refresh: refresh.checked, algorithm: algorithm.value };
  if (seconds.value) tokens.seconds = Number(seconds.value);
  const settings = {
    ...shown.launch,
    needPatientBanner: needPatientBanner.checked,
    messaging: messaging.checked,
    fhircast: fhircast.checked,
  };
  delete settings.smartStyleUrl;
  delete settings.locale;
  if (style.checked) settings.smartStyleUrl = 'style.json';
  if (locale.value) settings.locale = locale.value;
  tell(ask('PUT', { ...shown, tokens, launch: settings }), 'Gjelder fra neste åpning av modulen.');
});

const happening = document.getElementById('journal-event');
const happened = document.getElementById('journal-events');

async function askHub(options) {
  const answer = await fetch(`/hub/users/${panel.dataset.user}`, options);
  if (!answer.ok) throw new Error(await answer.text());
  const lines = await answer.json();
  happened.replaceChildren(...lines.map(({ event, status: answered }) => {
    const item = document.createElement('li');
    item.textContent = `${event}: ${answered ?? 'ikke besvart'}`;
    return item;
  }));
}

happening.addEventListener('submit', (event) => {
  event.preventDefault();
  const { event: name, patient } = happening.elements;
  const body = JSON.stringify({ event: name.value, patient: patient.value || null });
  const headers = { 'content-type': 'application/json' };
  tell(askHub({ method: 'POST', headers, body }), 'Sendt.');
  setTimeout(() => tell(askHub(), 'Sendt.'), 500);
});

const audit = document.getElementById('audit');

async function askAudit() {
  if (!audit.dataset.patient) return;
  const answer = await fetch(`/audit?patient=${encodeURIComponent(audit.dataset.patient)}`);
  if (!answer.ok) throw new Error(await answer.text());
  audit.replaceChildren(...(await answer.json()).map(({ recorded, who, what }) => {
    const item = document.createElement('li');
    item.textContent = `${recorded} ${who}: ${what ?? ''}`;
    return item;
  }));
}

document.getElementById('fault-clear').addEventListener('click', () => tell(ask('DELETE'), 'Alt er fjernet.'));
panel.addEventListener('toggle', () => {
  if (!panel.open) return;
  tell(ask('GET'), '');
  tell(askHub(), '');
  tell(askAudit(), '');
});
panel.hidden = false;
tell(ask('GET'), '');
