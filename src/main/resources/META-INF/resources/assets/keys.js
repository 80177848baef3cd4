// Single-key shortcuts. They only move about: no key starts, stops or approves anything.
const OFF = 'switchback-keys-off';
const PLACES = { n: '/', m: '/migrations', r: '/runs', e: '/environments' };
const sheet = document.getElementById('keys');
let going = 0;

const isOff = () => localStorage.getItem(OFF) === 'yes';
const isTyping = element => element.closest('input, textarea, select, [contenteditable], dialog[open]');

function move(step) {
  const rows = [...document.querySelectorAll('tbody th a[href], .step > a[href], .mover h3 a[href]')];
  const next = rows.indexOf(document.activeElement) + step;
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
}

function nextTheme() {
  const buttons = [...document.querySelector('[data-theme-form]').querySelectorAll('button')];
  const now = buttons.findIndex(button => button.getAttribute('aria-pressed') === 'true');
  buttons[(now + 1) % buttons.length].click();
}

function search() {
  const field = document.querySelector('main input[type=search]') ?? document.querySelector('[data-search]');
  field?.focus();
  field?.select();
}

function press(event) {
  if (event.timeStamp - going < 1500 && PLACES[event.key]) {
    location.assign(PLACES[event.key]);
    return true;
  }
  going = event.key === 'g' ? event.timeStamp : -Infinity;
  switch (event.key) {
    case '/': search(); return true;
    case '?': sheet.showModal(); return true;
    case 't': nextTheme(); return true;
    case 'j': move(1); return true;
    case 'k': move(-1); return true;
    default: return false;
  }
}

if (sheet) {
  going = -Infinity;
  document.addEventListener('keydown', event => {
    if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (press(event)) event.preventDefault();
  });
  document.querySelector('[data-keys]')?.addEventListener('click', () => sheet.showModal());
  const off = sheet.querySelector('[data-keys-off]');
  off.checked = isOff();
  off.addEventListener('change', () => localStorage.setItem(OFF, off.checked ? 'yes' : 'no'));
}
