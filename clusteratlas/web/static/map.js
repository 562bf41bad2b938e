// The map by pointer and keys: what a region's figure is, the way to its page, another choice.

const view = () => document.querySelector("#view");
let map, tip, regions, order, here, boxes;

function make(tag, name, d) {
  const path = document.createElementNS("http://www.w3.org/2000/svg", tag);
  path.setAttribute("class", name);
  path.setAttribute("d", d);
  return path;
}

function begin() {
  view().classList.add("live");
  map = document.querySelector("#map");
  tip = document.querySelector("#tip");
  boxes = null;
  here = null;
  regions = new Map();
  const lines = document.querySelector("#figures").content.textContent.split("\n");
  for (const line of lines) {
    const [id, name, figure, rank, page] = line.split("\t");
    if (page !== undefined) regions.set(id, { id, name, figure, rank, page });
  }
  order = [...regions.values()];
  const names = document.querySelector("#names");
  if (order.length < 1200) {
    names.replaceChildren(...order.map((region) => new Option(region.name)));
  }
  const button = document.querySelector("#pickon");
  if (button) {
    button.hidden = false;
    pick(new URLSearchParams(location.search).has("pick"));
  }
  mark();
  if (document.querySelector("#portfolio")?.dataset.from) fill();
  document.documentElement.dataset.ready = Math.round(performance.now());
}

function words(region) {
  const rank = region.rank ? `, rank ${region.rank}` : "";
  return `${region.figure}${rank}`;
}

function show(id, x, y) {
  const region = regions.get(id);
  const shape = region && document.getElementById(id);
  map.querySelectorAll(".here, .here-under").forEach((mark) => mark.remove());
  document.querySelectorAll("#rows .on").forEach((row) => row.classList.remove("on"));
  here = region ? id : null;
  if (!region) { tip.hidden = true; return; }
  const name = document.createElement("b");
  name.textContent = region.name;
  tip.replaceChildren(name, words(region));
  tip.hidden = false;
  document.querySelector(`#rows [data-for="${id}"]`)?.classList.add("on");
  const room = map.getBoundingClientRect();
  let at = { x: x - room.left, y: y - room.top };
  if (shape) {
    const d = shape.getAttribute("d");
    shape.closest("g[transform]").append(make("path", "here-under", d), make("path", "here", d));
    if (x === undefined) {
      const box = shape.getBoundingClientRect();
      at = { x: box.right - room.left, y: box.bottom - room.top };
    }
  } else if (x === undefined) {
    at = { x: 0, y: 0 };
  }
  const right = at.x + 16 + tip.offsetWidth > room.width;
  tip.style.left = `${Math.max(0, right ? at.x - tip.offsetWidth - 16 : at.x + 16)}px`;
  tip.style.top = `${at.y + 12}px`;
}

function open(id) {
  const region = regions.get(id);
  if (region?.page) location.assign(region.page);
}

// The nearest region to the right, left, above or below; what is far to the side counts twice.
function beside(key) {
  const [right, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  boxes ??= order.flatMap(({ id }) => {
    const shape = document.getElementById(id);
    if (!shape) return [];
    const { x, y, width, height } = shape.getBBox();
    return [{ id, x: x + width / 2, y: y + height / 2 }];
  });
  const from = boxes.find((box) => box.id === here);
  if (!from) return boxes[0]?.id;
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    const along = (box.x - from.x) * right + (box.y - from.y) * down;
    const aside = Math.abs((box.x - from.x) * down) + Math.abs((box.y - from.y) * right);
    const far = along + 2 * aside;
    if (along > 1 && aside <= 2 * along && far < least) { least = far; best = box.id; }
  }
  return best ?? here;
}

function sought(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return null;
  return order.find((r) => r.name.toLowerCase().startsWith(wanted))
    ?? order.find((r) => r.name.toLowerCase().includes(wanted));
}

function withPicked(state) {
  const before = new URLSearchParams(location.search);
  for (const name of ["counties", "name", "pick"]) {
    state.delete(name);
    for (const value of before.getAll(name)) state.append(name, value);
  }
  return state;
}

// Another choice: the same page from its address, without leaving this one.
async function go(address, push = true) {
  view().classList.add("busy");
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#view");
  if (!fresh) { location.assign(address); return; }
  const name = document.activeElement?.name;
  if (push) history.pushState(null, "", address);
  document.title = page.title;
  view().replaceWith(fresh);
  begin();
  if (name) document.querySelector(`#choose [name="${name}"]`)?.focus();
  document.dispatchEvent(new Event("map"));
}

// A region of one's own: counties that are checked in the form, and what they are together.

function checked() {
  return [...document.querySelectorAll("#picked input:checked")].map((box) => box.value);
}

function mark() {
  map.querySelectorAll(".picked").forEach((shape) => shape.remove());
  if (view().dataset.type !== "county") return;
  for (const code of checked()) {
    const shape = document.getElementById(`r${code}`);
    shape?.closest("g[transform]").append(make("path", "picked", shape.getAttribute("d")));
  }
}

function pick(on) {
  const button = document.querySelector("#pickon");
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? "Stop picking" : "Pick on the map";
  if (on) view().dataset.picking = "yes"; else delete view().dataset.picking;
  if (on && !checked().length) fetch("/map/region"); // has the server begin with what all regions need
  restate();
}

// What is picked is in the address, and so are name and mode.
function restate() {
  const state = new URLSearchParams(location.search);
  state.delete("counties");
  state.delete("pick");
  for (const code of checked()) state.append("counties", code);
  const name = document.querySelector("#picking [name='name']").value.trim();
  if (checked().length) state.set("name", name); else state.delete("name");
  if (view().dataset.picking) state.set("pick", "1");
  history.replaceState(null, "", `/map?${state}`);
  const own = new URLSearchParams(checked().map((code) => ["counties", code]));
  own.set("name", name);
  return own;
}

function toggle(id) {
  const code = id.slice(1);
  const list = document.querySelector("#picked");
  const box = list.querySelector(`[value="${code}"]`);
  if (box) {
    box.closest("li").remove();
  } else {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const fresh = Object.assign(document.createElement("input"), { type: "checkbox", name: "counties", value: code, checked: true });
    label.append(fresh, ` ${regions.get(id).name}`);
    item.append(label);
    list.append(item);
  }
  changed();
}

let later;
function changed() {
  mark();
  const own = restate();
  const some = checked().length > 0;
  const place = document.querySelector("#portfolio");
  document.querySelector("#taken").hidden = !some;
  const name = own.get("name") || "My region";
  const file = `${name.toLowerCase().replace(/[^a-z0-9]/g, "-").replace(/^-+|-+$/g, "") || "region"}.csv`;
  document.querySelector("#file").href = `/map/region.csv?${own}`;
  document.querySelector("#file").textContent = file;
  const quoted = /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\"'\"'")}'`;
  document.querySelector("#command").textContent = `clusteratlas ask region --region ${quoted} --region-file ${file}`;
  clearTimeout(later);
  if (!some) { delete place.dataset.from; place.replaceChildren(); return; }
  place.dataset.from = `/map/region?${own}`;
  later = setTimeout(fill, 700);
}

async function fill() {
  const place = document.querySelector("#portfolio");
  const from = place.dataset.from;
  place.setAttribute("aria-busy", "true");
  const told = document.createElement("p");
  told.className = "muted";
  told.textContent = "Adding up counties. The first region takes some seconds, others less.";
  if (!place.querySelector("table")) place.replaceChildren(told);
  const answer = await fetch(from);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (place.dataset.from !== from) return; // other counties have been picked
  const error = page.querySelector(".error");
  place.replaceChildren(...(answer.ok ? page.body.childNodes : error ? [error] : []));
  place.removeAttribute("aria-busy");
}

document.addEventListener("pointermove", (event) => {
  const shape = event.target.closest?.("#map path[id]");
  if (shape) show(shape.id, event.clientX, event.clientY);
  else if (here && !event.target.closest?.("#map, #rows, .seek")) show(null);
});
document.addEventListener("click", (event) => {
  const shape = event.target.closest("#map path[id]");
  if (shape) (view().dataset.picking ? toggle : open)(shape.id);
  if (event.target.id === "pickon") pick(!view().dataset.picking);
  const link = event.target.closest(".seg a, #all");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const state = new URL(link.href).searchParams;
    go(`/map?${withPicked(state)}`);
  }
});
document.addEventListener("pointerover", (event) => {
  const row = event.target.closest?.("#rows tr");
  if (row) show(row.dataset.for);
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("#rows tr");
  if (row) show(row.dataset.for);
});
document.addEventListener("keydown", (event) => {
  if (event.target.id === "map") {
    if (event.key.startsWith("Arrow")) { event.preventDefault(); show(beside(event.key)); }
    if (event.key === "Enter" && here) (view().dataset.picking ? toggle : open)(here);
    if (event.key === "Escape") show(null);
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches("#picked input")) {
    event.target.closest("li").remove();
    changed();
  }
  if (event.target.matches("#picking [name='name']")) changed();
  const form = event.target.closest("#choose");
  if (!form) return;
  const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  go(`/map?${withPicked(state)}`);
});
document.addEventListener("input", (event) => {
  if (event.target.id === "seek") show(sought(event.target.value)?.id);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".seek")) return;
  event.preventDefault();
  const found = sought(event.target.q.value);
  if (found) { map.focus(); show(found.id); }
});
addEventListener("popstate", () => go(location.href, false));
begin();
