"use strict";
// What the page holds: its pictures, in which each thing is said once, unpacked when a moment is first shown; and the rows
// of its tables, which say in words what is drawn.
(() => {
  const at = (id) => document.getElementById(id);
  const shared = JSON.parse(at("network-shared").textContent);
  const { base, ids, boxLooks, lineLooks, words, boxes, lines, moments } = JSON.parse(at("network-data").textContent);
  for (const look of Object.values(shared.looks.bodies)) {
    for (const shade of ["light", "dark"]) {
      const [background, border, ink] = look[shade];
      look[shade] = { background, border, ink };
    }
  }
  const texts = (text) => (text ? text.split("\n") : []);
  const reading = (one, other) => Math.round((one.y - other.y) / 24) || one.x - other.x;
  const byColumn = (one, other) => one.x - other.x || one.y - other.y;

  const read = [];
  function moment(number) {
    if (read[number]) return read[number];
    const { boxes: places, lines: ways, caption, headings = [], columns = false, ...said } = moments[number];
    const nodes = [], bodies = {}, boxRows = [];
    for (let i = 0; i < places.length; i += 3) {
      const [id, look, high, rows, small, name, row = places[i]] = boxes[places[i]];
      const { kind, unknown = false, ...drawn } = boxLooks[look], key = base + ids[id];
      nodes.push({ ...drawn, id: key, x: places[i + 1], y: places[i + 2] });
      bodies[key] = { kind, unknown, rows: rows.split("\n"), small: texts(small), name: name || rows.replaceAll("\n", " "), wide: said.wide, high };
      boxRows.push(row);
    }
    const edges = [], drawnLines = [], lineRows = [];
    ways.forEach(([line, steps, long, short], i) => {
      const [source, target, look, row = line] = lines[line], { kind, inferred = false, weight = 1, ...drawn } = lineLooks[look];
      const from = base + ids[source], to = base + ids[target], spoken = (found) => found && [words[found[0]], found[1], found[2]];
      edges.push({ ...drawn, id: `line-${i}`, from, to });
      drawnLines.push({ from, to, kind, inferred, weight, ...way(steps), words: spoken(long), short: spoken(short) });
      lineRows.push(row);
    });
    return (read[number] = {
      ...said, number, nodes, edges, bodies, headings, columns, boxRows, lineRows,
      caption: caption.map((line) => words[line]), lines: drawnLines, ids: nodes.map((node) => node.id),
      reading: [...nodes].sort(columns ? byColumn : reading).map((node) => node.id),
    });
  }
  // A path in tenths, from where one is: curves (c), level (h), upright (v) and other (l) straights, and corners that are
  // left level (r) or upright (s); up to the arrow head, and its tip.
  const ROUND = 0.5523; // how far the handles of a quarter of a circle reach
  function way(steps) {
    const points = [];
    let x = 0, y = 0;
    const to = (across, down) => points.push((x + across) / 10, (y + down) / 10);
    for (const [, step, said] of steps.matchAll(/([a-zM])([-\d ]*)/g)) {
      let [a, b, c, d, e, f] = said.match(/-?\d+/g).map(Number);
      if (step === "h") b = 0;
      if (step === "v") [a, b] = [0, a];
      if (step === "c") { to(a, b); to(c, d); [a, b] = [e, f]; }
      else if (step === "r") { to(0, b * ROUND); to(a - a * ROUND, b); }
      else if (step === "s") { to(a * ROUND, 0); to(a, b - b * ROUND); }
      else if (step !== "M") { to(a / 3, b / 3); to((2 * a) / 3, (2 * b) / 3); }
      to(a, b);
      x += a;
      y += b;
    }
    return { way: points.slice(0, -6), tip: points.slice(-2) };
  }

  // The tables come after the scripts: their rows are known once the page has been read.
  let tables = null;
  function rows() {
    if (tables || document.readyState === "loading") return tables;
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    for (const part of document.querySelectorAll("#tables :is(table, thead, tbody, tr, th, td)")) {
      part.setAttribute("role", roles[part.tagName] ?? (part.scope === "col" ? "columnheader" : "rowheader"));
    }
    const [lineTable, boxTable] = document.querySelectorAll("#tables tbody");
    for (const row of lineTable.rows) for (const cell of [...row.cells].slice(0, 3)) anchored(cell);
    for (const row of boxTable.rows) anchored(row.cells[0]);
    return (tables = { lines: [...lineTable.rows], boxes: [...boxTable.rows] });
  }
  function anchored(cell) {
    const link = Object.assign(document.createElement("a"), { className: "go" });
    link.append(...cell.childNodes);
    cell.append(link);
  }
  // The names in the tables are links to their cards at the moment that is shown: they can be opened elsewhere, or copied.
  function linked(one) {
    const found = rows();
    if (!found) return null;
    const link = (anchor, what, place) => {
      for (const name of ["body", "line"]) delete anchor.dataset[name];
      Object.assign(anchor.dataset, what);
      anchor.href = `#${new URLSearchParams({ ...(moments.length > 1 && { date: one.label }), ...place })}`;
    };
    one.lines.forEach(({ from, to, kind }, i) => {
      const [source, relation, target] = found.lines[one.lineRows[i]].querySelectorAll("a.go");
      link(source, { body: from }, { at: from });
      link(relation, { line: i }, { from, to, as: kind });
      link(target, { body: to }, { at: to });
    });
    one.ids.forEach((id, i) => link(found.boxes[one.boxRows[i]].querySelector("a.go"), { body: id }, { at: id }));
    return found;
  }
  const lineRow = (one, i) => rows().lines[one.lineRows[i]];
  const boxRow = (one, id) => rows().boxes[one.boxRows[one.ids.indexOf(id)]];

  window.goldenthread = { shared, moment, rows, linked, lineRow, boxRow };
})();
