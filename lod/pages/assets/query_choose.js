/** Chooses the publication to query: filters the list while one types. */
import { fold } from "./search_words.js";

const MOST = 50;
/** @type {(id: string) => any} */
const byId = (id) => document.getElementById(id);
const setup = JSON.parse(byId("choose-setup").textContent);
const root = new URL("..", import.meta.url);
const field = byId("choose-field");
const list = byId("choose-list");
const status = byId("choose-status");
/** @type {Promise<{path: string, title: string, folded: string}[]> | undefined} */
let publications;

async function load() {
  const answer = await fetch(new URL(setup.file, root));
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).map(([path, title]) => ({ path, title, folded: fold(title) }));
}

async function filter() {
  const wanted = field.value;
  try {
    publications ??= load();
    const all = await publications;
    if (wanted !== field.value) return;
    const words = fold(wanted).split(/\s+/);
    const found = all.filter(({ folded }) => words.every((word) => folded.includes(word)));
    status.textContent = setup.words.choose_matches.replace("{count}", String(found.length));
    list.replaceChildren(
      ...found.slice(0, MOST).map(({ path, title }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const name = document.createElement("bdi");
        link.href = new URL(encodeURI(path).replace(/%25/g, "%").replace(/[?#]/g, encodeURIComponent), root).href;
        name.textContent = title;
        link.append(name);
        item.append(link);
        return item;
      }),
    );
  } catch (error) {
    publications = undefined;
    status.textContent = setup.words.choose_failed;
    console.warn(error);
  }
}

byId("choose-form").hidden = false;
byId("choose-form").addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", filter);
