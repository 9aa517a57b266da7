"use strict";
// The picture: what is shown of which moment, in which colours; search, filters, slider, keys, links that reopen a view.
// Other parts of the script (lines, cards, paper) take what they need from window.goldenthread.
(() => {
  const at = (id) => document.getElementById(id);
  const { shared, moment, linked, lineRow, boxRow } = window.goldenthread;
  const { options, looks, words, moments, of, start, quiet, few } = shared;
  const picture = at("picture");
  const night = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 60rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const hidden = { body: new Set(), line: new Set(quiet) };
  const INK = { light: "#14202e", dark: "#e9eef5" }, GROUND = { light: "#ffffff", dark: "#161b22" };
  const find = at("find");
  let now = null, sought = null, wording = null, cursor = null, selected = null;

  for (const id of ["tools", "stage", "under", "when"]) if (at(id)) at(id).hidden = false;
  document.body.classList.add("scripted");

  const bodyShown = (id) => !hidden.body.has(now.bodies[id].kind);
  const lineShown = (line) => !hidden.line.has(line.kind) && bodyShown(line.from) && bodyShown(line.to);
  const sentence = (line) => `${now.bodies[line.from].name} ${looks.lines[line.kind].label} ${now.bodies[line.to].name}`;
  const standing = (line) => (line.inferred ? words.reading : words.stated);

  const network = new vis.Network(picture, { nodes: [], edges: [] }, options);
  network.body.container.firstElementChild.tabIndex = -1; // the picture itself takes the keys
  let nodes, edges, shown;

  function show(number) {
    now = moment(number);
    cursor = null;
    document.title = at("title").textContent = now.title;
    at("caption").replaceChildren(...now.caption.map((line) => Object.assign(document.createElement("li"), { textContent: `${line} ` })));
    if (at("when")) {
      const mine = group(of[number]), place = mine.indexOf(number);
      if (at("group")) at("group").value = of[number];
      Object.assign(at("moment"), { max: mine.length - 1, value: place });
      at("moment").parentElement.hidden = mine.length < 2;
      at("moment").setAttribute("aria-valuetext", now.label);
      at("date").textContent = at("shown").textContent = now.label;
      at("place").textContent = mine.length < 2 ? "" : place === mine.length - 1 ? `(the last of ${mine.length})` : `(${place + 1} of ${mine.length})`;
      at("earlier").disabled = place === 0;
      at("later").disabled = place === mine.length - 1;
    }
    now.fewShown = now.lines.filter(lineShown).length <= few;
    looking = { box: new Map(), line: new Map() };
    nodes = new vis.DataSet(now.nodes.map((node) => ({ ...box(node), ...known("box", boxLook(node.id, theme(), sought)) })));
    edges = new vis.DataSet(now.edges.map(({ label, ...edge }, i) => ({ ...edge, arrows: edge.arrows ?? "to", title: `${sentence(now.lines[i])} (${standing(now.lines[i])})`, ...known("line", lineLook(i)) })));
    shown = { shade: theme(), seen: sought };
    network.setData({ nodes, edges });
    now.edges.forEach(({ id }, i) => window.goldenthread.lead(network.body.edges[id], i));
    legend();
    paint();
    overview();
  }
  const group = (wanted) => moments.flatMap((_, number) => (of[number] === wanted ? [number] : []));
  // vis-network draws the frame, `write` the words; an ellipse grows from its text, so its text is given half its size.
  function box(node) {
    const { name, kind, wide, high } = now.bodies[node.id];
    const round = node.shape === "ellipse";
    const width = round ? wide - high / 2 : wide, height = round ? high / 2 : high;
    return {
      ...node, title: `${name} (${looks.bodies[kind].label})`, widthConstraint: { minimum: width, maximum: width },
      heightConstraint: { minimum: height },
    };
  }
  function legend() {
    const used = { body: new Set(Object.values(now.bodies).map((body) => body.kind)), line: new Set(now.lines.map((line) => line.kind)) };
    for (const input of document.querySelectorAll("#legend input")) {
      const [what, kind] = kindOf(input);
      input.closest("label").hidden = !used[what].has(kind);
    }
    const note = (name) => document.querySelector(`[data-note="${name}"]`);
    if (note("unknown")) note("unknown").hidden = !Object.values(now.bodies).some((body) => body.unknown);
    if (note("inferred")) note("inferred").hidden = !now.lines.some((line) => line.inferred);
  }
  const kindOf = (input) => ("lineKind" in input.dataset ? ["line", input.dataset.lineKind] : ["body", input.dataset.bodyKind]);

  // Names that are not sought fade and leave the tables; kinds that are switched off vanish from both.
  const theme = () => (night.matches ? "dark" : "light");
  const bright = (line) => !sought || sought.has(line.from) || sought.has(line.to);
  function paint() {
    now.fewShown = now.lines.filter(lineShown).length <= few;
    restyle(theme(), sought);
    tables();
    at("unshown").hidden = !unshown();
    at("unshown").firstElementChild.textContent = unshown();
    for (const input of document.querySelectorAll("#legend input")) {
      const [what, kind] = kindOf(input);
      input.checked = !hidden[what].has(kind);
    }
    at("wording").checked = says();
  }
  function tables() {
    const table = linked(now);
    if (!table) return;
    const boxes = new Set(now.boxRows.filter((_, i) => bodyShown(now.ids[i]) && (!sought || sought.has(now.ids[i]))));
    const lines = new Set(now.lineRows.filter((_, i) => lineShown(now.lines[i]) && bright(now.lines[i])));
    table.boxes.forEach((row, i) => { row.hidden = !boxes.has(i); });
    table.lines.forEach((row, i) => { row.hidden = !lines.has(i); });
    count("lines", lines.size, now.lines.length);
    count("bodies", boxes.size, now.ids.length);
  }
  const says = () => wording ?? now.fewShown;
  function boxLook(id, shade, seen) {
    const { background, border } = looks.bodies[now.bodies[id].kind][shade], strong = shade === "dark" ? "#ffffff" : "#000000";
    return {
      id, hidden: !bodyShown(id), opacity: seen && !seen.has(id) ? 0.25 : 1,
      color: { background, border, highlight: { background, border: strong }, hover: { background, border: strong } },
    };
  }
  // A line is drawn by `stroke`; vis-network knows only whether it is there.
  const lineLook = (i) => ({ id: now.edges[i].id, hidden: !lineShown(now.lines[i]) });
  let looking;
  function known(what, look) {
    const said = JSON.stringify(look), changed = looking[what].get(look.id) !== said;
    looking[what].set(look.id, said);
    return changed ? look : null;
  }
  function restyle(shade, seen) {
    shown = { shade, seen };
    nodes.update(now.ids.map((id) => known("box", boxLook(id, shade, seen))).filter(Boolean));
    edges.update(now.lines.map((_, i) => known("line", lineLook(i))).filter(Boolean));
    now.edges.forEach(({ id }, i) => window.goldenthread.lead(network.body.edges[id], i)); // vis-network may have made it anew
    network.redraw();
  }
  function count(name, some, all) {
    at(name).querySelector(".count").textContent = some === all ? `(${all})` : `(${some} of ${all})`;
  }
  // What is switched off is said beside the picture, on paper too.
  function unshown() {
    const boxes = now.ids.filter((id) => !bodyShown(id)), away = now.lines.filter((line) => !lineShown(line));
    const kinds = [...new Set(away.filter((line) => hidden.line.has(line.kind)).map((line) => looks.lines[line.kind].label))];
    const counted = (number, word) => (number ? [`${number} ${word}${number === 1 ? "" : word === "box" ? "es" : "s"}`] : []);
    const what = [...counted(away.length, "line"), ...counted(boxes.length, "box")].join(" and ");
    return what && `Not shown: ${what}${kinds.length ? ` (${kinds.join(", ")})` : ""}.`;
  }

  // The words on boxes and the headings, drawn alike on the page and on paper.
  const NAME = 14, NOTE = 12;
  function write(pen, id, shade, faded = false) {
    const { rows, small, wide, kind } = now.bodies[id];
    const { x, y } = network.body.nodes[id];
    const pitch = 15.5, notePitch = 14;
    let down = y - (rows.length * pitch + small.length * notePitch) / 2;
    pen.fillStyle = looks.bodies[kind][shade].ink;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.globalAlpha = faded ? 0.3 : 1;
    pen.font = `${NAME}px Arial, Helvetica, sans-serif`;
    for (const row of rows) { pen.fillText(row, x, down + pitch / 2, wide - 6); down += pitch; }
    pen.font = `${NOTE}px Arial, Helvetica, sans-serif`;
    for (const row of small) { pen.fillText(row, x, down + notePitch / 2, wide - 6); down += notePitch; }
    pen.globalAlpha = 1;
  }
  function headings(pen, shade) {
    if (!now.headings.length) return;
    const right = Math.max(...now.nodes.map((node) => node.x + now.bodies[node.id].wide / 2), 0);
    pen.textBaseline = "middle";
    pen.font = `bold ${NAME}px Arial, Helvetica, sans-serif`;
    pen.strokeStyle = shade === "dark" ? "#465363" : "#c3ccd7";
    pen.lineWidth = 1;
    const lanes = now.headings.some((heading) => heading.lane);
    for (const { rows, x, y, wide, high, lane } of now.headings) {
      pen.group?.("heading", rows.join(" "));
      pen.beginPath();
      if (lane) { pen.moveTo(x - wide / 2, y - high / 2 - 12); pen.lineTo(right, y - high / 2 - 12); }
      else if (!lanes) { pen.moveTo(x - wide / 2, y + high / 2 + 2); pen.lineTo(x + wide / 2, y + high / 2 + 2); }
      pen.stroke();
      pen.fillStyle = INK[shade];
      pen.textAlign = lane ? "left" : "center";
      rows.forEach((row, i) => pen.fillText(row, lane ? x - wide / 2 : x, y + (i - (rows.length - 1) / 2) * 17));
    }
  }
  network.once("afterDrawing", () => performance.mark("drawn"));
  network.on("beforeDrawing", (pen) => now && headings(pen, theme()));
  network.on("afterDrawing", (pen) => {
    if (!now) return;
    outside();
    if (network.getScale() * NAME < 3) return;
    const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
    const { x: right, y: bottom } = network.DOMtoCanvas({ x: picture.clientWidth, y: picture.clientHeight });
    for (const id of now.ids) {
      const { x, y } = network.body.nodes[id] ?? {};
      if (x > left - 100 && x < right + 100 && y > top - 80 && y < bottom + 80 && bodyShown(id)) write(pen, id, theme(), sought && !sought.has(id));
    }
    if (cursor === null || document.activeElement !== picture) return;
    const { x, y } = network.body.nodes[cursor], { wide, high } = now.bodies[cursor];
    pen.strokeStyle = theme() === "dark" ? "#f6ad55" : "#b45309";
    pen.lineWidth = 3.5;
    pen.strokeRect(x - wide / 2 - 6, y - high / 2 - 6, wide + 12, high + 12);
  });

  const LEGIBLE = 0.42;
  // Where one looks. A little smaller than fits: lines bow out beyond the outermost boxes.
  function whole() {
    if (!now.nodes.length) return;
    network.fit({ animation: false, maxZoomLevel: 1.15 });
    zoom(0.93);
  }
  // Where the whole would be too small to read: the top of a structure; columns as wide as the window, from their top.
  function overview() {
    whole();
    if (!now.nodes.length || network.getScale() >= LEGIBLE) return;
    const shown = now.nodes.filter((node) => bodyShown(node.id));
    const lines = (node) => now.lines.filter((line) => line.to === node.id).length;
    const [highest, ...others] = [...(shown.length ? shown : now.nodes)].sort((one, other) => one.y - other.y);
    const top = others.filter((node) => node.y < highest.y + 80).reduce((best, node) => (lines(node) > lines(best) ? node : best), highest);
    const start = Math.min(highest.y - 60, ...now.headings.map(({ y, high }) => y - high / 2 - 16));
    let scale = 0.62, { x } = top;
    if (now.columns) {
      const half = now.bodies[top.id].wide / 2 + 24, left = Math.min(...now.nodes.map((node) => node.x - half), ...now.headings.map((one) => one.x - one.wide / 2 - 24));
      const right = Math.max(...now.nodes.map((node) => node.x + half));
      scale = Math.min(1, Math.max(0.62, picture.clientWidth / (right - left)));
      x = (right - left) * scale > picture.clientWidth + 1 ? left + picture.clientWidth / 2 / scale : (left + right) / 2;
    }
    const room = narrow.matches ? 44 : 0; // for the button, where it stands at the top
    network.moveTo({ scale, position: { x, y: start + (picture.clientHeight / 2 - room) / scale } });
  }
  // A button in the picture says when some of it lies outside, and brings it all in; where that is too small, it leads back.
  const part = at("part");
  function outside() {
    const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
    const { x: right, y: bottom } = network.DOMtoCanvas({ x: picture.clientWidth, y: picture.clientHeight });
    const away = now.nodes.filter(({ id, x, y }) => {
      const { wide, high } = now.bodies[id];
      return bodyShown(id) && (x - wide / 2 < left || x + wide / 2 > right || y - high / 2 < top || y + high / 2 > bottom);
    }).length;
    const small = !away && network.getScale() < LEGIBLE;
    part.hidden = !away && !small;
    part.textContent = small ? "Enlarge from the top" : "See the whole picture";
  }
  part.addEventListener("click", () => (part.textContent.startsWith("See") ? whole() : overview()));
  const zoom = (factor) => network.moveTo({ scale: Math.min(3, Math.max(0.05, network.getScale() * factor)) });
  function move(across, down) {
    const { x, y } = network.getViewPosition(), step = 90 / network.getScale();
    network.moveTo({ position: { x: x + across * step, y: y + down * step } });
  }
  // Moves only if what is to be seen cannot be: too small, outside, or under the card.
  function reveal(id) {
    const card = at("card"), over = !card.hidden && card.offsetTop < picture.clientHeight;
    const scale = network.getScale(), { x, y } = network.canvasToDOM(network.getPosition(id));
    const right = over ? card.offsetLeft : picture.clientWidth, half = 80 * scale, high = (now.bodies[id].high / 2) * scale;
    if (at("stage").getBoundingClientRect().bottom < 120) at("stage").scrollIntoView();
    if (scale >= 0.45 && x > half && x < right - half && y > high && y < picture.clientHeight - high) return;
    const offset = { x: over ? -card.offsetWidth / 2 : 0, y: 0 };
    network.focus(id, { scale: Math.max(scale, 0.75), offset, animation: calm.matches ? false : { duration: 300 } });
  }
  at("closer").addEventListener("click", () => zoom(1.3));
  at("further").addEventListener("click", () => zoom(1 / 1.3));
  at("whole").addEventListener("click", whole);

  // Keys, once the picture has the focus.
  function step(by) {
    const order = now.reading.filter(bodyShown);
    if (!order.length) return;
    const from = order.indexOf(cursor ?? selected?.body);
    cursor = order[from < 0 ? (by > 0 ? 0 : order.length - 1) : (from + by + order.length) % order.length];
    reveal(cursor);
    network.redraw();
    const lines = now.lines.filter((line) => lineShown(line) && (line.from === cursor || line.to === cursor)).length;
    tell(`${now.bodies[cursor].name}, ${looks.bodies[now.bodies[cursor].kind].label}, ${lines} ${lines === 1 ? "line" : "lines"}`);
  }
  const keys = {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: whole, n: () => step(1), p: () => step(-1),
    Enter: () => { if (cursor !== null) choose({ body: cursor }, { focus: true }); },
  };
  picture.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  for (const change of ["focus", "blur"]) picture.addEventListener(change, () => network.redraw());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !find.value && selected) choose(null); });
  const tell = (text) => { at("said").textContent = text; };

  // What is selected: a body by its id, a line by its place in the moment. Its kind is switched on if it was hidden.
  function choose(what, { focus = false } = {}) {
    selected = what;
    if (what) {
      const line = what.line === undefined ? null : now.lines[what.line];
      const bodies = line ? [line.from, line.to] : [what.body];
      const away = bodies.some((id) => hidden.body.delete(now.bodies[id].kind));
      if ((line && hidden.line.delete(line.kind)) || away) paint();
      network.setSelection(line ? { nodes: [], edges: [now.edges[what.line].id] } : { nodes: [what.body], edges: [] }, { highlightEdges: !line });
      tell(`Selected: ${line ? sentence(line) : now.bodies[what.body].name}`);
    } else {
      network.unselectAll();
      tell("");
    }
    window.goldenthread.card(what, focus);
    if (what) reveal(what.line === undefined ? what.body : now.lines[what.line].from);
    remember();
  }
  network.on("click", ({ nodes: [body], edges: [line], pointer }) => {
    const hit = line !== undefined && body === undefined;
    if (body !== undefined && network.getNodeAt(pointer.DOM) !== undefined) choose({ body });
    else if (hit) choose({ line: Number(line.slice("line-".length)) });
    else choose(null);
  });
  // The wheel scrolls the page until the picture has been clicked; a finger may always pinch.
  const wheel = (on) => network.setOptions({ interaction: { zoomView: on } });
  if (matchMedia("(pointer: coarse)").matches) wheel(true);
  else {
    picture.addEventListener("pointerdown", () => wheel(true));
    picture.addEventListener("pointerleave", () => wheel(false));
  }

  // Filters, and the slider.
  for (const input of document.querySelectorAll("#legend input")) {
    input.addEventListener("change", () => {
      const [what, kind] = kindOf(input);
      if (input.checked) hidden[what].delete(kind); else hidden[what].add(kind);
      if (selected && !(selected.body === undefined ? lineShown(now.lines[selected.line]) : bodyShown(selected.body))) choose(null);
      paint();
      remember();
    });
  }
  at("all").addEventListener("click", () => { hidden.line.clear(); hidden.body.clear(); paint(); remember(); picture.focus({ preventScroll: true }); });
  at("wording").addEventListener("change", () => { wording = at("wording").checked; paint(); remember(); });
  function turn(number) {
    if (number === now.number || !(number in moments)) return;
    const before = selected && (selected.body ?? now.lines[selected.line]);
    show(number);
    if (find.value) window.goldenthread.search();
    window.goldenthread.closeList();
    const again = before === null ? null : same(before);
    choose(again);
    tell(before && !again ? `${now.label}. What was selected is not in this picture.` : now.label);
  }
  // The same body, or the same line: between the same bodies, of the same kind.
  function same(what) {
    if (typeof what === "string") return Object.hasOwn(now.bodies, what) ? { body: what } : null;
    const line = now.lines.findIndex((other) => other.from === what.from && other.to === what.to && other.kind === what.kind);
    return line < 0 ? null : { line };
  }
  if (at("when")) {
    const along = (by) => { const mine = group(of[now.number]); turn(mine[mine.indexOf(now.number) + by]); };
    at("moment").addEventListener("input", () => turn(group(of[now.number])[at("moment").value]));
    at("earlier").addEventListener("click", () => along(-1));
    at("later").addEventListener("click", () => along(1));
    at("group")?.addEventListener("change", () => turn(group(Number(at("group").value)).at(-1)));
  }

  // Links that reopen the view.
  function view() {
    const said = new URLSearchParams();
    if (moments.length > 1) said.set("date", now.label);
    if (selected?.body !== undefined) said.set("at", selected.body);
    else if (selected) {
      const { from, to, kind } = now.lines[selected.line];
      const alike = now.lines.slice(0, selected.line).filter((line) => line.from === from && line.to === to && line.kind === kind).length;
      said.set("from", from);
      said.set("to", to);
      said.set("as", kind);
      if (alike) said.set("no", alike + 1);
    }
    const start = [...quiet].sort().join("\n");
    if (hidden.body.size || [...hidden.line].sort().join("\n") !== start) {
      for (const kind of hidden.body) said.append("hide", `box:${kind}`);
      for (const kind of hidden.line) said.append("hide", `line:${kind}`);
      if (!said.has("hide")) said.set("hide", "");
    }
    if (find.value.trim()) said.set("find", find.value.trim());
    if (wording !== null) said.set("words", wording ? "on" : "off");
    return said.toString();
  }
  const framed = location.protocol === "about:";  // in a notebook's frame the page has no address of its own
  at("copy").hidden = framed;
  let waiting = 0, untouched = true;
  function remember() {
    if (untouched) return;
    clearTimeout(waiting);
    waiting = setTimeout(address, 120);
  }
  function address() {
    const said = view();
    if (!framed) history.replaceState(null, "", said ? `#${said}` : location.pathname + location.search);
    return location.href;
  }
  function reopen() {
    const said = new URLSearchParams(location.hash.slice(1));
    const asked = ["date", "at", "from", "hide", "find", "words"].some((name) => said.has(name));
    const wanted = said.has("date") ? moments.indexOf(said.get("date")) : -1;
    if (asked) {
      const off = said.has("hide") ? said.getAll("hide") : quiet.map((kind) => `line:${kind}`);
      for (const [what, prefix] of [["body", "box:"], ["line", "line:"]]) {
        hidden[what].clear();
        for (const one of off) if (one.startsWith(prefix)) hidden[what].add(one.slice(prefix.length));
      }
      wording = said.has("words") ? said.get("words") === "on" : null;
      find.value = said.get("find") ?? "";
    }
    if (wanted >= 0 && wanted !== now.number) show(wanted);
    if (!asked) return;
    window.goldenthread.search();
    window.goldenthread.closeList();
    const no = Number(said.get("no") ?? 1);
    const alike = now.lines.flatMap((line, i) => (line.from === said.get("from") && line.to === said.get("to") && line.kind === said.get("as") ? [i] : []));
    const line = alike[no - 1] ?? alike[0];
    if (said.has("at")) choose(same(said.get("at")));
    else choose(line === undefined ? null : { line });
  }
  async function copy() {
    clearTimeout(waiting);
    const link = address(), field = at("copied").querySelector("input");
    try {
      await navigator.clipboard.writeText(link);
      tell("Link copied");
      at("copy").textContent = "Link copied";
      setTimeout(() => { at("copy").textContent = "Copy link"; }, 2000);
    } catch {
      at("copied").hidden = false;
      field.value = link;
      field.select();
    }
  }
  at("copy").addEventListener("click", copy);

  night.addEventListener("change", () => paint());
  window.goldenthread = {
    network, looks, words, choose, reveal, restyle, write, headings, bodyShown, lineShown, unshown, sentence, paint, tell,
    remember, lineRow, boxRow, INK, GROUND, says,
    get shown() { return shown; }, get now() { return now; }, get selected() { return selected; },
    get sought() { return sought; }, set sought(names) { sought = names; },
    open() {
      const wanted = moments.indexOf(new URLSearchParams(location.hash.slice(1)).get("date"));
      show(wanted >= 0 ? wanted : start);
      addEventListener("DOMContentLoaded", () => {
        reopen();
        tables();
        untouched = false;
      });
      addEventListener("hashchange", reopen);
    },
  };
})();
