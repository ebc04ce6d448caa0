'use strict';
(() => {
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  /* Sorting: each header of a column gets a button; aria-sort says how it stands. */
  const sort = (table, column, header) => {
    const descending = header.getAttribute('aria-sort') === 'descending' ? false : column > 1;
    const body = table.tBodies[0];
    const key = (row) => {
      const text = row.cells[column].textContent.trim();
      return /^\d+$/.test(text) ? Number(text) : text;
    };
    const rows = [...body.rows].sort((a, b) => (key(a) > key(b) ? 1 : key(a) < key(b) ? -1 : 0) * (descending ? -1 : 1));
    body.append(...rows);
    for (const other of header.parentNode.cells) other.removeAttribute('aria-sort');
    header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  };
  for (const table of document.querySelectorAll('table[data-sortable]')) {
    const names = [...table.tHead.rows].at(-1);
    for (const [column, header] of [...names.cells].entries()) {
      const button = element('button', header.textContent);
      button.type = 'button';
      button.addEventListener('click', () => sort(table, column, header));
      header.replaceChildren(button);
    }
  }

  /* Only the rules that failed. */
  const rows = [...document.querySelectorAll('tr[data-against]')];
  const right = rows.filter((row) => row.dataset.against === '0');
  if (right.length > 0 && right.length < rows.length) {
    const label = element('label', ' Only rules that failed');
    const box = Object.assign(element('input', ''), { type: 'checkbox' });
    label.className = 'filter';
    label.prepend(box);
    box.addEventListener('change', () => right.forEach((row) => { row.hidden = box.checked; }));
    document.querySelector('#verdicts h2').after(label);
  }

  /* Copying a command. */
  for (const command of document.querySelectorAll('pre.command')) {
    const button = element('button', 'Copy');
    button.type = 'button';
    button.className = 'copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(command);
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    command.previousElementSibling.append(button);
  }

  /* What is folded is printed too. */
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
})();
