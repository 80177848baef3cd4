// What was typed into the form of this address, kept in this tab until it is saved or forgotten. Never a secret.
const name = `form:${location.pathname}`;
const LEFT_OUT = ['csrf', 'do'];
const CONFIDENTIAL = /authorization|cookie|token|secret|passw|credential|key$/i;
const PASSWORD_IN_URL = /\/\/[^/?#@]*:[^/?#]+@|thin:[^@/]+\/[^@]+@|[?&;](\w*passw(or)?d|pwd|\w*token|api_?key|secret)=/i;

// Known by what it is for, not by what stands in it: a field for secrets, a header that carries one, a URL with one inside.
function isSecret(form, field, text) {
  const header = form.elements.namedItem(`${field}~name`);
  return form.elements.namedItem(field)?.matches?.('[data-secret]')
    || /\.headers\[\d+\]$/.test(field) && CONFIDENTIAL.test(header?.value) && !text.startsWith('secret:')
    || PASSWORD_IN_URL.test(text) && field.endsWith('.url');
}

function pairs(form) {
  const found = [];
  for (const [field, text] of new FormData(form)) {
    if (!LEFT_OUT.includes(field) && typeof text === 'string' && !isSecret(form, field, text)) found.push([field, text.replaceAll('\r\n', '\n')]);
  }
  return found;
}

export function keep(form) {
  const at = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  try {
    sessionStorage.setItem(name, JSON.stringify({ at, pairs: pairs(form) }));
  } catch {
    // More than a tab may keep; the page itself still has it.
  }
}

// What was kept, if it is something else than what the form says now.
export function kept(form) {
  try {
    const before = JSON.parse(sessionStorage.getItem(name));
    return before && JSON.stringify(before.pairs) !== JSON.stringify(pairs(form)) ? before : null;
  } catch {
    return null;
  }
}

export function forget() {
  sessionStorage.removeItem(name);
}
