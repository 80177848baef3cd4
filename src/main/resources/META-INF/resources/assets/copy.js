// Copy buttons: shown only where a script can serve them; the text can always be selected by hand.
document.documentElement.classList.add('js');

async function copy(button) {
  const code = button.closest('.cmd, [data-copy-root]').querySelector('code');
  const label = button.querySelector('span');
  try {
    await navigator.clipboard.writeText(code.textContent);
    label.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    label.textContent = 'Selected';
  }
  setTimeout(() => { label.textContent = 'Copy'; }, 2000);
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-copy]');
  if (button) copy(button);
});
