// Fills in the form of an audit as a person does in a spreadsheet program: opens the workbook, writes
// into cells, and packs it again.

import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** The files of a zip archive, by name, from its directory. */
function unpacked(bytes) {
  const files = new Map();
  let at = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const count = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let number = 0; number < count; number += 1) {
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const title = bytes.subarray(at + 46, at + 46 + name).toString();
    files.set(title, method === 8 ? inflateRawSync(packed) : packed);
    at += 46 + name + extra + comment;
  }
  return files;
}

/** A zip archive of these files. */
function packed(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const small = deflateRawSync(bytes);
    const title = Buffer.from(name);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt16LE(0x21, 8);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(small.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from("PK\u0003\u0004"), head, title, small);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), head, tail, title);
    offset += 30 + title.length + small.length;
  }
  const middle = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(middle.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, middle, Buffer.from("PK\u0005\u0006"), end]);
}

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The columns of the form in which somebody writes, by their letters. */
const LETTERS = { answer: "F", seen: "G", found: "H", because: "I" };

/** The form with these answers by their standards' codes, and its rows as they were. */
export function filledIn(form, answers) {
  const files = unpacked(form);
  const strings = files.get("xl/sharedStrings.xml").toString();
  const shared = [...strings.matchAll(/<si><t[^>]*>([^]*?)<\/t><\/si>/g)].map((found) => plain(found[1]));
  const name = "xl/worksheets/sheet1.xml";
  const rows = [];
  const sheet = files.get(name).toString().replaceAll(/<row r="(\d+)"[^]*?<\/row>/g, (row, number) => {
    const value = (letter) => {
      const cell = row.match(new RegExp(`<c r="${letter}${number}"[^>]*t="s"><v>(\\d+)</v>`));
      return cell ? shared[Number(cell[1])] : "";
    };
    const code = value("B");
    if (number === "1" || code === "") return row;
    rows.push({ code, answer: value("F"), seen: value("G") });
    return Object.entries(answers[code] ?? {}).reduce((changed, [what, words]) => {
      const place = `${LETTERS[what]}${number}`;
      const cell = new RegExp(`<c r="${place}"( s="\\d+")?[^>]*?(/>|>.*?</c>)`);
      expectCell(changed, cell, place);
      const written = `t="inlineStr"><is><t xml:space="preserve">${escaped(words)}</t></is></c>`;
      return changed.replace(cell, (_, style = "") => `<c r="${place}"${style} ${written}`);
    }, row);
  });
  files.set(name, Buffer.from(sheet));
  return { rows, bytes: packed(files) };
}

function expectCell(row, cell, place) {
  if (!cell.test(row)) throw new Error(`the form has no cell ${place}`);
}
