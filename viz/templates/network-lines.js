"use strict";
// Lines: their ways are known beforehand. vis-network calls these when it draws a line, and when it looks for what is
// under the pointer; for paper they draw with a pen that writes SVG.
(() => {
  const page = window.goldenthread;

  page.lead = (edge, i) => {
    edge.draw = (pen) => stroke(pen, i, edge);
    edge.drawArrows = (pen) => head(pen, i, edge);
    edge.edgeType.getDistanceToEdge = (...ends) => distance(page.now.lines[i], ends[4], ends[5]);
  };
  const faded = (line) => Boolean(page.shown.seen && !page.shown.seen.has(line.from) && !page.shown.seen.has(line.to));
  function ready(pen, i, edge) {
    const line = page.now.lines[i], { width } = page.now.edges[i];
    pen.strokeStyle = pen.fillStyle = page.looks.lines[line.kind][page.shown.shade];
    pen.globalAlpha = faded(line) ? 0.2 : 1;
    pen.lineWidth = edge.selected ? width + 1.4 : edge.hover ? width + 0.7 : width;
    return line;
  }
  function stroke(pen, i, edge) {
    const { way } = ready(pen, i, edge), { dashes } = page.now.edges[i];
    pen.setLineDash(dashes || []);
    pen.beginPath();
    pen.moveTo(way[0], way[1]);
    for (let at = 2; at < way.length; at += 6) pen.bezierCurveTo(way[at], way[at + 1], way[at + 2], way[at + 3], way[at + 4], way[at + 5]);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }
  function head(pen, i, edge) {
    const line = ready(pen, i, edge), { way, tip: [x, y], inferred } = line;
    const angle = Math.atan2(y - way[way.length - 1], x - way[way.length - 2]), size = 9 + pen.lineWidth;
    const corner = (turn) => [x - size * Math.cos(angle + turn), y - size * Math.sin(angle + turn)];
    pen.beginPath();
    pen.moveTo(...corner(0.42));
    pen.lineTo(x, y);
    pen.lineTo(...corner(-0.42));
    if (inferred) { // an open head, and the line up to it
      pen.moveTo(way[way.length - 2], way[way.length - 1]);
      pen.lineTo(x, y);
      pen.stroke();
    } else {
      pen.closePath();
      pen.fill();
    }
    const said = page.says() ? line.words : line.short;
    if (said && !faded(line) && (pen.group || page.network.getScale() > 0.3)) {
      pen.font = `${edge.selected ? "bold " : ""}12px Arial, Helvetica, sans-serif`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      pen.lineWidth = 4;
      pen.strokeStyle = page.GROUND[page.shown.shade];
      pen.strokeText(...said);
      pen.fillStyle = page.INK[page.shown.shade];
      pen.fillText(...said);
    }
    pen.globalAlpha = 1;
  }
  function flattened(line) {
    const { way, tip } = line, points = [[way[0], way[1]]];
    for (let at = 0; at + 7 < way.length; at += 6) {
      for (let n = 1; n <= 8; n += 1) {
        const t = n / 8, u = 1 - t, share = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
        points.push([0, 1].map((axis) => share.reduce((sum, part, k) => sum + part * way[at + 2 * k + axis], 0)));
      }
    }
    points.push(tip);
    return points;
  }
  function distance(line, x, y) {
    line.points ??= flattened(line);
    line.frame ??= [0, 1].map((axis) => [Math.min, Math.max].map((most) => most(...line.points.map((point) => point[axis]))));
    const [[left, right], [top, bottom]] = line.frame;
    if (x < left - 12 || x > right + 12 || y < top - 12 || y > bottom + 12) return Infinity;
    let least = Infinity;
    for (let n = 1; n < line.points.length; n += 1) {
      const [ax, ay] = line.points[n - 1], [bx, by] = line.points[n], long = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / long));
      least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
    }
    return least;
  }
})();
