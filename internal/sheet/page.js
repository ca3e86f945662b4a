'use strict';
// The rating sheet as a page. What is chosen and written stays in the page until it is saved as a text file, which
// "ksbcoach sheet take" reads. Nothing is sent anywhere: the policy at the top of the page forbids it.
(() => {
  const at = id => document.getElementById(id);
  const blank = at('blank').textContent;
  const learner = at('blank').dataset.learner;
  const sets = [...document.querySelectorAll('fieldset')];
  const by = at('by'), on = at('on');
  const days = new Map(); // the day of each rating that was loaded from a file and not changed since
  let unsaved = false, heldKey = '';

  const radios = set => [...set.querySelectorAll('input')];
  const chosen = set => radios(set).find(r => r.checked);
  const note = set => set.querySelector('textarea');
  const say = words => { at('said').textContent = words; };

  function show() {
    let n = 0;
    for (const set of sets) {
      const rated = Boolean(chosen(set));
      n += rated;
      set.classList.toggle('rated', rated);
      set.querySelector('button').hidden = !rated;
    }
    at('bar').value = n;
    at('count').textContent = `${n} of ${sets.length} rated`;
  }

  function changed(set) {
    unsaved = true;
    if (set) days.delete(set.id);
    show();
  }

  function localDay() {
    const d = new Date(), two = n => String(n).padStart(2, '0');
    return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  }

  // A key rates the KSB that has the focus and moves to the next. A key that is held down rates only once.
  document.addEventListener('keydown', e => {
    const key = e.key.toLowerCase(), set = e.target.closest('fieldset');
    if (!set || e.target.type !== 'radio' || e.ctrlKey || e.altKey || e.metaKey || !/^[0-4n]$/.test(key)) return;
    e.preventDefault();
    if (e.repeat || heldKey === key) return;
    heldKey = key;
    const r = radios(set).find(x => x.value === (key === 'n' ? 'none' : key));
    r.checked = true;
    changed(set);
    const next = sets[sets.indexOf(set) + 1];
    if (next) {
      (chosen(next) || radios(next)[0]).focus();
      next.scrollIntoView({ block: 'nearest' });
      say(`${set.id}: ${r.dataset.name}.`);
    } else {
      r.focus();
      say(`${set.id}: ${r.dataset.name}. That was the last statement: save the sheet.`);
    }
  });
  document.addEventListener('keyup', () => { heldKey = ''; });
  window.addEventListener('blur', () => { heldKey = ''; });

  document.addEventListener('input', e => {
    if (e.target.id !== 'load') changed(e.target.closest('fieldset'));
  });
  document.addEventListener('click', e => {
    const set = e.target.closest('fieldset');
    if (!set || e.target.tagName !== 'BUTTON') return;
    radios(set).forEach(r => { r.checked = false; });
    changed(set);
    radios(set)[0].focus();
    say(`${set.id} is no longer rated.`);
  });

  // A text in double quotes, as TOML writes it.
  function quoted(s) {
    const escaped = s.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')
      .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
        c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
    return `"${escaped}"`;
  }

  function line(set) {
    const r = chosen(set), words = note(set).value.trim(), day = days.get(set.id) || on.value, parts = [];
    if (r) parts.push('level = ' + (r.value === 'none' ? '"none"' : r.value));
    if (!r && !words) return '';
    if (day) parts.push('on = ' + day);
    if (words) parts.push('note = ' + quoted(words));
    if (by.value.trim()) parts.push('by = ' + quoted(by.value.trim()));
    return `${set.id} = { ${parts.join(', ')} }\n`;
  }

  const inName = s => s.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 40);

  at('save').addEventListener('click', () => {
    const who = inName(by.value);
    const name = `ksbcoach-sheet-${inName(learner) || 'learner'}${who ? '-by-' + who : ''}.toml`;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([blank, '\n', ...sets.map(line)], { type: 'text/plain' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    unsaved = false;
    const unrated = sets.filter(s => !chosen(s) && note(s).value.trim()).map(s => s.id);
    let words = `Saved as ${name}, where this browser keeps downloads.`;
    if (!by.value.trim()) words += ' Your name is missing: write it at the top and save again.';
    if (unrated.length) words += ` A comment has no level: ${unrated.join(', ')}. Choose one and save again.`;
    if (by.value.trim() && !unrated.length) words += ` Send that file back to ${learner}.`;
    say(words);
  });

  // The values of one rating, in the form that ksbcoach and this page write; null for any other form.
  function values(text) {
    const out = {}, pair = /\s*(level|on|note|by)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]+)\s*(,|$)/y;
    while (pair.lastIndex < text.length) {
      const m = pair.exec(text);
      if (!m) return null;
      const long = m[2].replace(/\\U([0-9A-Fa-f]{8})/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)));
      out[m[1]] = m[2].startsWith('"') ? JSON.parse(long) : m[2];
    }
    return out;
  }

  function read(text) {
    const id = /^id = "sheet-[0-9a-f]+"$/m, theirs = id.exec(text), ours = id.exec(blank);
    if (!theirs || !ours || theirs[0] !== ours[0]) throw new Error('It is not a saved copy of this sheet.');
    const lines = text.split(/\r?\n/), from = lines.indexOf('[round.mentor]'), rows = new Map();
    lines.forEach((l, i) => {
      if (i <= from || /^\s*(#|$)/.test(l)) return;
      const m = /^\s*([KSB]\d+)\s*=\s*\{(.*)\}\s*$/.exec(l);
      let row = null;
      try { row = m && sets.some(s => s.id === m[1]) && values(m[2].trim()); } catch { row = null; }
      if (!row || !/^([0-4]|none)?$/.test(row.level || '')) throw new Error(`Line ${i + 1} of it cannot be read.`);
      rows.set(m[1], row);
    });
    return rows;
  }

  at('load').addEventListener('change', async e => {
    const file = e.target.files[0];
    e.target.value = '';
    if (!file || unsaved && !confirm('You have not saved your changes. Replace them with what is in that file?')) return;
    try {
      if (file.size > 1 << 20) throw new Error('It is too large to be a saved sheet.');
      const rows = read(await file.text());
      days.clear();
      for (const set of sets) {
        const row = rows.get(set.id) || {};
        radios(set).forEach(r => { r.checked = r.value === row.level; });
        note(set).value = row.note || '';
        if (row.on) days.set(set.id, row.on);
        if (row.by) by.value = row.by;
      }
      unsaved = false;
      show();
      say(`${file.name} is loaded: go on where you left off.`);
    } catch (err) {
      say(`${file.name} was not loaded, and nothing was changed. ${err.message}`);
    }
  });

  window.addEventListener('beforeunload', e => { if (unsaved) e.preventDefault(); });
  window.addEventListener('pageshow', show); // a browser may have kept what was chosen
  on.value = localDay();
  at('tools').hidden = false;
  show();
})();
