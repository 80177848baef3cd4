// Live pages. The server sends "changed" (then the same page is fetched again and its parts marked data-live are
// swapped by id), "log" (ready lines to append), "beat", "away" (the server is there, its database is not), "driver" (which
// instance drives the run) and "end". A part that holds the focus, or a form somebody is
// typing in, is left alone until they leave it; the focus never moves. Without this script the page has a Reload link.
const QUIET_MS = 8000;
const SHOWN_LINES = 3000;
const page = document.querySelector('[data-live-page]');
const news = document.getElementById('news');
const log = document.querySelector('[data-log]');
document.documentElement.classList.add('js');

let skew = Date.parse(page.dataset.now) - Date.now();
let lastNews = Date.now();
let fetching = false;
let again = false;
let postponed = false;
let over = false;
let away = false;
let polling = null;
let source = null;
let lastId = null;
let held = [];
let unseen = 0;
let follow = true;

const clock = seconds => seconds < 3600
  ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  : `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds % 3600 / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
const words = seconds => seconds < 60 ? `${seconds} s`
  : seconds < 3600 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  : `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;

function tick() {
  for (const part of document.querySelectorAll('[data-since]')) {
    const seconds = Math.max(0, Math.floor((Date.now() + skew - Date.parse(part.dataset.since)) / 1000));
    part.textContent = part.dataset.as === 'clock' ? clock(seconds) : words(seconds);
  }
  const silent = !over && !away && Date.now() - lastNews > QUIET_MS;
  if (silent) say(`No news for ${Math.floor((Date.now() - lastNews) / 1000)} s; a run goes on on the server. Last news at ${new Date(lastNews + skew).toISOString().slice(11, 19)} UTC.`, true);
  else if (news.dataset.silent && !away) hush();
}

// Since when: what the page shows is from then.
function isAway(since) {
  away = true;
  say(`Switchback cannot reach its database; the picture is from ${since.toISOString().slice(11, 19)} UTC. A step that runs goes on.`, true);
}

function isBack() {
  if (!away) return;
  away = false;
  hush();
  refresh();
}

function say(text, silent) {
  if (!silent || !news.dataset.silent) {
    news.replaceChildren(document.createElement('span'), ' ', Object.assign(document.createElement('a'), { href: location.href, textContent: 'Reload' }));
    news.hidden = false;
  }
  // While it is silent only the first sentence is read out; the seconds go on quietly.
  news.setAttribute('aria-live', silent && news.dataset.silent ? 'off' : 'polite');
  if (silent) news.dataset.silent = 'yes';
  news.firstChild.textContent = text;
}

function hush() {
  news.hidden = true;
  delete news.dataset.silent;
}

function heard() {
  lastNews = Date.now();
}

// --- parts of the page

function isBusy(part) {
  const typed = [...part.querySelectorAll('textarea, input:not([type=hidden])')]
    .some(field => field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  return typed || part.contains(document.activeElement) || part.querySelector('details[open]') !== null;
}

// What only ticks is no reason to replace anything.
function still(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll('[data-since]').forEach(each => { each.textContent = ''; });
  return copy.innerHTML;
}

const drawn = new Map([...document.querySelectorAll('[data-live][id]')].map(part => [part.id, still(part)]));

function swap(fresh) {
  postponed = false;
  for (const part of fresh.querySelectorAll('[data-live][id]')) {
    const old = document.getElementById(part.id);
    const html = still(part);
    if (!old || drawn.get(part.id) === html) continue;
    if (isBusy(old)) {
      postponed = true;
      continue;
    }
    drawn.set(part.id, html);
    old.replaceChildren(...part.childNodes);
  }
  document.title = fresh.title;
  const icon = document.querySelector('link[rel=icon]');
  const wanted = fresh.querySelector('link[rel=icon]').getAttribute('href');
  if (icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
  swapLog(fresh.querySelector('[data-log]'));
  showCurrent();
  tick();
}

// A long list of steps is scrolled within itself to the one that runs; the page does not move.
function showCurrent() {
  const rail = document.querySelector('.rail');
  const here = rail?.querySelector('[aria-current]');
  if (!here || rail.contains(document.activeElement) || rail.scrollHeight <= rail.clientHeight) return;
  rail.scrollTop += here.getBoundingClientRect().top - rail.getBoundingClientRect().top - rail.clientHeight / 2;
}

async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  held = [];
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (answer.redirected) throw new Error('signed out');
    if (answer.status === 503 && !away) isAway(new Date(lastNews + skew));
    if (!answer.ok) throw new Error(`${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const root = fresh.querySelector('[data-live-page]');
    skew = Date.parse(root.dataset.now) - Date.now();
    heard();
    if (polling && !root.dataset.poll) {
      over = true;
      clearInterval(polling);
    }
    if (away) {
      away = false;
      hush();
    }
    swap(fresh);
    if (postponed && over) say('The run went on while you were typing here.');
  } catch (failure) {
    if (failure.message === 'signed out') say('You are signed out, so this page stands still.');
  }
  fetching = false;
  held.splice(0).forEach(append);
  if (again) {
    again = false;
    refresh();
  }
}

addEventListener('focusout', () => setTimeout(() => { if (postponed) refresh(); }, 200));

// --- the log

const jump = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-sm log-jump', hidden: true });
jump.addEventListener('click', toEnd);

function toEnd() {
  follow = true;
  unseen = 0;
  jump.hidden = true;
  log.scrollTop = log.scrollHeight;
}

function swapLog(fresh) {
  if (!fresh || !log || fresh.dataset.log === log.dataset.log) {
    if (fresh && log) append(fresh.querySelector('ol').innerHTML);
    return;
  }
  log.dataset.log = fresh.dataset.log;
  log.replaceChildren(...fresh.childNodes);
  toEnd();
}

function append(html) {
  if (!log) return;
  const list = log.querySelector('ol');
  const lines = document.createElement('template');
  lines.innerHTML = html;
  let added = 0;
  const newest = Number(list.lastElementChild?.id.slice(1) ?? 0);
  for (const line of [...lines.content.children]) {
    if (log.dataset.log && line.dataset.of !== log.dataset.log) continue;
    if (Number(line.id.slice(1)) <= newest) continue;
    list.append(line);
    added++;
  }
  if (!added) return;
  log.querySelector('.log-empty')?.remove();
  if (follow) {
    while (list.childElementCount > SHOWN_LINES) list.firstElementChild.remove();
    log.scrollTop = log.scrollHeight;
  } else {
    unseen += added;
    jump.textContent = `${unseen} new ${unseen === 1 ? 'line' : 'lines'}`;
    jump.hidden = false;
  }
}

function watchLog() {
  log.after(jump);
  log.classList.add('log-live');
  log.addEventListener('scroll', () => {
    follow = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    if (follow) toEnd();
  });
  if (!location.hash) log.scrollTop = log.scrollHeight;
}

// A link to a line that is not on this page, or to a range, leads to the page that has it.
function findLine() {
  const wanted = /^#L(\d+)(?:-L?(\d+))?$/.exec(location.hash);
  if (!wanted || !wanted[2] && document.getElementById(`L${wanted[1]}`)) return;
  const address = new URL(location.href);
  const name = wanted[2] ? 'lines' : 'line';
  const value = wanted[2] ? `${wanted[1]}-${wanted[2]}` : wanted[1];
  if (address.searchParams.get(name) === value || /^\/runs\/\d+$/.test(address.pathname)) return;
  for (const other of ['before', 'line', 'lines', 'q', 'after']) address.searchParams.delete(other);
  address.searchParams.set(name, value);
  address.hash = `L${wanted[1]}`;
  location.replace(address);
}

// With shift, the number of a second line makes a link to all lines from the one before to it.
addEventListener('click', event => {
  const first = /^#L(\d+)/.exec(location.hash);
  const last = event.shiftKey && event.target.closest('.log li > a')?.hash.slice(2);
  if (!first || !last) return;
  event.preventDefault();
  location.hash = `L${Math.min(first[1], last)}-L${Math.max(first[1], last)}`;
});

// --- the stream

function listen() {
  const address = new URL(page.dataset.stream, location.href);
  if (lastId) address.searchParams.set('after', lastId);
  source = new EventSource(address);
  source.onopen = () => {
    heard();
    if (lastId) refresh();
  };
  source.onerror = () => {
    // The browser tries again by itself unless the server refused; then we do.
    if (source.readyState === EventSource.CLOSED && !over) {
      setTimeout(listen, 3000);
      refresh();
    }
  };
  on('away', event => isAway(new Date(event.data)));
  on('beat', isBack);
  on('driver', event => {
    const words = document.getElementById('driver');
    if (words) words.textContent = event.data;
  });
  on('log', event => {
    if (fetching) held.push(event.data);
    append(event.data);
  });
  on('changed', () => refresh());
  on('end', () => {
    over = true;
    source.close();
    refresh();
  });
}

function on(name, then) {
  source.addEventListener(name, event => {
    heard();
    if (event.lastEventId) lastId = event.lastEventId;
    then(event);
  });
}

addEventListener('hashchange', findLine);
showCurrent();
findLine();
if (log && page.dataset.stream) watchLog();
if (page.dataset.stream) listen();
if (page.dataset.poll) polling = setInterval(() => { if (!document.hidden) refresh(); }, 2000);
// What a probe sees changes by itself, also while nothing else happens.
if (page.dataset.stream && 'probed' in page.dataset) setInterval(() => { if (!document.hidden && !over && !away) refresh(); }, 2000);
if (page.dataset.stream || page.dataset.poll) {
  tick();
  setInterval(tick, 1000);
  addEventListener('visibilitychange', () => { if (!document.hidden) { heard(); refresh(); } });
}
