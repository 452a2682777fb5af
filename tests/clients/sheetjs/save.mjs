// Opens a workbook, writes cells one by one, and saves it in the format of its new name (xlsx, xlsm, xlsb, xls, ods).
// Usage: node save.mjs instructions.json, with {"open": path, "save": path, "cells": [[sheet, cell, value], …]}; a value
// is a text, a number, a date {"date": "2020-03-10"}, an error {"error": "#DIV/0!"}, a formula {"formula": "1+1"} with
// its result {"result": 2} or without, or null to clear the cell.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const XLSX = createRequire(import.meta.url)("xlsx");
const ERRORS = { "#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42 };

function cellOf(value) {
  if (typeof value === "string") return { t: "s", v: value };
  if (typeof value === "number") return { t: "n", v: value };
  if (value.date) return { t: "n", v: Date.parse(value.date) / 86400000 + 25569, z: "yyyy-mm-dd" };
  if (value.error) return { t: "e", v: ERRORS[value.error], w: value.error };
  if (typeof value.result === "string") return { t: "s", f: value.formula, v: value.result };
  return { t: "n", f: value.formula, v: value.result };
}

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const book = XLSX.readFile(order.open, { cellStyles: true, cellNF: true, cellFormula: true, bookVBA: true });
for (const [name, place, value] of order.cells ?? []) {
  const sheet = book.Sheets[name];
  if (value === null) delete sheet[place];
  else XLSX.utils.sheet_add_aoa(sheet, [[cellOf(value)]], { origin: place });
}
XLSX.writeFile(book, order.save, { cellStyles: true, bookType: order.save.split(".").at(-1).replace(/^xls$/, "biff8") });
