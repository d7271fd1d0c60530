// Lũy Tre · the search palette: "/" or Ctrl-K opens it, arrows choose, Enter goes. Without script the form asks the server.
(() => {
  'use strict';
  const form = document.querySelector('form.find[data-hits]');
  if (!form || !window.HTMLDialogElement) return;
  const field = form.querySelector('input');
  const box = document.createElement('dialog');
  box.className = 'pal';
  const label = form.querySelector('label').textContent;
  box.setAttribute('aria-label', label);
  const top = document.createElement('form');
  top.method = 'get'; top.action = form.action; top.className = 'pal-q'; top.setAttribute('role', 'search');
  const input = field.cloneNode();
  input.id = 'pal-q'; input.removeAttribute('placeholder');
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'pal-hits', 'aria-autocomplete': 'list', 'aria-label': label })) input.setAttribute(name, value);
  const list = document.createElement('div');
  list.id = 'pal-hits'; list.setAttribute('role', 'listbox'); list.setAttribute('aria-label', label); list.className = 'pal-hits';
  const live = document.createElement('p'); live.className = 'sr'; live.setAttribute('role', 'status');
  top.append(form.querySelector('svg').cloneNode(true), input);
  box.append(top, list, live);
  document.body.append(box);

  let timer = 0; let asked = ''; let stop = null;
  const options = () => [...list.querySelectorAll('[role="option"]')];
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const choose = (option) => {
    const old = chosen(); if (old) old.setAttribute('aria-selected', 'false');
    if (option) { option.setAttribute('aria-selected', 'true'); option.scrollIntoView({ block: 'nearest' }); input.setAttribute('aria-activedescendant', option.id); } else input.removeAttribute('aria-activedescendant');
  };
  const show = (html) => {
    list.innerHTML = html; choose(options()[0] || null);
    input.setAttribute('aria-expanded', String(options().length > 0));
    live.textContent = options().length ? String(options().length - 1) : list.textContent;
  };
  const ask = () => {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (stop) stop.abort();
    if (!typed) { show(''); return; }
    stop = new AbortController();
    fetch(`${form.dataset.hits}?q=${encodeURIComponent(typed)}`, { signal: stop.signal, headers: { 'X-Requested-With': 'fetch' } })
      .then((answer) => (answer.ok ? answer.text() : '')).then((html) => { if (typed === asked) show(html); }).catch(() => {});
  };
  const open = () => { if (!box.open) { box.showModal(); input.value = field.value; asked = ''; ask(); } input.select(); };

  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 60); });
  input.addEventListener('keydown', (event) => {
    const all = options(); const at = all.indexOf(chosen());
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); choose(all[(at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length] || null); }
    if (event.key === 'Enter' && chosen() && input.value.trim() === asked) { event.preventDefault(); location.assign(chosen().href); }
  });
  box.addEventListener('click', (event) => { if (event.target === box) box.close(); });
  field.addEventListener('mousedown', (event) => { event.preventDefault(); open(); });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if ((event.key === 'k' || event.key === 'K') && (event.ctrlKey || event.metaKey)) { event.preventDefault(); open(); }
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); open(); }
  });
})();
