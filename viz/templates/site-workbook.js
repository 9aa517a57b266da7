"use strict";
// What a table is saved as: CSV that spreadsheets open as text, and a workbook with a second sheet about it.
const saved = (() => {
  const RISKY = /^[=+\-@\t\r\n＝＋－＠]/, TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const OFFICE = "http://schemas.openxmlformats.org", MAIN = `${OFFICE}/spreadsheetml/2006/main`;
  const LINKS = `${OFFICE}/officeDocument/2006/relationships`, PACKAGE = `${OFFICE}/package/2006`;
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const clean = (text) => text.replace(/[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]/g, "");

  // The words about the table follow a blank row: a spreadsheet sorts and filters only what stands above it.
  function csv({ columns, rows, about }) {
    const cell = (text) => {
      const harmless = RISKY.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
    };
    const lines = [columns, ...rows, [], ...about.map((line) => [line])];
    return new Blob(["\ufeff", lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("")], { type: "text/csv;charset=utf-8" });
  }

  function xlsx({ name, columns, rows, about }) {
    const title = name.replace(/[[\]:*?/\\]/g, "-").slice(0, 31), sheet = title.toLowerCase() === "about" ? "Table" : title;
    const files = {
      "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
        + [["workbook", "sheet.main"], ["styles", "styles"], ["sheet1", "worksheet"], ["sheet2", "worksheet"]]
          .map(([file, kind]) => `<Override PartName="/xl/${file}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`).join("") + "</Types>",
      "_rels/.rels": related([["officeDocument", "xl/workbook.xml"]]),
      "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets><sheet name="${safe(sheet)}" sheetId="1" r:id="r1"/><sheet name="About" sheetId="2" r:id="r2"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": related([["worksheet", "sheet1.xml"], ["worksheet", "sheet2.xml"], ["styles", "styles.xml"]]),
      "xl/styles.xml": styles(),
      "xl/sheet1.xml": worksheet(columns, rows),
      "xl/sheet2.xml": `<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="100" customWidth="1"/></cols><sheetData>${about.map((line, i) => row([line], i + 1, 0)).join("")}</sheetData></worksheet>`,
    };
    const bytes = new TextEncoder();
    return new Blob(zip(Object.entries(files).map(([file, text]) => [bytes.encode(file), bytes.encode(HEAD + text)])), { type: TYPE });
  }
  const related = (targets) => `<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([kind, file], i) => `<Relationship Id="r${i + 1}" Type="${LINKS}/${kind}" Target="${file}"/>`).join("")}</Relationships>`;
  const safe = (text) => clean(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");

  // Styles: 0 wrapped text, 1 headings, 2 text that would be a formula if it were typed, and stays text when edited.
  function styles() {
    const look = (font, more) => `<xf numFmtId="0" fontId="${font}" fillId="0" borderId="0" xfId="0" applyAlignment="1" ${more}><alignment vertical="top" wrapText="1"/></xf>`;
    return `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>`
      + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
      + `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">${look(0, "")}${look(1, 'applyFont="1"')}${look(0, 'quotePrefix="1"')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
  }
  function worksheet(columns, rows) {
    const numbers = columns.map((_, at) => rows.every((cells) => /^(0|-?[1-9]\d{0,14})?$/.test(cells[at])));
    const widths = columns.map((column, at) => Math.min(60, Math.max(8, column.length + 3, ...rows.slice(0, 300).map((cells) => Math.min(60, cells[at].length)))));
    const last = `${letters(columns.length)}${rows.length + 1}`;
    return `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
      + `<cols>${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>`
      + `<sheetData>${row(columns, 1, 1)}${rows.map((cells, i) => row(cells, i + 2, 0, numbers)).join("")}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
  }
  function row(cells, at, style, numbers = []) {
    return `<row r="${at}">${cells.map((text, i) => {
      if (!text) return "";
      const place = `r="${letters(i + 1)}${at}"`;
      if (numbers[i]) return `<c ${place} s="${style}"><v>${text}</v></c>`;
      return `<c ${place} s="${RISKY.test(text) ? 2 : style}" t="inlineStr"><is><t xml:space="preserve">${safe(text.slice(0, 32767))}</t></is></c>`;
    }).join("")}</row>`;
  }
  const letters = (number) => (number > 26 ? letters(Math.floor((number - 1) / 26)) : "") + String.fromCharCode(65 + ((number - 1) % 26));

  // A zip archive whose files are stored as they are; its dates are the first day that zip knows.
  const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
  function checksum(bytes) {
    let sum = 0xffffffff;
    for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xffffffff) >>> 0;
  }
  function numbers(...pairs) {
    const bytes = new DataView(new ArrayBuffer(pairs.reduce((size, [width]) => size + width, 0)));
    let at = 0;
    for (const [width, value] of pairs) {
      if (width === 2) bytes.setUint16(at, value, true); else bytes.setUint32(at, value, true);
      at += width;
    }
    return new Uint8Array(bytes.buffer);
  }
  function zip(files) {
    const local = [], central = [];
    let start = 0, size = 0;
    for (const [name, content] of files) {
      const entry = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, checksum(content)], [4, content.length], [4, content.length], [2, name.length], [2, 0]];
      const head = numbers([4, 0x04034b50], ...entry), listed = numbers([4, 0x02014b50], [2, 20], ...entry, [2, 0], [2, 0], [2, 0], [4, 0], [4, start]);
      local.push(head, name, content);
      central.push(listed, name);
      start += head.length + name.length + content.length;
      size += listed.length + name.length;
    }
    return [...local, ...central, numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, start], [2, 0])];
  }

  function download(blob, file) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  const file = (name) => name.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return {
    csv: (table) => download(csv(table), `${file(table.name)}.csv`),
    xlsx: (table) => download(xlsx(table), `${file(table.name)}.xlsx`),
  };
})();
