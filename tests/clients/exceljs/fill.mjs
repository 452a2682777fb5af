// Opens a workbook, writes cells one by one, and saves it: what a county's own program would do with exceljs.
// Usage: node fill.mjs instructions.json, with {"open": path, "save": path, "cells": [[sheet, cell, value], …]};
// a value is a text, a number, or {"date": "2020-03-10"}.
import { readFileSync } from "node:fs";
import ExcelJS from "exceljs";

const order = JSON.parse(readFileSync(process.argv[2], "utf8"));
const book = new ExcelJS.Workbook();
await book.xlsx.readFile(order.open);
for (const [sheet, cell, value] of order.cells) {
  const given = value !== null && typeof value === "object" ? new Date(`${value.date}T00:00:00Z`) : value;
  book.getWorksheet(sheet).getCell(cell).value = given;
}
await book.xlsx.writeFile(order.save);
