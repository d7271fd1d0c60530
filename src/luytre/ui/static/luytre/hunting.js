// Logs sent in parts: each with its place and digest; what came stays on the server, so the same file goes on where it stopped.
(() => {
  'use strict';
  const form = document.querySelector('form[data-hunting]');
  if (!form) return;
  const PART = 8 * 1024 * 1024;
  const list = form.querySelector('[data-sent]');
  const folder = form.querySelector('[data-folder]');
  const inputs = [form.querySelector('#up-f'), form.querySelector('#up-d')];
  folder.hidden = !('webkitdirectory' in inputs[1]);

  const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
  const digest = async (blob) => (crypto.subtle ? hex(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())) : '');
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  const post = async (url, fields) => {
    const body = new FormData();
    body.append('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    Object.entries(fields).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(url, { method: 'POST', body, credentials: 'same-origin' });
    const told = await answer.json().catch(() => ({}));
    return { ok: answer.ok, status: answer.status, told };
  };

  const line = (file) => {
    const item = document.createElement('li');
    const name = document.createElement('b');
    name.textContent = file.name;
    const says = document.createElement('span');
    const bar = document.createElement('progress');
    bar.className = 'pg';
    bar.max = 100;
    bar.setAttribute('aria-label', file.name);
    item.append(name, ' ', says, bar);
    list.append(item);
    return (share, text) => { bar.value = share; says.textContent = text; };
  };

  // a cut connection is waited out, longer each time; a refusal ends this file and is shown
  const patiently = async (ask, show) => {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      try {
        const got = await ask();
        if (got.status < 500 || got.status === 507) return got;
      } catch (fault) { /* no connection */ }
      show(form.dataset.again);
      await pause(wait);
    }
  };

  const send = async (file) => {
    const show = line(file);
    const about = { name: file.name, size: file.size, modified: file.lastModified, host: form.elements.host.value, system: form.elements.system.value };
    const opened = await patiently(() => post(form.dataset.hunting, about), (text) => show(0, text));
    if (!opened.ok) { show(0, opened.told.says || opened.status); return false; }
    let at = opened.told.received;
    let faults = 0;
    while (at < file.size) {
      const blob = file.slice(at, at + PART);
      const sha256 = await digest(blob);
      const url = `${form.dataset.hunting}${opened.told.upload}/parts/`;
      const from = at;
      const got = await patiently(() => post(url, { offset: from, sha256, part: blob }), (text) => show((100 * from) / file.size, text));
      if (got.ok || (got.status === 409 && ++faults < 20)) at = got.told.received;
      else { show((100 * at) / file.size, got.told.says || got.status); return false; }
      show((100 * at) / file.size, `${form.dataset.sending} ${Math.floor((100 * at) / file.size)}%`);
    }
    show(100, form.dataset.done);
    return true;
  };

  let busy = false;
  const sendAll = async (files) => {
    if (busy || !files.length) return;
    busy = true;
    let good = true;
    for (const file of files) good = (await send(file)) && good;
    busy = false;
    if (good) window.location.reload();
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sendAll(inputs.flatMap((input) => [...input.files]).filter((file) => file.size));
  });
  window.addEventListener('beforeunload', (event) => { if (busy) event.preventDefault(); });
})();
