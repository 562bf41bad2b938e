// The console alive: colors, completion of what the graph holds, and the reader's own statements.

const WORDS = "MATCH OPTIONAL WHERE RETURN WITH UNWIND CALL UNION ALL DISTINCT ORDER BY SKIP LIMIT ASC DESC AS AND OR XOR NOT IN IS NULL TRUE FALSE CASE WHEN THEN ELSE END STARTS ENDS CONTAINS EXISTS EXPLAIN PROFILE YIELD SHORTEST".split(" ");
const CALLS = "count sum avg min max collect coalesce size toLower toUpper round abs floor ceil labels type nodes relationships length substring split replace range keys properties".split(" ");
const TOKEN = /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)|(\b\d+(?:\.\d+)?\b)|(\$\w+)|([:|]\s*`?)([A-Za-z_]\w*)|(\.)([A-Za-z_]\w*)|([A-Za-z_]\w*)(?=(\s*\()?)/g;

const form = document.querySelector(".console");
const area = form.querySelector("textarea");
const editor = form.querySelector(".editor");
const ink = form.querySelector(".ink");
const code = ink.querySelector("code");
const offers = form.querySelector("#offers");
const offered = form.querySelector("#offered");
const words = new Set(WORDS);
let model = null;
let chosen = -1;
let begins = 0;

function piece(text, kind) {
  if (!kind) return document.createTextNode(text);
  const mark = document.createElement("span");
  mark.className = `k-${kind}`;
  mark.textContent = text;
  return mark;
}

// What is open before a place of the text: "(" of a node, "[" of a relationship, "{" of a map.
function opened(text) {
  const open = [];
  const bare = text.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\/\/[^\n]*/g, (m) => "_".repeat(m.length));
  for (let n = 0; n < bare.length; n += 1) {
    if ("([{".includes(bare[n])) open.push({ sign: bare[n], at: n });
    if (")]}".includes(bare[n])) open.pop();
  }
  return open;
}

function paint() {
  const text = area.value;
  const parts = [];
  let end = 0;
  for (const m of text.matchAll(TOKEN)) {
    const [whole, note, string, number, given, colon, name, dot, property, word, calls] = m;
    parts.push(piece(text.slice(end, m.index)));
    end = m.index + whole.length;
    if (note) parts.push(piece(note, "note"));
    else if (string) parts.push(piece(string, "text"));
    else if (number) parts.push(piece(number, "number"));
    else if (given) parts.push(piece(given, "prop"));
    else if (name) parts.push(piece(colon), piece(name, opened(text.slice(0, m.index)).at(-1)?.sign === "[" ? "type" : "label"));
    else if (property) parts.push(piece(dot), piece(property, "prop"));
    else if (words.has(word.toUpperCase())) parts.push(piece(word, "word"));
    else parts.push(piece(word, calls ? "call" : ""));
  }
  parts.push(piece(`${text.slice(end)}\n`));
  code.replaceChildren(...parts);
  follow();
}

function follow() {
  ink.scrollTop = area.scrollTop;
  ink.scrollLeft = area.scrollLeft;
}

// Labels and types that a variable is bound to anywhere in the statement.
function bound(name) {
  const found = [];
  for (const m of area.value.matchAll(/([([])\s*(\w+)\s*:\s*([\w|:\s]+)/g)) {
    if (m[2] === name) found.push(...m[3].split(/[|:\s]+/).filter(Boolean).map((n) => (m[1] === "[" ? model.types : model.labels)[n]));
  }
  return found.filter(Boolean);
}

function propertiesOf(declared) {
  const known = new Map();
  for (const one of declared) for (const p of one.properties) if (!known.has(p.name)) known.set(p.name, p.note);
  return [...known].map(([name, note]) => ({ name, note }));
}

function candidates(before, asked) {
  const open = opened(before);
  const inner = open.at(-1);
  const named = (of) => Object.entries(of).map(([name, one]) => ({ name, note: one.note }));
  if (/[:|]\s*$/.test(before) && inner?.sign !== "{") return named(inner?.sign === "[" ? model.types : model.labels);
  const dotted = /(\w+)\.$/.exec(before);
  if (dotted) {
    const own = bound(dotted[1]);
    return propertiesOf(own.length ? own : [...Object.values(model.labels), ...Object.values(model.types)]);
  }
  if (inner?.sign === "{" && /[{,]\s*$/.test(before)) {
    const outer = open.at(-2);
    const names = outer ? [...before.slice(outer.at, inner.at).matchAll(/[:|]\s*(\w+)/g)].map((m) => m[1]) : [];
    return propertiesOf(names.map((n) => (outer.sign === "[" ? model.types : model.labels)[n]).filter(Boolean));
  }
  if (!asked) return [];
  const variables = new Set([...area.value.matchAll(/[([]\s*([A-Za-z_]\w*)\s*[:){\]]/g)].map((m) => m[1]));
  return [
    ...[...variables].map((name) => ({ name, note: "variable of this statement" })),
    ...WORDS.map((name) => ({ name, note: "" })),
    ...CALLS.map((name) => ({ name: `${name}()`, note: "function" })),
  ];
}

function close() {
  offers.hidden = true;
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
}

async function offer(asked) {
  if (!model) {
    const answer = await fetch(form.dataset.model);
    if (!answer.ok) return;
    model = await answer.json();
  }
  const caret = area.selectionStart;
  const word = /\w*$/.exec(area.value.slice(0, caret))[0];
  begins = caret - word.length;
  const typed = word.toLowerCase();
  const found = candidates(area.value.slice(0, begins), asked)
    .filter((c) => c.name.toLowerCase().includes(typed) && c.name !== word)
    .sort((a, b) => b.name.toLowerCase().startsWith(typed) - a.name.toLowerCase().startsWith(typed))
    .slice(0, 40);
  if (!found.length) {
    close();
    offered.textContent = asked ? "nothing to complete here" : "";
    return;
  }
  offers.replaceChildren(...found.map((c, n) => {
    const item = document.createElement("li");
    item.id = `offer-${n}`;
    item.setAttribute("role", "option");
    item.dataset.name = c.name;
    item.textContent = c.name;
    if (c.note) {
      const note = document.createElement("span");
      note.textContent = c.note;
      item.append(note);
    }
    return item;
  }));
  offers.hidden = false;
  place();
  choose(0);
  offered.textContent = `${found.length} completions`;
}

// Below the word that is being written.
function place() {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let left = begins;
  let node = walker.nextNode();
  while (node && left > node.length) { left -= node.length; node = walker.nextNode(); }
  if (!node) return;
  const range = document.createRange();
  range.setStart(node, Math.min(left, node.length));
  range.setEnd(node, Math.min(left + 1, node.length));
  const spot = range.getBoundingClientRect();
  const frame = editor.getBoundingClientRect();
  const most = Math.max(0, frame.width - offers.offsetWidth);
  offers.style.left = `${Math.min(Math.max(0, spot.left - frame.left - 12), most)}px`;
  offers.style.top = `${Math.max(0, spot.bottom - frame.top) + 4}px`;
}

function choose(next) {
  const items = [...offers.children];
  chosen = (next + items.length) % items.length;
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
  items[chosen].scrollIntoView({ block: "nearest" });
  area.setAttribute("aria-activedescendant", items[chosen].id);
}

function accept(name) {
  area.focus();
  area.setRangeText(name, begins, area.selectionStart, "end");
  if (name.endsWith("()")) area.setSelectionRange(area.selectionStart - 1, area.selectionStart - 1);
  close();
  paint();
}

area.addEventListener("input", () => { paint(); offer(false); });
area.addEventListener("scroll", follow);
area.addEventListener("blur", () => setTimeout(close, 150));
area.addEventListener("keydown", (event) => {
  if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(true); return; }
  if (event.key === "Enter" && event.ctrlKey) { close(); return; } // explorer.js runs it
  if (offers.hidden) return;
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if ((event.key === "Tab" && !event.shiftKey) || event.key === "Enter") accept(offers.children[chosen].dataset.name);
  else return;
  event.preventDefault();
});
offers.addEventListener("mousedown", (event) => {
  const item = event.target.closest("li");
  if (item) { event.preventDefault(); accept(item.dataset.name); }
});
new ResizeObserver(follow).observe(area);
editor.classList.add("lit");
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", "offers");
paint();

// The reader's own statements stay in the reader's browser, where it lets a page keep anything.
const KEPT = "clusteratlas.statements";
const MOST = 30;
function kept() {
  try {
    const held = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(held) ? held.filter((t) => typeof t === "string") : [];
  } catch { return []; }
}
function keep(texts) {
  try { localStorage.setItem(KEPT, JSON.stringify(texts)); } catch { /* this browser keeps nothing */ }
}
function remember() {
  const history = document.querySelector(".history");
  const now = new URLSearchParams(location.search).get("text")?.trim();
  const texts = now ? [now, ...kept().filter((t) => t !== now)].slice(0, MOST) : kept();
  if (now) keep(texts);
  history.hidden = texts.length === 0;
  history.querySelector("ol").replaceChildren(...texts.map((text) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/cypher?text=${encodeURIComponent(text)}`;
    link.textContent = text.length > 160 ? `${text.slice(0, 160)}…` : text;
    item.append(link);
    return item;
  }));
  history.querySelector("button").onclick = () => {
    try { localStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
    history.hidden = true;
  };
}
remember();
