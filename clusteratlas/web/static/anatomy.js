// The anatomy without loading its page anew: links and the form fetch the next state and put it in
// place. Undo and redo are the history of addresses. Arrow keys walk over the diagram.

const root = () => document.querySelector("#anatomy");
let last = Number(history.state?.step ?? 0); // the farthest step that can be gone to again
let asked = 0;
let shown = location.pathname + location.search;
const step = () => Number(history.state?.step ?? 0);

async function go(address, { push = true, keep = true } = {}) {
  const mine = ++asked;
  root().setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    location.assign(address); // no server: let the browser say so
    return;
  }
  if (mine !== asked) return; // a later wish has been made
  const next = page.querySelector("#anatomy");
  if (!next) { location.assign(address); return; }
  const held = document.activeElement;
  const where = held?.dataset?.key ? `#anatomy [data-key="${CSS.escape(held.dataset.key)}"]` : held?.id ? `#${CSS.escape(held.id)}` : "";
  const caret = held?.selectionStart;
  if (push) { history.pushState({ step: step() + 1 }, "", address); last = step(); }
  shown = location.pathname + location.search;
  document.title = page.title;
  root().replaceWith(document.adoptNode(next));
  begin();
  const again = keep && where ? document.querySelector(where) : null;
  if (again) {
    if (again.matches(".mark")) rove(again);
    again.focus({ preventScroll: true });
    if (caret != null && again.setSelectionRange) again.setSelectionRange(caret, caret);
  }
  const part = new URL(address, location.href).hash;
  if (part) document.querySelector(part)?.scrollIntoView();
}

const marks = () => [...root().querySelectorAll(".mark")];
const role = (mark) => mark.closest("[data-role]")?.dataset.role ?? "";
function at(mark) {
  const box = mark.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
// Left, middle or right of the picture.
function column(mark) {
  const picture = mark.ownerSVGElement.getBoundingClientRect();
  const part = (at(mark).x - picture.x) / picture.width;
  return part < 0.33 ? -1 : part > 0.67 ? 1 : 0;
}
function rove(mark) {
  for (const one of marks()) one.setAttribute("tabindex", one === mark ? "0" : "-1");
}
const nearest = (list, y) => list.reduce((best, one) => (best && Math.abs(at(best).y - y) <= Math.abs(at(one).y - y) ? best : one), null);

function walk(event) {
  const mark = event.target.closest(".mark");
  if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const side = column(mark);
  const here = at(mark);
  const ordered = (list) => list.sort((a, b) => at(a).y - at(b).y || at(a).x - at(b).x);
  const mine = ordered(marks().filter((one) => column(one) === side));
  const place = mine.indexOf(mark);
  let next = null;
  if (event.key === "ArrowDown") next = mine[place + 1];
  else if (event.key === "ArrowUp") next = mine[place - 1];
  else if (event.key === "Home") [next] = mine;
  else if (event.key === "End") next = mine.at(-1);
  else if (event.key === "PageDown" || event.key === "PageUp") {
    const on = event.key === "PageDown" ? 1 : -1;
    for (let i = place + on; mine[i] && !next; i += on) if (role(mine[i]) !== role(mark)) next = mine[i];
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const on = event.key === "ArrowRight" ? 1 : -1;
    if (side === 0) {
      const beside = mine.filter((one) => Math.abs(at(one).y - here.y) < 4 && (at(one).x - here.x) * on > 4);
      next = on > 0 ? beside[0] : beside.at(-1);
    } else {
      // On a side another ring of the same role comes first: towards the plate, or away from it.
      const inward = side * on < 0 ? -1 : 1;
      const rings = mine.filter((one) => role(one) === role(mark) && (one.dataset.ring - mark.dataset.ring) * inward > 0);
      next = nearest(rings, here.y);
    }
    for (let to = side + on; !next && Math.abs(to) <= 1; to += on) next = nearest(marks().filter((one) => column(one) === to), here.y);
  } else return;
  event.preventDefault();
  if (next) { rove(next); next.focus(); }
}

function light(event, on) {
  const key = event.target.closest?.(".mark")?.dataset.key;
  if (!key) return;
  for (const line of root().querySelectorAll(".feed")) if (line.dataset.to === key) line.classList.toggle("hot", on);
}

function begin() {
  const all = marks();
  if (all.length) rove(root().querySelector(".mark.at") ?? all[0]);
  const undo = root().querySelector("#undo");
  const redo = root().querySelector("#redo");
  const copy = root().querySelector("#copy");
  for (const button of [undo, redo, copy]) button.hidden = false;
  undo.disabled = step() < 1;
  redo.disabled = step() >= last;
  root().querySelector(".seek button").hidden = true;
}

let waiting = 0;
function live(form, push) {
  const values = [...new FormData(form)].filter(([, value]) => value !== "");
  go(`${form.getAttribute("action")}?${new URLSearchParams(values)}`, { push });
}

document.addEventListener("click", (event) => {
  const inside = event.target.closest("#anatomy");
  if (!inside) return;
  if (event.target.closest("#undo")) { history.back(); return; }
  if (event.target.closest("#redo")) { history.forward(); return; }
  if (event.target.closest("#copy")) { navigator.clipboard?.writeText(location.href); event.target.textContent = "Copied"; return; }
  const link = event.target.closest("a[href]");
  if (!link) return;
  event.stopImmediatePropagation(); // a mark here tells about itself; elsewhere it leads to a page
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const address = link.getAttribute("href");
  if (!address.startsWith("/anatomy?")) return;
  const to = new URL(address, location.href).searchParams;
  const now = new URLSearchParams(location.search);
  if (to.get("cluster") !== now.get("cluster") || to.get("region") !== now.get("region")) return;
  event.preventDefault();
  go(address);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.target !== document.body && !event.target.closest?.("#anatomy")) return;
  if (event.target.closest(".mark") && event.key === "Enter") event.stopImmediatePropagation();
  if (event.key === "Escape") {
    const menu = root().querySelector(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    if (root().dataset.opened) go(root().dataset.back);
    return;
  }
  if (event.key === " " && event.target.closest(".mark")) { event.preventDefault(); go(event.target.closest(".mark").getAttribute("href")); return; }
  walk(event);
}, true);
document.addEventListener("submit", (event) => {
  if (!event.target.matches("#anatomy [data-live]")) return;
  event.preventDefault();
  live(event.target, true);
});
document.addEventListener("input", (event) => {
  if (event.target.id !== "seek") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => live(event.target.form, true), 250);
});
document.addEventListener("change", (event) => { if (event.target.id === "year") live(event.target.form, true); });
document.addEventListener("pointerover", (event) => light(event, true));
document.addEventListener("pointerout", (event) => light(event, false));
document.addEventListener("focusin", (event) => light(event, true));
document.addEventListener("focusout", (event) => light(event, false));
addEventListener("popstate", () => {
  // A way to a part of the page (the skip link) changes nothing that is shown.
  if (location.pathname + location.search !== shown) go(location.href, { push: false });
});

if (history.state?.step == null) history.replaceState({ step: 0 }, "");
begin();
