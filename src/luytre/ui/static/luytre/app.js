// Lũy Tre · the little that runs in the browser. Every page works without it: links open pages, forms post.
(() => {
  'use strict';
  const side = document.getElementById('side');
  const say = (id) => document.getElementById(id);

  // --- Vì sao? in a side panel: same address as the full page, fetched as a fragment -------------------------------
  let opener = null;
  const isWide = () => window.matchMedia('(min-width: 768px)').matches;
  const mark = (link) => {
    document.querySelectorAll('[aria-expanded="true"][href]').forEach((a) => a.removeAttribute('aria-expanded'));
    document.querySelectorAll('tr.sel').forEach((tr) => tr.classList.remove('sel'));
    if (!link) return;
    link.setAttribute('aria-expanded', 'true');
    if (link.closest('.hm')) link.closest('tr').classList.add('sel');
  };
  const openWhy = (link) => {
    opener = link; mark(link);
    htmx.ajax('GET', link.href, { target: '#side', swap: 'innerHTML', source: link }).then(() => {
      const panel = side.querySelector('.side');
      if (panel) { panel.focus(); history.replaceState({ why: link.href }, '', whyAddress(link)); }
    });
  };
  const whyAddress = (link) => { const url = new URL(location.href); url.searchParams.set('why', new URL(link.href).pathname.split('/why/')[1].replace(/\/$/, '')); return url; };
  const closeWhy = () => {
    if (!side || !side.firstElementChild) return;
    side.replaceChildren(); mark(null);
    const url = new URL(location.href); url.searchParams.delete('why'); history.replaceState({}, '', url);
    if (opener) opener.focus();
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href*="/why/"], a[data-why]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && side && plain && isWide() && !document.body.classList.contains('why-page')) { event.preventDefault(); openWhy(link); return; }
    if (event.target.closest('[data-close]')) { event.preventDefault(); closeWhy(); return; }
    const step = event.target.closest('[data-step]');
    if (step && opener) { const next = neighbour(opener, 0, Number(step.dataset.step)); if (next) openWhy(next); }
    const copy = event.target.closest('[data-copy]');
    if (copy && navigator.clipboard) { navigator.clipboard.writeText(new URL(copy.href, location).href); event.preventDefault(); copy.textContent = copy.dataset.copy; }
    document.querySelectorAll('details.menu[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') { closeWhy(); document.querySelectorAll('details.menu[open]').forEach((menu) => { menu.open = false; }); } });

  // --- heat map: arrow keys, one tab stop, names on hover, legend and name filters without a request ---------------
  const cellsOf = (row) => row ? [...row.querySelectorAll('td > a[data-status]')] : [];
  const rowsOf = (table) => [...table.querySelectorAll('tbody tr')].filter((row) => !row.hidden && row.querySelector('td > a[data-status]'));
  function neighbour(link, dx, dy) {
    const table = link.closest('table'); if (!table) return null;
    const rows = rowsOf(table); const row = link.closest('tr');
    const x = cellsOf(row).indexOf(link) + dx; const y = rows.indexOf(row) + dy;
    return rows[y] ? cellsOf(rows[y])[x] || null : null;
  }
  document.querySelectorAll('table.hm').forEach((table) => {
    let current = null;
    const enter = (link) => { if (current) current.tabIndex = -1; current = link; link.tabIndex = 0; };
    table.querySelectorAll('td > a[data-status]').forEach((link) => { link.tabIndex = -1; });
    const first = cellsOf(rowsOf(table)[0])[0]; if (first) enter(first);
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    table.addEventListener('keydown', (event) => {
      const link = event.target.closest('td > a[data-status]'); if (!link || !moves[event.key]) return;
      event.preventDefault(); const next = neighbour(link, ...moves[event.key]);
      if (next) { enter(next); next.focus(); next.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
    });
    table.addEventListener('focusin', (event) => { const link = event.target.closest('td > a[data-status]'); if (link) enter(link); });
    const heads = [...table.querySelectorAll('thead .hc th[data-name]')];
    table.addEventListener('mouseover', (event) => {
      const link = event.target.closest('td > a[data-status]'); if (!link || link.title) return;
      const row = link.closest('tr'); const head = heads[cellsOf(row).indexOf(link)];
      link.title = `${row.querySelector('th').textContent.trim()} · ${head ? head.dataset.name : ''}: ${link.textContent}`;
    });
  });
  document.querySelectorAll('.hm-legend').forEach((legend) => legend.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-show]'); const table = document.querySelector('table.hm'); if (!link || !table) return;
    event.preventDefault(); const on = link.hasAttribute('aria-current');
    legend.querySelectorAll('a').forEach((a) => a.removeAttribute('aria-current'));
    if (on) delete table.dataset.only; else { table.dataset.only = link.dataset.show; link.setAttribute('aria-current', 'true'); }
  }));

  // --- lists: filter by name as one types, without diacritics; the form still asks the server on Enter -------------
  const fold = (text) => text.toLowerCase().replace(/đ/g, 'd').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/\s+/g, ' ').trim();
  document.querySelectorAll('input[data-filter]').forEach((input) => {
    const target = document.querySelector(input.dataset.filter); const none = say(input.dataset.none || '');
    if (!target) return;
    const rows = [...target.querySelectorAll('tbody tr:not(.grp), li[data-row]')].map((row) => [row, fold(row.dataset.name || row.querySelector('th, .pri, b').textContent)]);
    input.addEventListener('input', () => {
      const wanted = fold(input.value); let seen = 0;
      rows.forEach(([row, name]) => { row.hidden = wanted !== '' && !name.includes(wanted); if (!row.hidden) seen += 1; });
      if (none) none.hidden = seen > 0;
    });
  });

  // --- a choice that should act at once: selects that submit their form -------------------------------------------
  document.addEventListener('change', (event) => { const field = event.target.closest('[data-submit]'); if (field && field.form) field.form.requestSubmit(); });

  // --- a shared link with ?why= opens its panel --------------------------------------------------------------------
  const asked = new URLSearchParams(location.search).get('why');
  if (asked && isWide()) { const link = [...document.querySelectorAll('a[href*="/why/"]')].find((a) => new URL(a.href).pathname.endsWith(`/why/${asked}/`)); if (link) openWhy(link); }
})();
