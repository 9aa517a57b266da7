"use strict";
// Cards: what the tables say of one body or line, copied from them. Only elements and text that stand on the page are used.
(() => {
  const page = window.goldenthread;
  const card = document.getElementById("card"), picture = document.getElementById("picture");
  let opener = null;

  const make = (tag, content, className) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content !== undefined) element.append(content);
    return element;
  };
  function go(text, what) {
    const button = make("button", text, "go");
    button.type = "button";
    button.addEventListener("click", () => page.choose(what, { focus: true }));
    return button;
  }
  const body = (id) => go(page.now.bodies[id].name, { body: id });
  // What a table says in its last column: notes, details and the page that tells more.
  const copied = (row) => [...row.lastElementChild.childNodes].map((part) => part.cloneNode(true));

  function listed(title, end, id) {
    const list = make("ul", undefined, "lines");
    page.now.lines.forEach((line, i) => {
      if (line[end] !== id) return;
      const about = go(page.looks.lines[line.kind].label, { line: i });
      const item = make("li");
      if (end === "from") item.append(about, " ", body(line.to));
      else item.append(body(line.from), " ", about);
      if (line.weight > 1) item.append(` (${line.weight})`);
      if (line.inferred) item.append(" ", make("mark", page.words.reading));
      list.append(item);
    });
    return list.childElementCount ? [make("h3", title), list] : [];
  }
  function ofBody(id) {
    const { name, kind, unknown } = page.now.bodies[id], row = page.boxRow(page.now, id);
    const says = make("p", page.looks.bodies[kind].label, "kind");
    if (unknown) says.append(" ", make("mark", page.words.unknown));
    return [make("h2", name), says, ...copied(row), ...listed("From it", "from", id), ...listed("To it", "to", id)];
  }
  function ofLine(number) {
    const line = page.now.lines[number], says = make("p", undefined, "says");
    says.append(body(line.from), ` ${page.looks.lines[line.kind].label} `, body(line.to));
    const standing = make("p", undefined, "kind");
    standing.append(line.inferred ? make("mark", page.words.reading) : page.words.stated);
    if (line.weight > 1) standing.append(`, stands for ${line.weight}`);
    return [make("h2", "Line"), says, standing, ...copied(page.lineRow(page.now, number))];
  }
  page.card = (what, focus) => {
    if (!what) {
      const within = card.contains(document.activeElement);
      card.hidden = true;
      if (within) (opener?.isConnected && opener.offsetParent ? opener : picture).focus({ preventScroll: true });
      opener = null;
      return;
    }
    if (focus && !card.contains(document.activeElement)) opener = document.activeElement;
    const close = make("button", "Close", "control close screen");
    close.type = "button";
    close.addEventListener("click", () => page.choose(null));
    card.replaceChildren(close, ...(what.line === undefined ? ofBody(what.body) : ofLine(what.line)));
    card.hidden = false;
    card.scrollTop = 0;
    if (focus) card.focus({ preventScroll: card.offsetTop < picture.clientHeight });
  };

  // The names in the tables are links to their cards: a click opens them here, and they can be opened or copied as links.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-body], a[data-line]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    page.choose(link.dataset.line === undefined ? { body: link.dataset.body } : { line: Number(link.dataset.line) }, { focus: true });
    document.getElementById("stage").scrollIntoView({ block: "nearest" });
  });
  page.open();
})();
