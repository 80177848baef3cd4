// The form acts in place: its buttons send the same form that a browser without scripts would send, and what comes back
// replaces it. What is typed is kept in this tab until it is saved.
import { keep, kept, forget } from '/assets/form-kept.js';

const PAUSE = 1500;
const main = document.getElementById('main');
const form = () => document.getElementById('form');
let dirty = false;
let busy = false;
let asked = false;
let pause;

function say(text) {
  const state = document.getElementById('state');
  if (state) state.textContent = text;
}

function pairs(button) {
  const sent = new FormData(form());
  sent.set('do', button);
  return sent;
}

async function post(sent) {
  const answer = await fetch(form().action, { method: 'POST', body: sent, headers: { Accept: 'text/html', 'X-Form': 'in-place' } });
  if (answer.status !== 403) return answer;
  // Signed in anew since: the form still carries the token of the session before.
  const page = parse(await (await fetch(location.pathname, { headers: { Accept: 'text/html' } })).text());
  const token = page.querySelector('#form [name=csrf]')?.value;
  if (!token || token === sent.get('csrf')) return answer;
  sent.set('csrf', token);
  form().elements.csrf.value = token;
  return fetch(form().action, { method: 'POST', body: sent, headers: { Accept: 'text/html', 'X-Form': 'in-place' } });
}

const parse = text => new DOMParser().parseFromString(text, 'text/html');

function tell(failed, more) {
  const box = document.createElement('section');
  box.className = 'callout s-fail';
  box.setAttribute('role', 'alert');
  const head = document.createElement('h2');
  head.textContent = failed;
  const words = document.createElement('p');
  words.textContent = more;
  box.append(head, words);
  document.getElementById('answer').replaceChildren(box);
  scrollTo(0, 0);
}

function swap(page) {
  const top = scrollY;
  document.title = page.title;
  main.className = page.getElementById('main').className;
  main.replaceChildren(...page.getElementById('main').childNodes);
  scrollTo(0, top);
}

function land(id) {
  const problems = main.querySelector('#answer > [tabindex]');
  const target = id ? document.getElementById(id) : problems;
  if (!target) return;
  target.focus({ preventScroll: true });
  if (target === problems) scrollTo(0, 0);
  else target.scrollIntoView({ block: target.getBoundingClientRect().top < 0 || target.getBoundingClientRect().bottom > innerHeight - 80 ? 'center' : 'nearest' });
}

async function press(button, id) {
  if (busy) return;
  busy = true;
  clearTimeout(pause);
  remember();
  // What would be typed between the press and the answer would be lost with the form that is replaced.
  const before = document.activeElement;
  main.inert = true;
  try {
    const answer = await post(pairs(button));
    if (answer.headers.has('X-Goto')) {
      dirty = false;
      forget();
      location.assign(answer.headers.get('X-Goto'));
      return;
    }
    const page = parse(await answer.text());
    if (answer.redirected && new URL(answer.url).pathname === '/signin') {
      tell('You are signed out', 'Nothing was saved, and nothing is lost: sign in in another tab, come back to this one, and press again.');
    } else if (page.getElementById('form') || answer.status === 409) {
      asked = button === 'check' || button === 'save';
      swap(page);
    } else {
      tell('It was not saved', (page.querySelector('.three')?.innerText || page.querySelector('h1')?.textContent || `The server answered ${answer.status}.`) + ' What you typed is still here.');
    }
  } catch (lost) {
    tell('The server does not answer', 'Nothing was saved, and nothing is lost: what you typed is still here. It is safe to try again.');
  } finally {
    busy = false;
    main.inert = false;
  }
  if (before?.isConnected) before.focus({ preventScroll: true });
  else land(id);
}

// After a pause: says how much is to be put right; shows it only to somebody who has asked before. Moves nothing.
async function look() {
  if (busy || !form()) return;
  const sent = pairs('check');
  const answer = await post(sent).catch(() => null);
  if (!answer?.ok || busy) return;
  const page = parse(await answer.text());
  const wrong = page.querySelectorAll('#answer .errs li').length;
  say(wrong === 0 ? 'Not saved; nothing to put right' : `Not saved; ${wrong} to put right`);
  const fresh = page.getElementById('answer');
  if (asked && fresh) {
    fresh.querySelectorAll('[role=alert]').forEach(box => box.removeAttribute('role'));
    document.getElementById('answer').replaceChildren(...fresh.childNodes);
  }
}

function remember() {
  if (form() && dirty) keep(form());
}

function slug(title) {
  const plain = title.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return plain.length <= 48 ? plain : plain.slice(0, 49).replace(/-[^-]*$/, '').slice(0, 48);
}

// A title suggests the key or id beside it, until somebody types one.
function suggest(field) {
  const name = field.id.match(/^(title|name)$/) ? 'key' : field.id.endsWith('.title') ? field.id.replace(/title$/, 'id') : null;
  const other = name && document.getElementById(name);
  if (other && other.tagName === 'INPUT' && (other.value === '' || other.value === other.dataset.made)) {
    other.value = other.dataset.made = slug(field.value);
  }
}

function offer() {
  const before = form() && kept(form());
  if (!before) return;
  const box = document.createElement('section');
  box.className = 'callout s-wait kept-row';
  box.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.textContent = `You had typed something here at ${before.at}, and it was not saved.`;
  const back = document.createElement('button');
  back.className = 'btn';
  back.textContent = 'Bring it back';
  const away = document.createElement('button');
  away.className = 'btn btn-quiet';
  away.textContent = 'Forget it';
  for (const button of [back, away]) button.type = 'button';
  box.append(words, back, away);
  document.getElementById('answer').prepend(box);
  away.addEventListener('click', () => { forget(); box.remove(); });
  back.addEventListener('click', async () => {
    const sent = new FormData();
    for (const [name, text] of before.pairs) sent.append(name, text);
    sent.set('csrf', form().elements.csrf.value);
    sent.set('do', 'show');
    const answer = await post(sent);
    if (!answer.ok) return;
    swap(parse(await answer.text()));
    dirty = true;
    say('Brought back, not saved');
  });
}

document.addEventListener('submit', event => {
  if (event.target.id === 'merge') {
    // What was typed travels in the page of the conflict from here on.
    dirty = false;
    forget();
  }
  if (!form()) {
    // The page of two versions stands here now, and its own form carries all that was typed.
    dirty = false;
    forget();
  }
  if (event.target.id !== 'form') return;
  event.preventDefault();
  const button = event.submitter;
  press(button?.value || 'save', button?.formAction ? decodeURIComponent(new URL(button.formAction).hash.slice(1)) : '');
});

document.addEventListener('input', event => {
  if (event.target.form?.id !== 'form') return;
  dirty = true;
  say('Not saved');
  suggest(event.target);
  clearTimeout(pause);
  pause = setTimeout(() => { remember(); look(); }, PAUSE);
});

document.addEventListener('change', event => {
  if (event.target.matches?.('[data-go]')) press(`show ${event.target.id}`, event.target.id);
});

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's' && form()) {
    event.preventDefault();
    press('save', '');
  }
});

addEventListener('beforeunload', event => {
  remember();
  if (dirty) event.preventDefault();
});

offer();
