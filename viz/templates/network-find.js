"use strict";
// Search: what matches stays bright, a list offers the first of them. The focus stays in the field; arrow keys lead
// through the list, and Enter opens what is marked, or the first.
(() => {
  const page = window.goldenthread;
  const at = (id) => document.getElementById(id);
  const find = at("find"), list = at("list"), found = at("found"), MOST = 12;
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  let marked = -1;

  page.search = () => {
    const wanted = bare(find.value).trim().split(/\s+/).filter(Boolean);
    const { ids, bodies } = page.now;
    const matches = wanted.length ? ids.filter((id) => wanted.every((word) => bare(bodies[id].name).includes(word))) : [];
    page.sought = wanted.length ? new Set(matches) : null;
    found.replaceChildren(...matches.slice(0, MOST).map((id, i) => offered(id, i)));
    found.hidden = !matches.length;
    at("number").textContent = counted(matches.length);
    at("number").hidden = matches.length > 0 && matches.length <= MOST;
    open(wanted.length > 0);
    page.tell(wanted.length ? counted(matches.length) : "");
    page.paint();
    page.remember();
  };
  function counted(number) {
    if (!number) return "No box of this name";
    return number > MOST ? `${number} found, the first ${MOST} are listed` : `${number} found`;
  }
  function offered(id, i) {
    const { name, kind } = page.now.bodies[id];
    const item = Object.assign(document.createElement("li"), { id: `found-${i}`, textContent: name });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(" ", Object.assign(document.createElement("small"), { textContent: page.looks.bodies[kind].label }));
    item.addEventListener("click", () => { clear(); page.choose({ body: id }, { focus: true }); });
    return item;
  }
  function open(shown) {
    list.hidden = !shown;
    find.setAttribute("aria-expanded", String(shown && !found.hidden));
    mark(-1);
  }
  function mark(number) {
    found.children[marked]?.setAttribute("aria-selected", "false");
    marked = number;
    const item = found.children[marked];
    if (!item) { find.removeAttribute("aria-activedescendant"); return; }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    find.setAttribute("aria-activedescendant", item.id);
  }
  function step(by) {
    if (list.hidden) open(Boolean(find.value.trim()));
    const many = found.childElementCount;
    if (many) mark(marked < 0 ? (by > 0 ? 0 : many - 1) : (marked + by + many) % many);
  }
  function clear() { find.value = ""; page.search(); }
  page.closeList = () => open(false);

  const keys = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), Escape: clear,
    Enter: () => (found.children[marked] ?? found.firstElementChild)?.click(),
  };
  find.addEventListener("keydown", (event) => {
    if (!keys[event.key]) return;
    if (event.key === "Escape" ? find.value : event.key !== "Enter") event.preventDefault();
    if (event.key === "Escape" && find.value) event.stopPropagation();
    keys[event.key]();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  find.addEventListener("input", page.search);
  // The list makes room once one turns to the picture or the tables; what was sought stays bright.
  find.addEventListener("blur", () => open(false));
  find.addEventListener("focus", () => open(Boolean(find.value.trim())));
})();
