// The journal's tabs, the width of the module, and the change of user. The module itself is never touched.
const tabs = [...document.querySelectorAll('[role="tab"]')];

function show(chosen) {
  for (const tab of tabs) {
    const selected = tab === chosen;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = !selected;
  }
  if (chosen.id === 'tab-documents') refresh(document.getElementById('documents'));
}

// The module may have written a document since the page was made.
async function refresh(list) {
  const answer = await fetch(`/documents?patient=${encodeURIComponent(list.dataset.patient)}`);
  if (answer.ok) list.innerHTML = await answer.text();
}

for (const [place, tab] of tabs.entries()) {
  tab.addEventListener('click', () => show(tab));
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const next = tabs[(place + step + tabs.length) % tabs.length];
    show(next);
    next.focus();
  });
}

// The module in a window that keeps in touch: its messages are answered in messages.js.
const popup = document.getElementById('open-popup');
popup?.addEventListener('click', () => {
  window.moduleWindow = window.open(popup.dataset.src, 'egenmaling', 'popup,width=1100,height=800');
});

const widths = [...document.querySelectorAll('[data-width]')];
for (const button of widths) {
  button.addEventListener('click', () => {
    const frame = document.getElementById('module');
    if (frame) frame.className = button.dataset.width;
    for (const other of widths) other.setAttribute('aria-pressed', String(other === button));
  });
}

document.querySelector('select[name="user"]')?.addEventListener('change', (event) => event.target.form.submit());
