// Lũy Tre · lists by keyboard: j and k choose a row, Enter opens it, "/" goes to the list's own field. Every row is a link without script.
(() => {
  'use strict';
  const table = document.querySelector('table[data-rows]'); const field = document.querySelector('[data-list-q]');
  const rows = table ? [...table.querySelectorAll('tbody tr')] : [];
  let at = -1;
  const choose = (to) => {
    if (!rows.length) return;
    if (rows[at]) rows[at].classList.remove('sel');
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows[at].classList.add('sel');
    const link = rows[at].querySelector('a'); if (link) link.focus({ preventScroll: true });
    rows[at].scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog, [contenteditable]')) return;
    if (event.key === 'j' || event.key === 'J') choose(at + 1);
    else if (event.key === 'k' || event.key === 'K') choose(at - 1);
    else if (event.key === '/' && field) { event.preventDefault(); event.stopImmediatePropagation(); field.focus(); field.select(); }
    else if (event.key === 'Enter' && rows[at] && event.target === document.body) location.assign(rows[at].dataset.href);
  }, true);
})();
