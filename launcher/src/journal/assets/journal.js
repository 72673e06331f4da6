// The journal's tabs, the width of the module, and the change of user. The module itself is never touched.
const tabs = [...document.querySelectorAll('[role="tab"]')];

function show(chosen) {
  for (const tab of tabs) {
    const selected = tab === chosen;
    tab.setAttribute('aria-selected', String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute('aria-controls')).hidden = !selected;
  }
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

const widths = [...document.querySelectorAll('[data-width]')];
for (const button of widths) {
  button.addEventListener('click', () => {
    document.getElementById('module').className = button.dataset.width;
    for (const other of widths) other.setAttribute('aria-pressed', String(other === button));
  });
}

document.querySelector('select[name="user"]')?.addEventListener('change', (event) => event.target.form.submit());
