// What the server adds: drafts are dropped, fixes taken, and the page is loaded again when what it shows has changed.
'use strict';
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const own = document.getElementById('serve');
  const told = document.getElementById('told');
  const { home, stamp, most } = own.dataset;
  document.documentElement.classList.add('served');

  function tell(message) {
    told.textContent = message;
    told.hidden = !message;
    if (message) told.scrollIntoView({ block: 'nearest' });
  }

  // What the reader has chosen to see is the same after the page is loaded again, and where the reader was.
  const key = `zhubi ${location.pathname}`;
  const inputs = all('#tools input');
  function keep(focus) {
    const chosen = inputs.map((input) => input.checked);
    sessionStorage.setItem(key, JSON.stringify({ chosen, focus, message: told.textContent, top: scrollY }));
  }
  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(key) || 'null');
    if (!kept) return;
    sessionStorage.removeItem(key);
    if (kept.chosen.length === inputs.length && inputs.length) {
      inputs.forEach((input, index) => { input.checked = kept.chosen[index]; });
      inputs[0].dispatchEvent(new Event('change', { bubbles: true }));
    }
    scrollTo(0, kept.top);
    const next = kept.focus && (document.getElementById(kept.focus) || all('.text .ref').pop());
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'nearest' });
    }
    if (kept.message) tell(kept.message);
  }

  // What is being done; the page is not loaded again under its hands.
  let busy = 0;
  async function during(work) {
    busy += 1;
    document.body.classList.add('busy');
    for (const button of all('button.accept, .desk button')) button.disabled = true;
    try {
      return await work();
    } finally {
      busy -= 1;
      document.body.classList.toggle('busy', busy > 0);
      for (const button of all('button.accept, .desk button')) button.disabled = busy > 0;
      if (!busy && isStale) again();
    }
  }

  /** Asks the server; throws its message where it refuses. */
  async function post(path, body) {
    let answer;
    try {
      answer = await fetch(path, { method: 'POST', body });
    } catch {
      throw new Error('连不上 zhubi serve：它可能已经结束，请重新运行');
    }
    if (!answer.ok) throw new Error((await answer.text()).trim());
    return answer.json();
  }

  let isStale = false;
  let isLeaving = false;
  function again(focus) {
    if (isLeaving) return;
    isLeaving = true;
    keep(focus);
    location.reload();
  }
  function leave(address) {
    isLeaving = true;
    location.href = address;
  }

  // Fixes.
  async function change(what, body, focus) {
    tell('');
    await during(async () => {
      try {
        await post(what, JSON.stringify({ stamp, ...body }));
        again(focus);
      } catch (error) {
        // Where the draft has been changed elsewhere, this is said on the page as it is now.
        tell(error.message);
      }
    });
  }
  const take = (button) => {
    const { finding, fix } = button.dataset;
    // The next one takes the number of this.
    change('accept', { finding: +finding, fix: +fix }, `f1-${+finding + 1}`);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button && !button.disabled) {
      if (button.matches('.accept')) take(button);
      else if (button.dataset.change) change(button.dataset.change, {});
      else if ('discard' in button.dataset) {
        during(() => post('discard').then(() => leave(home || './'), (error) => tell(error.message)));
      }
    }
    for (const menu of all('.copies[open]')) {
      if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') for (const menu of all('.copies[open]')) menu.open = false;
    if (event.key !== 'a' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const focused = document.activeElement;
    const note = focused.matches('.text .ref') && document.getElementById(focused.id.replace('f', 'n'));
    const button = note && note.querySelector('.accept:not(:disabled)');
    if (button) take(button);
  });

  // Drafts that are dropped or picked.
  async function bring(files) {
    if (!files.length) return;
    tell('');
    await during(async () => {
      const ids = [];
      const faults = [];
      for (const file of files) {
        try {
          if (file.size > +most) throw new Error(`超过${most >> 20}兆字节，不像一篇稿子；请拆成几个文件`);
          ids.push((await post(`${home}drafts?name=${encodeURIComponent(file.name)}`, file)).id);
        } catch (error) {
          faults.push(error.message.includes(file.name) ? error.message : `${file.name}：${error.message}`);
        }
      }
      tell(faults.join('\n'));
      if (ids.length === 1 && !faults.length) leave(`${home}drafts/${ids[0]}/`);
      else if (ids.length && !home) again();
    });
  }
  const pick = document.getElementById('pick');
  if (pick) pick.addEventListener('change', () => bring([...pick.files]).then(() => { pick.value = ''; }));
  const hasFiles = (event) => [...event.dataTransfer.types].includes('Files');
  let over = 0;
  const mark = (by) => {
    over = by ? over + by : 0;
    document.body.classList.toggle('over', over > 0);
  };
  document.addEventListener('dragenter', (event) => { if (hasFiles(event)) mark(1); });
  document.addEventListener('dragleave', (event) => { if (hasFiles(event)) mark(-1); });
  document.addEventListener('dragover', (event) => { if (hasFiles(event)) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(0);
    bring([...event.dataTransfer.files]);
  });

  // What changes on the disk. A browser has few connections to a server: a page that is not seen holds none.
  let source = null;
  function listen() {
    if (document.hidden || source) return;
    source = new EventSource('events');
    source.addEventListener('message', ({ data }) => {
      isStale = data !== stamp;
      if (isStale && !busy) again(document.activeElement.id);
    });
  }
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && source) {
      source.close();
      source = null;
    }
    listen();
  });
  addEventListener('pagehide', () => { if (source) source.close(); });
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  restore();
  listen();
})();
