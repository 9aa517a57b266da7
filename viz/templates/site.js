"use strict";
// The whole navigation, the box that finds pages, buttons that copy, frames that scroll, and what opens for printing.
(() => {
  const make = (tag, className, text) => Object.assign(document.createElement(tag), { className: className ?? "", textContent: text ?? "" });
  const home = document.currentScript.src.replace(/assets\/[^/]*$/, ""), SHOWN = 30, SMALL = new Set(["and", "of", "the", "for", "in", "to", "on", "a"]);

  // A page that the navigation does not name has of it only its own area; with a script it has all.
  const nav = document.querySelector(".top nav");
  if (nav && !document.querySelector(".menu")) {
    const own = nav.textContent, menu = make("details", "menu"), skip = make("a", "skip", "Skip to the content"), areas = make("ul");
    areas.append(...window.goldenthreadAreas.map(([text, to]) => {
      const item = make("li"), link = make("a", "", text);
      link.href = home + to;
      if (text === own) link.setAttribute("aria-current", "true");
      item.append(link);
      return item;
    }));
    nav.setAttribute("aria-label", "Report");
    nav.replaceChildren(areas);
    menu.append(make("summary", "", "Menu"));
    nav.before(menu);
    skip.href = "#~main";
    Object.assign(document.querySelector("main"), { id: "~main", tabIndex: -1 });
    document.body.prepend(skip);
  }

  // Titles come as a script when the box is first used, for pages that lie in a folder may not read files.
  let pages = null;
  function loaded() {
    pages ??= new Promise((resolve) => {
      const script = make("script");
      script.src = `${home}assets/index.js`;
      script.addEventListener("load", () => resolve(entries(window.goldenthreadPages)));
      document.head.append(script);
    });
    return pages;
  }
  const entries = ({ kinds, folders }) => Object.entries(folders).flatMap(([folder, listed]) => listed.map(([title, name, kind]) => {
    const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return { title, file: `${folder}${name}.html`, kind: kinds[kind], text: title.toLowerCase(), initials: words.filter((word) => !SMALL.has(word)).map((word) => word[0]).join("") };
  }));
  function fits(all, sought) {
    const words = sought.toLowerCase().split(/\s+/).filter(Boolean), whole = words.join(" ");
    const rank = ({ text, initials }) => (text.startsWith(whole) ? 0 : initials === whole ? 1 : text.includes(` ${whole}`) ? 2 : 3);
    return all.filter(({ text, initials }) => words.length && (initials === whole || words.every((word) => text.includes(word))))
      .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, "en-GB"));
  }

  const finder = make("form", "finder"), box = make("input", "control"), panel = make("div", "found-pages"), said = make("output"), list = make("ul");
  finder.setAttribute("role", "search");
  Object.assign(box, { type: "search", placeholder: "Find a body, plan, review, document", autocomplete: "off" });
  box.setAttribute("aria-label", "Find a body, plan, review, document");
  panel.hidden = true;
  panel.append(said, list);
  finder.append(box, panel);
  document.querySelector(".top .home").after(finder);
  box.addEventListener("focus", loaded);
  box.addEventListener("input", async () => {
    const found = fits(await loaded(), box.value);
    panel.hidden = !box.value.trim();
    said.textContent = found.length > SHOWN ? `The first ${SHOWN} of ${found.length}` : found.length ? `${found.length} found` : "Nothing found";
    list.replaceChildren(...found.slice(0, SHOWN).map(({ title, file, kind }) => {
      const item = make("li"), link = make("a", "", title);
      link.href = home + file;
      if (kind) link.append(make("small", "", kind));
      item.append(link);
      return item;
    }));
  });
  finder.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  finder.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")], step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { panel.hidden = true; box.focus(); }
    if (!step || panel.hidden) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, stops.indexOf(document.activeElement) + step))].focus();
  });
  addEventListener("click", (event) => { if (!finder.contains(event.target)) panel.hidden = true; });
  finder.addEventListener("focusout", (event) => { if (event.relatedTarget && !finder.contains(event.relatedTarget)) panel.hidden = true; });

  for (const frame of document.querySelectorAll(".code")) {
    const text = frame.querySelector("pre"), button = make("button", "control", "Copy");
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        button.textContent = document.execCommand("copy") ? "Copied" : "Selected: press Ctrl+C";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 2500);
    });
    frame.append(button);
  }

  // Frames that scroll sideways can be reached by the keyboard.
  const framed = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0; else target.removeAttribute("tabindex");
    }
  });
  for (const frame of document.querySelectorAll(".grid")) framed.observe(frame);

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const box of opened) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of opened) box.open = false; });
})();
