"use strict";
// The picture on paper: saved as SVG or PNG, or printed, always dark on white and never as it happens to be zoomed.
// vis-network draws on a canvas; given a pen that writes SVG instead, the same drawing becomes an SVG.
(() => {
  const page = window.goldenthread;
  const at = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg", FONT = "Arial, Helvetica, sans-serif";
  const INK = "#14202e", SOFT = "#4a5869";
  const ruler = document.createElement("canvas").getContext("2d");
  const round = (number) => Math.round(number * 100) / 100;
  const element = (name, attributes = {}, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // What vis-network and this script ask of a canvas, and no more.
  class Pen {
    constructor() {
      this.root = this.into = element("g");
      this.matrix = [1, 0, 0, 1, 0, 0];
      this.kept = [];
      this.path = [];
      this.left = this.top = Infinity;
      this.right = this.bottom = -Infinity;
      Object.assign(this, { strokeStyle: INK, fillStyle: INK, lineWidth: 1, font: `14px ${FONT}`, textAlign: "left", textBaseline: "middle", globalAlpha: 1, dash: [] });
    }
    group(kind, title) {
      this.into = element("g", { class: kind });
      this.into.append(element("title", {}, title));
      this.root.append(this.into);
    }
    save() { this.kept.push([this.matrix, this.dash, this.strokeStyle, this.fillStyle, this.lineWidth]); }
    restore() { if (this.kept.length) [this.matrix, this.dash, this.strokeStyle, this.fillStyle, this.lineWidth] = this.kept.pop(); }
    transform(a, b, c, d, e, f) {
      const [p, q, r, s, t, u] = this.matrix;
      this.matrix = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u];
    }
    translate(x, y) { this.transform(1, 0, 0, 1, x, y); }
    rotate(angle) { this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0); }
    scale(x, y) { this.transform(x, 0, 0, y, 0, 0); }
    point(x, y) {
      const [a, b, c, d, e, f] = this.matrix, across = a * x + c * y + e, down = b * x + d * y + f;
      this.left = Math.min(this.left, across);
      this.right = Math.max(this.right, across);
      this.top = Math.min(this.top, down);
      this.bottom = Math.max(this.bottom, down);
      return `${round(x)} ${round(y)}`;
    }
    beginPath() { this.path = []; }
    moveTo(x, y) { this.path.push(`M${this.point(x, y)}`); }
    lineTo(x, y) { this.path.push(`${this.path.length ? "L" : "M"}${this.point(x, y)}`); }
    bezierCurveTo(a, b, c, d, x, y) { this.path.push(`C${this.point(a, b)} ${this.point(c, d)} ${this.point(x, y)}`); }
    quadraticCurveTo(a, b, x, y) { this.path.push(`Q${this.point(a, b)} ${this.point(x, y)}`); }
    closePath() { this.path.push("Z"); }
    rect(x, y, width, height) { this.moveTo(x, y); this.lineTo(x + width, y); this.lineTo(x + width, y + height); this.lineTo(x, y + height); this.closePath(); }
    arc(x, y, radius, from, to, backwards = false) {
      const turn = Math.PI * 2, sweep = backwards ? 0 : 1;
      let angle = backwards ? from - to : to - from;
      angle = angle >= turn ? turn : ((angle % turn) + turn) % turn;
      this.lineTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
      // A whole circle has no end that differs from its beginning: it is drawn as two halves.
      for (const part of angle > Math.PI * 1.99 ? [angle / 2, angle] : [angle]) {
        const end = from + (backwards ? -part : part), large = angle <= Math.PI * 1.99 && part > Math.PI ? 1 : 0;
        this.path.push(`A${round(radius)} ${round(radius)} 0 ${large} ${sweep} ${this.point(x + radius * Math.cos(end), y + radius * Math.sin(end))}`);
      }
      this.point(x - radius, y - radius);
      this.point(x + radius, y + radius);
    }
    setLineDash(dash) { this.dash = dash; }
    put(made) {
      if (this.matrix.some((number, i) => number !== [1, 0, 0, 1, 0, 0][i])) made.setAttribute("transform", `matrix(${this.matrix.map(round).join(" ")})`);
      this.into.append(made);
      return made;
    }
    fill() { this.put(element("path", { d: this.path.join(""), ...paint("fill", this.fillStyle) })); }
    stroke() {
      const last = this.into.lastElementChild, d = this.path.join("");
      const made = last?.getAttribute("d") === d && !last.hasAttribute("stroke") ? last : this.put(element("path", { d, fill: "none" }));
      const look = { ...paint("stroke", this.strokeStyle), "stroke-width": round(this.lineWidth) };
      if (this.dash.length) look["stroke-dasharray"] = this.dash.join(" ");
      for (const [key, value] of Object.entries(look)) made.setAttribute(key, value);
    }
    fillRect(x, y, width, height) { this.beginPath(); this.rect(x, y, width, height); this.fill(); }
    strokeRect(x, y, width, height) { this.beginPath(); this.rect(x, y, width, height); this.stroke(); }
    measureText(text) { ruler.font = this.font; return ruler.measureText(text); }
    fillText(text, x, y, most) { this.text(text, x, y, paint("fill", this.fillStyle), most); }
    strokeText(text, x, y) { this.text(text, x, y, { fill: "none", ...paint("stroke", this.strokeStyle), "stroke-width": this.lineWidth, "stroke-linejoin": "round" }); }
    text(text, x, y, look, most = Infinity) {
      if (!text.trim()) return;
      const [, bold, size] = /(bold )?([\d.]+)px/.exec(this.font), { width } = this.measureText(text);
      const from = this.textAlign === "center" ? x - width / 2 : x, down = this.textBaseline === "middle" ? 0.35 * size : 0;
      this.point(from, y - size * 0.7);
      this.point(from + width, y + size * 0.7);
      const made = element("text", { x: round(x), y: round(y + down), "font-family": FONT, "font-size": size, ...look }, text);
      if (bold) made.setAttribute("font-weight", "bold");
      if (this.textAlign === "center") made.setAttribute("text-anchor", "middle");
      if (width > most) { made.setAttribute("textLength", round(most)); made.setAttribute("lengthAdjust", "spacingAndGlyphs"); }
      this.put(made);
    }
  }
  // Colours with an alpha are written so that Word and Inkscape read them too.
  function paint(what, colour) {
    const [, red, green, blue, alpha] = /^rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)$/.exec(colour) ?? [];
    if (red === undefined) return { [what]: colour };
    const hex = `#${[red, green, blue].map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
    return alpha === undefined || Number(alpha) === 1 ? { [what]: hex } : { [what]: hex, [`${what}-opacity`]: alpha };
  }

  // Boxes, lines and headings as they stand, in the colours of white paper, nothing faded, nothing selected.
  function onPaper(act) {
    const { network } = page, view = { position: network.getViewPosition(), scale: network.getScale() };
    const chosen = { nodes: network.getSelectedNodes(), edges: network.getSelectedEdges() };
    network.unselectAll();
    page.restyle("light", null);
    network.moveTo({ scale: 1, animation: false }); // words too small for the screen are left out there
    try { return act(); } finally {
      network.moveTo({ ...view, animation: false });
      page.paint();
      network.setSelection(chosen, { highlightEdges: chosen.nodes.length > 0 });
    }
  }
  function scene(pen) {
    const { network, now } = page;
    page.headings(pen, "light");
    now.lines.forEach((line, i) => {
      if (!page.lineShown(line)) return;
      pen.group?.("edge", `${line.from}->${line.to}`);
      const edge = network.body.edges[now.edges[i].id];
      edge.draw(pen);
      edge.drawArrows(pen);
    });
    for (const id of now.ids) {
      if (!page.bodyShown(id)) continue;
      pen.group?.("node", id);
      network.body.nodes[id].draw(pen);
      page.write(pen, id, "light");
    }
  }

  // Title above; legend and caption below, in as many lines as the width asks for.
  function folded(text, size, wide) {
    ruler.font = `${size}px ${FONT}`;
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (lines.at(-1) && ruler.measureText(longer).width > wide) lines.push(word); else lines[lines.length - 1] = longer;
    }
    return lines;
  }
  const DASHES = { solid: [], dashed: [7, 4], dotted: [2, 4] };
  function samples() {
    const { looks, now, words } = page, found = [];
    const bodies = new Set(now.ids.filter(page.bodyShown).map((id) => now.bodies[id].kind));
    const lines = now.lines.filter(page.lineShown), kinds = new Set(lines.map((line) => line.kind));
    const order = (what) => [...document.querySelectorAll(`#legend [data-${what}-kind]`)].map((input) => input.getAttribute(`data-${what}-kind`));
    for (const kind of order("body")) if (bodies.has(kind)) found.push({ ...looks.bodies[kind], ...looks.bodies[kind].light, box: true });
    if (now.ids.some((id) => page.bodyShown(id) && now.bodies[id].unknown)) {
      found.push({ label: words.unknown, box: true, stroke: "dotted", border: INK, background: "#ffffff" });
    }
    for (const kind of order("line")) if (kinds.has(kind)) found.push({ ...looks.lines[kind], colour: looks.lines[kind].light });
    if (lines.some((line) => line.inferred)) found.push({ label: `${words.reading}, not the plan’s words`, colour: SOFT, reading: true });
    return found;
  }
  function sample(pen, one, x, y) {
    pen.lineWidth = 1.5;
    pen.setLineDash(one.reading ? [10, 3, 2, 3] : DASHES[one.stroke]);
    pen.beginPath();
    if (one.box) {
      if (one.shape === "ellipse") {
        pen.moveTo(x, y);
        pen.bezierCurveTo(x, y - 9, x + 28, y - 9, x + 28, y);
        pen.bezierCurveTo(x + 28, y + 9, x, y + 9, x, y);
        pen.closePath();
      } else pen.rect(x, y - 7, 28, 14);
      pen.fillStyle = one.background;
      pen.strokeStyle = one.border;
      pen.fill();
      pen.stroke();
      pen.setLineDash([]);
      return;
    }
    pen.strokeStyle = pen.fillStyle = one.colour;
    pen.moveTo(x, y);
    pen.lineTo(x + 26, y);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.moveTo(x + 22, y - 5);
    pen.lineTo(x + 31, y);
    pen.lineTo(x + 22, y + 5);
    if (one.reading) pen.stroke(); else { pen.closePath(); pen.fill(); }
  }
  function whole(pen, bounds) {
    const { now } = page, wide = Math.max(bounds.right - bounds.left, 640), { left } = bounds;
    const begin = (kind, title) => pen.group?.(kind, title);
    const line = (text, y, size, colour, bold = "") => {
      Object.assign(pen, { font: `${bold}${size}px ${FONT}`, fillStyle: colour, textAlign: "left", textBaseline: "middle" });
      pen.fillText(text, left, y);
    };
    scene(pen);
    begin("title", now.title);
    const heading = folded(now.title, 22, wide);
    heading.forEach((text, i) => line(text, bounds.top - 30 - 28 * (heading.length - 1 - i), 22, INK, "bold "));
    let x = left, y = bounds.bottom + 40;
    for (const one of samples()) {
      ruler.font = `13px ${FONT}`;
      const room = 42 + ruler.measureText(one.label).width + 26;
      if (x > left && x + room > left + wide) { x = left; y += 25; }
      begin("legend", one.label);
      sample(pen, one, x, y);
      Object.assign(pen, { font: `13px ${FONT}`, fillStyle: INK, textAlign: "left", textBaseline: "middle" });
      pen.fillText(one.label, x + 38, y);
      x += room;
    }
    y += 34;
    begin("caption", "Where this comes from");
    for (const text of [...[now.label, page.unshown()].filter(Boolean), ...now.caption].flatMap((said) => folded(said, 12, wide))) { line(text, y, 12, SOFT); y += 18; }
    begin("rest", "");
  }
  function measured(draw) {
    const pen = new Pen();
    draw(pen);
    if (pen.left > pen.right) Object.assign(pen, { left: 0, right: 0, top: 0, bottom: 0 });
    return pen;
  }
  const MARGIN = 24;
  function framed(pen, margin = MARGIN) {
    const box = [pen.left - margin, pen.top - margin, pen.right - pen.left + 2 * margin, pen.bottom - pen.top + 2 * margin].map(round);
    const root = element("svg", { viewBox: box.join(" "), width: box[2], height: box[3], role: "img" });
    root.append(element("title", {}, page.now.title), element("desc", {}, page.now.caption.join("; ")));
    root.append(element("rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: "#ffffff" }), ...pen.root.childNodes);
    for (const group of root.querySelectorAll(":scope > g")) if (group.childElementCount < 2) group.remove();
    return root;
  }
  const drawing = () => onPaper(() => { const around = measured(scene); return measured((pen) => whole(pen, around)); });
  function canvas() {
    return onPaper(() => {
      const around = measured(scene), { left, right, top, bottom } = measured((pen) => whole(pen, around));
      const wide = right - left + 2 * MARGIN, high = bottom - top + 2 * MARGIN;
      const scale = Math.min(2.5, 16000 / wide, 16000 / high, Math.sqrt(1.2e8 / (wide * high))); // what browsers can hold
      const paper = document.createElement("canvas");
      paper.width = Math.round(wide * scale);
      paper.height = Math.round(high * scale);
      const pen = paper.getContext("2d");
      pen.fillStyle = "#ffffff";
      pen.fillRect(0, 0, paper.width, paper.height);
      pen.scale(scale, scale);
      pen.translate(MARGIN - left, MARGIN - top);
      whole(pen, around);
      return paper;
    });
  }

  // Files are named by their title.
  const named = (ending) => `${[page.now.title, page.now.label].join(" ").normalize("NFKD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").toLowerCase().slice(0, 80) || "picture"}.${ending}`;
  function save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = named(ending);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    page.tell(`Saved as ${link.download}`);
  }
  at("svg").addEventListener("click", () => {
    save(new Blob([new XMLSerializer().serializeToString(framed(drawing()))], { type: "image/svg+xml" }), "svg");
  });
  at("png").addEventListener("click", () => canvas().toBlob((blob) => save(blob, "png"), "image/png"));

  // Print: the whole picture as SVG on one sheet with title, legend and caption, which are the page's own; lengthwise, but
  // for a picture that is higher than wide. The tables follow only if that is asked.
  const paper = at("paper");
  function lay() {
    if (paper.firstChild) return;
    const pen = onPaper(() => measured(scene));
    document.body.classList.add(pen.bottom - pen.top > pen.right - pen.left ? "upright" : "across");
    document.body.classList.toggle("with-tables", at("with-tables").checked);
    const root = framed(pen, 6);
    root.removeAttribute("width");
    root.removeAttribute("height");
    paper.replaceChildren(root);
  }
  const clear = () => { paper.replaceChildren(); document.body.classList.remove("across", "upright", "with-tables"); };
  addEventListener("beforeprint", lay);
  addEventListener("afterprint", clear);
  matchMedia("print").addEventListener("change", (event) => (event.matches ? lay() : clear()));
  at("print").addEventListener("click", () => print());
})();
