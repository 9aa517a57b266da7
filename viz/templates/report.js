"use strict";
// Search, filters and sorting for tables that are complete without them.
(() => {
  const make = (tag, className) => Object.assign(document.createElement(tag), { className: className ?? "" });

  // Dates are written day first; everything else sorts as people count: 2 before 10.
  function key(text) {
    const day = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text.trim());
    return day ? `${day[3].padStart(4, "20")}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : text.trim();
  }
  const order = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });

  for (const frame of document.querySelectorAll("[data-grid]")) {
    const table = frame.querySelector("table"), body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows], texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));
    const controls = make("div", "controls screen"), said = make("output"), chosen = new Map();
    const title = document.getElementById(table.getAttribute("aria-labelledby")).textContent;

    const labelled = (text, control) => {
      const label = make("label"), words = make("span");
      words.textContent = text;
      label.append(words, control);
      controls.append(label);
      return control;
    };
    const search = labelled("Search", make("input", "control"));
    search.type = "search";
    search.setAttribute("aria-label", `Search ${title}`);
    heads.forEach((head, column) => {
      if (!("filter" in head.dataset)) return;
      const select = labelled(head.textContent, make("select", "control"));
      const values = new Set(rows.flatMap((row) => parts(row.cells[column].textContent)));
      select.append(new Option("All", ""), ...[...values].sort(order.compare).map((value) => new Option(value || "(blank)", `=${value}`)));
      select.addEventListener("change", () => { chosen.set(column, select.value); show(); });
    });
    function parts(text) { return text.split(";").map((part) => part.trim()); }
    function show() {
      const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of rows) {
        const kept = words.every((word) => texts.get(row).includes(word))
          && [...chosen].every(([column, value]) => !value || parts(row.cells[column].textContent).includes(value.slice(1)));
        row.hidden = !kept;
        count += kept;
      }
      said.textContent = count === rows.length ? `${count} in all` : `${count} of ${rows.length}`;
    }
    search.addEventListener("input", show);

    heads.forEach((head, column) => {
      const button = make("button", "sort");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keys = new Map(rows.map((row) => [row, key(row.cells[column].textContent)]));
        const blank = (row) => (keys.get(row) ? 0 : 1);
        rows.sort((a, b) => blank(a) - blank(b) || (down ? -1 : 1) * order.compare(keys.get(a), keys.get(b)));
        body.append(...rows);
      });
    });
    controls.append(said);
    if (rows.length > 5) frame.before(controls);
    show();
  }
})();
