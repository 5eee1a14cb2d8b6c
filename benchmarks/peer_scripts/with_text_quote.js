// Which quotes are anchored after an edit, as dom-anchor-text-quote does: node … FOLDER MODULES
// It asks of the document no more than its text.
const fs = require("fs");
const path = require("path");

const [folder, modules] = process.argv.slice(2);
const anchor = require(path.join(modules, "dom-anchor-text-quote"));
const data = JSON.parse(fs.readFileSync(path.join(folder, "edits.json"), "utf-8"));
const found = data.edits.map((edit) => {
  const root = { textContent: edit.text };
  return data.texts[edit.of].quotes.map((one) => {
    try {
      return anchor.toTextPosition(root, one, { hint: one.start }) !== null;
    } catch (error) {
      return false;
    }
  });
});
fs.writeFileSync(path.join(folder, "text-quote.json"), JSON.stringify(found));
