"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const data = JSON.parse(at("network-data").textContent);
  const { bodies, lines, looks, words } = data;
  const picture = at("picture");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const printing = matchMedia("print");
  const hiddenBodies = new Set(), hiddenLines = new Set();
  let sought = null;

  const make = (tag, content, className) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined) element.append(content);
    return element;
  };

  at("tools").hidden = at("stage").hidden = false;
  const ends = data.edges.map((edge) => [edge.from, edge.to]);
  const number = (id) => Number(id.slice("line-".length));
  const sentence = (i) => `${bodies[ends[i][0]].name} ${looks.lines[lines[i].kind].label} ${bodies[ends[i][1]].name}`;
  const basis = (i) => (lines[i].inferred ? words.reading : words.stated);

  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, title: bodies[node.id].name })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, title: `${sentence(number(edge.id))} (${basis(number(edge.id))})` })));
  const network = new vis.Network(at("picture"), { nodes, edges }, data.options);

  // What is not sought or not shown: names that do not match fade, kinds that are switched off vanish.
  function paint() {
    const theme = night.matches && !printing.matches ? "dark" : "light";
    const ground = theme === "dark" ? "#161b22" : "#ffffff";
    const shown = (id) => !hiddenBodies.has(bodies[id].kind);
    nodes.update(data.nodes.map(({ id }) => {
      const { background, border, ink } = looks.bodies[bodies[id].kind][theme];
      const strong = theme === "dark" ? "#ffffff" : "#000000";
      return {
        id, hidden: !shown(id), opacity: sought && !sought.has(id) ? 0.25 : 1, font: { color: ink },
        color: { background, border, highlight: { background, border: strong }, hover: { background, border: strong } },
      };
    }));
    edges.update(data.edges.map(({ id }, i) => {
      const colour = looks.lines[lines[i].kind][theme];
      const faded = sought && !ends[i].some((end) => sought.has(end));
      return {
        id, hidden: hiddenLines.has(lines[i].kind) || !ends[i].every(shown),
        color: { color: colour, highlight: colour, hover: colour, opacity: faded ? 0.2 : 1 },
        font: { color: theme === "dark" ? "#e9eef5" : "#14202e", strokeColor: ground },
      };
    }));
    for (const row of document.querySelectorAll("[data-row]")) {
      const id = row.dataset.row;
      if (row.cells.length === 3) row.hidden = !shown(id) || Boolean(sought && !sought.has(id));
      else {
        const i = number(id);
        row.hidden = hiddenLines.has(lines[i].kind) || !ends[i].every(shown) || Boolean(sought && !ends[i].some((end) => sought.has(end)));
      }
    }
  }

  // Cards are made of text nodes only.
  function link(id, text) {
    const button = make("button", text ?? bodies[id].name, "go");
    button.type = "button";
    button.addEventListener("click", () => showBody(id, true));
    return button;
  }
  function detail(pairs) {
    const list = make("dl");
    for (const [label, value] of pairs) list.append(make("dt", label), make("dd", value));
    return list;
  }
  function listed(title, found, other) {
    if (!found.length) return [];
    const list = make("ul");
    for (const i of found) {
      const item = make("li"), about = make("button", looks.lines[lines[i].kind].label, "go");
      about.type = "button";
      about.addEventListener("click", () => showLine(i, true));
      if (other === 1) item.append(about, " ", link(ends[i][1]));
      else item.append(link(ends[i][0]), " ", about);
      if (lines[i].inferred) item.append(" ", make("span", words.reading, "reading"));
      list.append(item);
    }
    return [make("h3", title), list];
  }
  function card(...parts) {
    const close = make("button", "Close", "control close");
    close.type = "button";
    close.addEventListener("click", unselect);
    at("card").replaceChildren(close, ...parts);
    at("card").hidden = false;
    at("card").scrollTop = 0;
  }
  function unselect() {
    at("card").hidden = true;
    network.unselectAll();
    history.replaceState(null, "", location.pathname + location.search);
    at("said").textContent = "";
  }
  // The card lies over the right of the picture: what is selected moves out from under it.
  function clear(id) {
    const { offsetLeft, offsetTop } = at("card");
    if (offsetTop > picture.clientHeight - 10) return;
    const { x } = network.canvasToDOM(network.getPosition(id));
    const over = x + 90 * network.getScale() - offsetLeft;
    if (over > 0) {
      const view = network.getViewPosition();
      network.moveTo({ position: { x: view.x + (over + 20) / network.getScale(), y: view.y } });
    }
  }
  function showBody(id, move) {
    const body = bodies[id];
    const from = [], to = [];
    ends.forEach(([source, target], i) => { if (source === id) from.push(i); else if (target === id) to.push(i); });
    const kind = make("p", looks.bodies[body.kind].label, "kind");
    if (body.unknown) kind.append(" ", make("span", words.unknown, "reading"));
    card(make("h2", body.name), kind, detail(body.detail), ...listed("From it", from, 1), ...listed("To it", to, 0));
    network.selectNodes([id]);
    if (move) reveal(id);
    else clear(id);
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    at("said").textContent = `Selected: ${body.name}`;
  }
  function showLine(i, move) {
    const says = make("p");
    says.append(link(ends[i][0]), ` ${looks.lines[lines[i].kind].label} `, link(ends[i][1]));
    const mark = lines[i].inferred ? make("span", words.reading, "reading") : words.stated;
    card(make("h2", "Line"), says, make("p", mark, "kind"), detail(lines[i].detail));
    network.setSelection({ nodes: [], edges: [`line-${i}`] });
    if (move) reveal(ends[i][0]);
    at("said").textContent = `Selected: ${sentence(i)}`;
  }
  function reveal(id) {
    const scale = Math.max(network.getScale(), 0.75);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const beside = at("card").offsetTop < picture.clientHeight ? at("card").offsetWidth / 2 : 0;
    network.focus(id, { scale, offset: { x: -beside, y: 0 }, animation: still ? false : { duration: 300 } });
    if (at("stage").getBoundingClientRect().bottom < 120) at("stage").scrollIntoView();
  }

  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !find.value && !at("card").hidden) unselect(); });
  network.on("click", ({ nodes: [body], edges: [line] }) => {
    if (body !== undefined) showBody(body);
    else if (line !== undefined) showLine(number(line));
    else unselect();
  });

  // The wheel scrolls the page until the picture has been clicked; a finger may always pinch.
  const wheel = (on) => network.setOptions({ interaction: { zoomView: on } });
  if (matchMedia("(pointer: coarse)").matches) wheel(true);
  else {
    picture.addEventListener("pointerdown", () => wheel(true));
    picture.addEventListener("pointerleave", () => wheel(false));
  }

  // A little smaller than fits: lines bow out beyond the outermost boxes.
  function whole() {
    network.fit({ animation: false, maxZoomLevel: 1.15 });
    zoom(0.93);
  }
  function overview() {
    whole();
    if (network.getScale() >= 0.42) return;
    const top = data.nodes.reduce((best, node) => (node.y < best.y ? node : best));
    const scale = 0.62;
    network.moveTo({ scale, position: { x: top.x, y: top.y - 60 + picture.clientHeight / 2 / scale } });
  }
  const zoom = (factor) => network.moveTo({ scale: Math.min(3, Math.max(0.05, network.getScale() * factor)) });
  at("closer").addEventListener("click", () => zoom(1.3));
  at("further").addEventListener("click", () => zoom(1 / 1.3));
  at("whole").addEventListener("click", whole);

  // Search: what matches stays bright, a list offers the first of them.
  const find = at("find"), found = at("found");
  function search() {
    const wanted = find.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const matches = Object.keys(bodies).filter((id) => wanted.every((word) => bodies[id].name.toLocaleLowerCase().includes(word)));
    sought = wanted.length ? new Set(matches) : null;
    found.replaceChildren();
    found.hidden = !wanted.length;
    for (const id of matches.slice(0, 12)) {
      const button = make("button", bodies[id].name);
      button.type = "button";
      button.append(" ", make("small", looks.bodies[bodies[id].kind].label));
      button.addEventListener("click", () => choose(id));
      found.append(make("li", button));
    }
    if (!matches.length) found.append(make("li", "No body of this name"));
    at("said").textContent = wanted.length ? `${matches.length} found` : "";
    paint();
  }
  function choose(id) {
    find.value = "";
    search();
    showBody(id, true);
    at("card").focus();
  }
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { find.value = ""; search(); }
    else if (event.key === "Enter") found.querySelector("button")?.click();
    else if (event.key === "ArrowDown") { event.preventDefault(); found.querySelector("button")?.focus(); }
  });
  found.addEventListener("keydown", (event) => {
    const item = document.activeElement.parentElement;
    const next = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling }[event.key];
    if (next) { event.preventDefault(); next.firstElementChild?.focus(); }
    else if (event.key === "Escape") { find.value = ""; search(); find.focus(); }
  });

  for (const box of document.querySelectorAll("#legend input")) {
    box.checked = true;
    box.addEventListener("change", () => {
      const [hidden, kind] = "line" in box.dataset ? [hiddenLines, box.dataset.line] : [hiddenBodies, box.dataset.body];
      if (box.checked) hidden.delete(kind); else hidden.add(kind);
      paint();
    });
  }
  for (const cell of document.querySelectorAll("[data-row] [data-body], [data-row] [data-line]")) {
    const button = make("button", cell.textContent, "go");
    button.type = "button";
    button.addEventListener("click", () => {
      if ("line" in cell.dataset) showLine(Number(cell.dataset.line), true); else showBody(cell.dataset.body, true);
      at("card").focus();
    });
    cell.replaceChildren(button);
  }

  night.addEventListener("change", paint);
  printing.addEventListener("change", () => { paint(); if (printing.matches) whole(); });
  paint();
  overview();
  function reopen() {
    let id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (Object.hasOwn(bodies, id)) showBody(id, true);
  }
  addEventListener("hashchange", reopen);
  reopen();
  window.goldenthread = { network, nodes, edges };
})();
