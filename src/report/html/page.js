// The page is whole without it: this chooses what is shown, leads from one finding to the next, and shows a remark
// where it belongs.
'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tools = document.getElementById('tools');
  const severities = ['error', 'warning', 'info', 'hint'];

  // What the style puts first comes first for a reader by ear, too.
  for (const id of ['tools', 'index', 'total']) {
    const part = document.getElementById(id);
    if (part) part.parentNode.prepend(part);
  }
  const drafts = all('.draft').map((article) => {
    const notes = all('.notes .note', article);
    return { article, notes, refs: notes.map((note) => document.getElementById(note.id.replace('n', 'f'))) };
  });
  const draftOf = (element) => drafts.find(({ article }) => article.contains(element));

  // Sorting the list of files.
  for (const table of all('table.sorts')) {
    const body = table.tBodies[0];
    all('thead th', table).forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const falls = column > 0 ? head.ariaSort !== 'descending' : head.ariaSort === 'ascending';
        for (const other of all('th', table)) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
        const value = (row) => row.cells[column].textContent;
        const order = column > 0
          ? (a, b) => (parseFloat(value(a)) || 0) - (parseFloat(value(b)) || 0)
          : (a, b) => value(a).localeCompare(value(b), 'zh-CN');
        body.append(...[...body.rows].sort((a, b) => (falls ? order(b, a) : order(a, b))));
      });
    });
  }
  if (!tools) return;

  // Filters.
  const chosen = (name) => new Set(all(`input[name=${name}]:checked`, tools).map((input) => input.value));
  const groups = new Set(all('input[name=group]', tools).map((input) => input.value));
  const shown = document.getElementById('shown');
  let steps = [];

  function filter() {
    const wanted = chosen('severity');
    const kinds = chosen('group');
    const isOfKind = (note) => kinds.has(note.dataset.g) || !groups.has(note.dataset.g);
    const bySeverity = {};
    const byGroup = {};
    const byRule = {};
    const add = (counts, key) => { counts[key] = (counts[key] || 0) + 1; };
    let total = 0;
    steps = [];
    for (const { article, notes, refs } of drafts) {
      const isShown = notes.map((note, index) => {
        const { s, g, r } = note.dataset;
        if (isOfKind(note)) add(bySeverity, s);
        if (wanted.has(s)) add(byGroup, g);
        const shows = wanted.has(s) && isOfKind(note);
        note.hidden = !shows;
        refs[index].hidden = !shows;
        if (shows) {
          add(byRule, r);
          steps.push(refs[index]);
        }
        return shows;
      });
      total += notes.length;
      for (const mark of all('mark', article)) {
        const left = mark.dataset.f.split(' ').filter((number) => isShown[number - 1]);
        const ranks = left.map((number) => severities.indexOf(notes[number - 1].dataset.s));
        mark.className = left.length ? severities[Math.min(...ranks)] : 'off';
      }
      for (const fix of all('.fix', article)) fix.classList.toggle('plain', !isShown[fix.dataset.f - 1]);
      for (const part of all('[data-from]', article)) {
        const counts = {};
        for (let index = +part.dataset.from; index < +part.dataset.to; index += 1) {
          if (isShown[index]) add(counts, notes[index].dataset.s);
        }
        for (const cell of all('[data-s]', part)) {
          cell.lastElementChild.textContent = counts[cell.dataset.s] || 0;
          if (cell.tagName === 'SPAN') cell.hidden = !counts[cell.dataset.s];
        }
        if (part.tagName === 'g') draw(part, counts);
      }
    }
    for (const input of all('input', tools)) {
      const output = input.parentNode.querySelector('output');
      if (output) output.textContent = (input.name === 'group' ? byGroup : bySeverity)[input.value] || 0;
    }
    for (const row of all('#rules tr[data-r]')) {
      const count = byRule[row.dataset.r] || 0;
      row.hidden = !count;
      row.querySelector('.number b').textContent = count;
    }
    document.body.classList.toggle('stocks', chosen('stock').size > 0);
    shown.textContent = steps.length === total ? `${total}处` : `${steps.length}／${total}处`;
    hide();
  }

  function draw(part, counts) {
    const [soft, hard] = part.children;
    const unit = 30 / part.ownerSVGElement.dataset.most;
    const height = (names) => names.reduce((sum, name) => sum + (counts[name] || 0), 0) * unit;
    const [below, above] = [height(['error', 'warning']), height(['info', 'hint'])];
    const set = (rect, y, tall) => { rect.setAttribute('y', y); rect.setAttribute('height', tall); };
    set(hard, 30 - below, below);
    set(soft, 30 - below - above, above);
  }

  // The remark at a mark.
  const bubble = document.createElement('div');
  bubble.id = 'bubble';
  bubble.hidden = true;
  // What it says is read by the description of the number already.
  bubble.setAttribute('aria-hidden', 'true');
  document.body.append(bubble);
  let owner = null;
  let isPinned = false;

  function hide() {
    bubble.hidden = true;
    isPinned = false;
    for (const mark of all('mark.here')) mark.classList.remove('here');
    owner = null;
  }

  function show(element, pin) {
    const draft = draftOf(element);
    const numbers = element.dataset.f ? element.dataset.f.split(' ') : [element.id.split('-')[1]];
    const notes = numbers.map((number) => draft.notes[number - 1]).filter((note) => !note.hidden);
    if (!notes.length) return;
    hide();
    owner = element;
    isPinned = pin;
    bubble.replaceChildren(...notes.map((note) => {
      const copy = note.cloneNode(true);
      copy.removeAttribute('id');
      for (const control of all('a, button', copy)) control.tabIndex = -1;
      return copy;
    }));
    bubble.hidden = false;
    const box = element.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = bubble;
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
    const isAbove = box.bottom + height + 12 > innerHeight && box.top > height + 60;
    bubble.style.left = `${left + scrollX}px`;
    bubble.style.top = `${(isAbove ? box.top - height - 10 : box.bottom + 8) + scrollY}px`;
    const own = new Set(numbers);
    for (const mark of all('mark', draft.article)) {
      if (mark.dataset.f.split(' ').some((number) => own.has(number))) mark.classList.add('here');
    }
  }

  const target = (event) => event.target.closest && event.target.closest('.text mark, .text .ref, .text .fix');
  document.addEventListener('mouseover', (event) => {
    if (isPinned) return;
    const mark = target(event);
    if (mark) {
      if (mark !== owner) show(mark, false);
    } else if (owner && !bubble.contains(event.target) && document.activeElement !== owner) hide();
  });
  document.addEventListener('focusin', (event) => {
    if (event.target.matches('.text .ref')) show(event.target, true);
    else if (!bubble.contains(event.target)) hide();
  });
  document.addEventListener('click', (event) => {
    const mark = target(event);
    if (mark) {
      event.preventDefault();
      show(mark, true);
      return;
    }
    const strip = event.target.closest('.strip svg');
    if (strip) {
      const box = strip.getBoundingClientRect();
      const children = draftOf(strip).article.querySelector('.text').children;
      const place = Math.floor(((event.clientX - box.left) / box.width) * children.length);
      children[Math.min(place, children.length - 1)].scrollIntoView({ block: 'center' });
    } else if (!bubble.contains(event.target) && !event.target.closest('[data-step]')) hide();
    for (const menu of all('details[open]', tools)) if (!menu.contains(event.target)) menu.open = false;
  });

  // From one to the next.
  function step(by) {
    if (!steps.length) return;
    const from = document.activeElement;
    let index = steps.indexOf(from);
    if (index < 0 && owner) index = steps.indexOf(owner);
    if (index >= 0) index += by;
    else {
      // From what is seen.
      const next = steps.findIndex((ref) => ref.getBoundingClientRect().top > 100);
      index = by > 0 ? next : (next < 0 ? steps.length : next) - 1;
    }
    const to = steps[Math.max(0, Math.min(index < 0 && by > 0 ? steps.length - 1 : index, steps.length - 1))];
    to.scrollIntoView({ block: 'center' });
    to.focus({ preventScroll: true });
    shown.textContent = `${steps.indexOf(to) + 1}／${steps.length}处`;
  }
  for (const button of all('[data-step]', tools)) {
    button.addEventListener('click', () => step(+button.dataset.step));
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const by = { j: 1, n: 1, k: -1, p: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Escape') {
      hide();
      for (const menu of all('details[open]', tools)) menu.open = false;
    }
  });
  tools.addEventListener('change', filter);
  tools.hidden = false;
  filter();
})();
