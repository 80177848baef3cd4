// On the page that says the database is away: looks whether it answers again. Then the page that was asked for is loaded,
// or, when something was sent, it is said that it can be sent again; nothing is ever sent by itself.
const words = document.querySelector('[data-again]');

async function look() {
  const ready = await fetch('/q/health/ready', { cache: 'no-store' }).then(answer => answer.ok).catch(() => false);
  if (!ready) return;
  clearInterval(timer);
  if (words.dataset.again === 'reload') location.reload();
  else words.textContent = 'The database answers again.';
}

const timer = setInterval(look, 3000);
