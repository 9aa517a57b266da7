"use strict";
// Search, filters, sorting and saving for tables that are whole without them; the page's address says what is seen.
(() => {
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const SEASONS = { spring: "03", summer: "06", autumn: "09", winter: "12" };
  const BLANK = "(blank)", MANY = 5, AT_ONCE = 500;
  const order = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const pressed = (text, act) => {
    const button = make("button", "control", text);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  };
  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");

  // Days stand before months; a date without a day or month comes before the days in it. Null if it is no date.
  function date(text) {
    let parts = /^(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)/.exec(text);
    if (parts) return `${parts[1]}${parts[2]}${parts[3] ?? "00"}`;
    parts = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)/.exec(text);
    if (parts) return `${parts[3].padStart(4, "20")}${parts[2].padStart(2, "0")}${parts[1].padStart(2, "0")}`;
    parts = /^(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?,? (\d{4})\b/i.exec(text);
    if (!parts) return /^(19|20)\d\d$/.test(text) ? `${text}0000` : null;
    const word = parts[2].toLowerCase(), month = MONTHS.indexOf(word.slice(0, 3)) + 1;
    if (!month && !SEASONS[word]) return null;
    return `${parts[3]}${SEASONS[word] ?? String(month).padStart(2, "0")}${(parts[1] ?? "0").padStart(2, "0")}`;
  }

  const words = (cell) => (cell.querySelector(":scope > .clamp") ?? cell).textContent.trim();
  // The same for a file, where a mark after other words looks like one of them: it stands in brackets.
  function told(cell) {
    if (!cell.querySelector("mark")) return words(cell);
    const copy = (cell.querySelector(":scope > .clamp") ?? cell).cloneNode(true);
    for (const mark of copy.querySelectorAll("mark")) if (mark.previousSibling) mark.textContent = `[${mark.textContent}]`;
    for (const button of copy.querySelectorAll("button")) button.remove();
    return copy.textContent.trim();
  }
  // The values of a cell: its links if it holds nothing else, or its parts between semicolons, without marks unless
  // there is nothing else.
  function values(cell) {
    const links = [...cell.querySelectorAll("a")], marks = new Set(cell.querySelectorAll("mark"));
    if (links.length > 1 && /^[\s,;]*$/.test(bare(cell, new Set([...marks, ...links])))) return links.map((link) => link.textContent);
    const text = marks.size ? bare(cell, marks).trim() : "";
    return [...new Set((text || words(cell)).split(";").map((part) => part.trim()))];
  }
  function bare(node, without) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    return without.has(node) || node.nodeName === "BUTTON" ? "" : [...node.childNodes].map((child) => bare(child, without)).join("");
  }

  const grids = [...document.querySelectorAll("[data-grid]")].map((frame) => {
    const name = frame.dataset.grid, table = frame.querySelector("table"), body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells], names = heads.map((head) => head.textContent), rows = [...body.rows];
    const texts = new Map(), state = { q: "", sort: "", is: new Map() };
    const text = (row) => texts.get(row) ?? texts.set(row, [...row.cells].map(words).join("\n").toLowerCase()).get(row);
    const said = make("output"), how = make("span", "printed"), none = make("p", "none", "No row fits. "), selects = new Map();
    const rest = pressed("", () => lay(Infinity));
    let search = null, clear = null, seen = rows, limit = AT_ONCE;
    const lay = (most) => {
      limit = most;
      show();
    };

    function show() {
      const sought = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = [...state.is].map(([column, value]) => [names.indexOf(column), value === BLANK ? "" : value]);
      seen = sorted().filter((row) => chosen.every(([at, value]) => values(row.cells[at]).includes(value)) && sought.every((word) => text(row).includes(word)));
      const kept = new Set(seen.length > limit ? seen.slice(0, limit) : seen);
      for (const row of rows) if (row.hidden === kept.has(row)) row.hidden = !row.hidden;
      rest.hidden = seen.length <= limit;
      rest.textContent = `Show all ${seen.length} rows`;
      said.textContent = seen.length === rows.length ? `${rows.length} in all` : `${seen.length} of ${rows.length}`;
      how.textContent = view().join("; ");
      none.hidden = seen.length > 0;
      if (clear) clear.hidden = !(state.q || state.sort || state.is.size);
    }

    let arranged = "", arrangement = rows;
    function sorted() {
      if (arranged === state.sort) return arrangement;
      const down = state.sort.startsWith("-"), at = names.indexOf(state.sort.replace(/^-/, ""));
      heads.forEach((head, i) => (i === at ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
      arranged = state.sort;
      arrangement = at < 0 ? rows : byColumn(at, down ? -1 : 1);
      body.append(...arrangement);
      return arrangement;
    }
    function byColumn(at, turn) {
      const keys = rows.map((row) => words(row.cells[at])), dates = keys.map(date);
      const dated = dates.filter(Boolean).length * 2 > keys.filter(Boolean).length;
      const rank = (i) => (!keys[i] ? 2 : dated && !dates[i] ? 1 : 0);
      const compare = (i, j) => (rank(i) ? 0 : turn * (dated ? Number(dates[i]) - Number(dates[j]) : order.compare(keys[i], keys[j])));
      return rows.map((_, i) => i).sort((i, j) => rank(i) - rank(j) || compare(i, j) || i - j).map((i) => rows[i]);
    }

    function controls() {
      const bar = make("div", "controls"), filters = make("div", "chosen"), outcome = make("div", "outcome");
      search = labelled(bar, "Search this table", make("input", "control"));
      search.type = "search";
      search.addEventListener("input", () => change(() => { state.q = search.value; }));
      heads.forEach((head, at) => { if ("filter" in head.dataset) filter(filters, at); });
      clear = pressed("Show all", () => change(() => { state.q = ""; state.sort = ""; state.is.clear(); }));
      const saves = make("span", "saves");
      saves.append(pressed("Save as CSV", () => saved.csv(asSeen())), pressed("Save as Excel", () => saved.xlsx(asSeen())));
      outcome.append(said, how, clear, saves);
      bar.append(filters);
      frame.before(bar, outcome);
      none.hidden = true;
      table.after(none, rest);
    }
    function filter(bar, at) {
      const counts = new Map(), select = labelled(bar, names[at], make("select", "control"));
      for (const row of rows) for (const value of values(row.cells[at])) counts.set(value, (counts.get(value) ?? 0) + 1);
      select.append(new Option("All", ""));
      for (const value of [...counts.keys()].sort((a, b) => !a - !b || order.compare(a, b))) {
        select.append(new Option(`${value || BLANK} (${counts.get(value)})`, value || BLANK));
      }
      select.addEventListener("change", () => change(() => (select.value ? state.is.set(names[at], select.value) : state.is.delete(names[at]))));
      selects.set(names[at], select);
    }
    function labelled(bar, words, control) {
      const label = make("label");
      label.append(make("span", "", words), control);
      bar.append(label);
      return control;
    }
    const view = () => [state.q && `search: ${state.q}`, ...[...state.is].map(([column, value]) => `${column}: ${value}`)].filter(Boolean);
    function asSeen() {
      const page = [document.title, [said.textContent, ...view()].join("; ")];
      const notes = [...frame.querySelectorAll("[data-note]"), ...document.querySelectorAll("footer p")].map((line) => line.textContent);
      return { name, columns: names, rows: seen.map((row) => [...row.cells].map(told)), about: [...page, ...notes] };
    }
    function change(act) {
      act();
      mirror();
      show();
      remember();
    }
    function mirror() {
      if (search && search.value !== state.q) search.value = state.q;
      for (const [column, select] of selects) {
        select.value = state.is.get(column) ?? "";
        select.classList.toggle("on", Boolean(select.value));
      }
    }

    heads.forEach((head, at) => {
      const button = make("button", "sort", names[at]);
      button.type = "button";
      button.addEventListener("click", () => change(() => {
        state.sort = state.sort === names[at] ? `-${names[at]}` : state.sort === `-${names[at]}` ? "" : names[at];
      }));
      // Chromium prints no buttons in headings that it repeats on each page.
      if (rows.length > 1) head.replaceChildren(button, make("span", "printed", names[at]));
    });
    if (rows.length > MANY) controls();
    for (const cell of body.querySelectorAll("td.long")) clamp(cell);
    return { name, frame, state, selects, heads: names, lay, put: (wanted) => { Object.assign(state, wanted); mirror(); show(); } };
  });

  function clamp(cell) {
    const words = make("div", "clamp"), more = make("button", "more", "more");
    more.type = "button";
    more.setAttribute("aria-expanded", "false");
    more.addEventListener("click", () => {
      const open = cell.classList.toggle("open");
      more.setAttribute("aria-expanded", String(open));
      more.textContent = open ? "less" : "more";
    });
    words.append(...cell.childNodes);
    cell.append(words, more);
  }

  // The view is in the address, a table's name before each of its parts: #actions~q=audit&actions~is~Lead=PIQAG
  function remember() {
    const view = new URLSearchParams();
    for (const { name, state } of grids) {
      if (state.q) view.set(`${name}~q`, state.q);
      if (state.sort) view.set(`${name}~sort`, state.sort);
      for (const [column, value] of state.is) view.set(`${name}~is~${column}`, value);
    }
    history.replaceState(null, "", `#${view}`);
  }
  const offers = (select, value) => [...(select?.options ?? [])].some((option) => option.value === value);
  // Links of the report name columns and values in few signs: #pairs/topic/child-deaths
  function wanted() {
    const hash = location.hash.slice(1), views = new Map(grids.map(({ name }) => [name, { q: "", sort: "", is: new Map() }]));
    let first = null;
    if (hash.includes("=")) {
      for (const [key, value] of new URLSearchParams(hash)) {
        const [, name, part, , column] = /^([^~]*)~(\w+)(~(.*))?$/s.exec(key) ?? [], grid = grids.find((one) => one.name === name), view = views.get(name);
        if (!view) continue;
        first ??= grid;
        if (part === "is" && offers(grid.selects.get(column), value)) view.is.set(column, value);
        else if (part === "q") view.q = value;
        else if (part === "sort" && grid.heads.includes(value.replace(/^-/, ""))) view.sort = value;
      }
    } else if (hash.includes("/")) {
      const [name, ...pairs] = decoded(hash).split("/");
      first = grids.find((one) => one.name === name);
      for (let at = 0; first && at + 1 < pairs.length; at += 2) {
        const [column, select] = [...first.selects].find(([heading]) => slug(heading) === pairs[at]) ?? [];
        const option = [...(select?.options ?? [])].find(({ value }) => value && slug(value) === pairs[at + 1]);
        if (option) views.get(name).is.set(column, option.value);
      }
    }
    return [views, first];
  }
  function decoded(hash) {
    try { return decodeURIComponent(hash); } catch { return hash; }
  }
  function restore() {
    const [views, first] = wanted();
    for (const grid of grids) grid.put(views.get(grid.name));
    if (!first) return;
    for (let box = first.frame.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    (first.frame.previousElementSibling?.previousElementSibling ?? first.frame).scrollIntoView();
  }
  if (grids.length) {
    restore();
    addEventListener("hashchange", () => { if (/[=/]/.test(location.hash) || !location.hash) restore(); });
  }

  // A browser takes long to lay out thousands of rows, so that the first are shown; all are printed and saved.
  addEventListener("beforeprint", () => { for (const grid of grids) grid.lay(Infinity); });

  // On a phone rows become cards: each cell says its column, and roles tell that it is still a table.
  const phone = matchMedia("screen and (max-width: 44rem)");
  function cards() {
    if (!phone.matches) return;
    for (const { frame, heads } of grids.filter((grid) => !grid.frame.classList.contains("cards"))) {
      frame.classList.add("cards");
      const table = frame.querySelector("table");
      table.setAttribute("role", "table");
      for (const part of [table.tHead, table.tBodies[0]]) part.setAttribute("role", "rowgroup");
      for (const row of table.rows) {
        row.setAttribute("role", "row");
        for (const cell of row.cells) {
          const heading = row.parentElement === table.tHead;
          cell.setAttribute("role", heading ? "columnheader" : cell.nodeName === "TH" ? "rowheader" : "cell");
          if (!heading && cell.cellIndex) cell.dataset.label = `${heads[cell.cellIndex].replace(/^./u, (sign) => sign.toUpperCase())}:`;
        }
      }
    }
  }
  phone.addEventListener("change", cards);
  cards();
})();
