// A walk goes on in its page: the next step is fetched, put in place, and written into the address.

let last = 0;

function marked() { return document.querySelector("#walk .ground"); }

async function step(link, focus) {
  const ground = marked();
  const mine = ++last;
  const [left, top] = [ground.scrollLeft, ground.scrollTop];
  ground.setAttribute("aria-busy", "true");
  const answer = await fetch(link, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== last) return false; // another step has been taken
  const fresh = page.querySelector("#walk");
  if (!answer.ok || !fresh) { location.assign(link); return false; }
  const open = document.querySelector("#walk details").open;
  document.querySelector("#walk").replaceWith(fresh);
  fresh.querySelector("details").open = open;
  document.title = page.title;
  const next = marked();
  next.scrollTo(left, top);
  const mark = focus && next.querySelector(`a[data-w="${CSS.escape(focus)}"]`);
  if (mark) { mark.focus({ preventScroll: true }); show(next, mark); }
  return true;
}

// What a step has brought comes into sight: to the right of the mark that was chosen.
function show(ground, mark) {
  const spot = mark.getBoundingClientRect();
  const frame = ground.getBoundingClientRect();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const beyond = spot.right + 240 - frame.right;
  const before = spot.left - frame.left;
  const by = beyond > 0 ? Math.min(beyond, before) : Math.min(before, 0);
  if (by) ground.scrollBy({ left: by, behavior: still ? "auto" : "smooth" });
}

document.addEventListener("click", async (event) => {
  const mark = event.target.closest("#walk .ground a");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const link = mark.getAttribute("href");
  if (await step(link, mark.getAttribute("data-w").replace(/\/more$/, ""))) history.pushState(null, "", link);
});
addEventListener("popstate", () => {
  if (marked() && new URLSearchParams(location.search).get("at")) step(location.href, "");
  else location.reload();
});

// Arrow keys: to the nearest mark in that direction.
const AWAY = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
document.addEventListener("keydown", (event) => {
  const way = AWAY[event.key];
  const mark = event.target.closest("#walk .ground a");
  if (!way || !mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const middle = (one) => {
    const box = one.getBoundingClientRect();
    return [box.left + Math.min(box.width, 40) / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(mark);
  let best = null;
  let least = Infinity;
  for (const other of marked().querySelectorAll("a")) {
    if (other === mark) continue;
    const [dx, dy] = middle(other).map((v, n) => v - [x, y][n]);
    const along = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (along < 6) continue;
    const cost = along + 3 * aside;
    if (cost < least) { least = cost; best = other; }
  }
  event.preventDefault();
  if (best) { best.focus({ preventScroll: true }); best.scrollIntoView({ block: "nearest", inline: "nearest" }); }
});

// Names while an end is being typed.
const names = document.querySelector("#names");
let typed = 0;
document.addEventListener("input", async (event) => {
  if (event.target.getAttribute("list") !== "names") return;
  const mine = ++typed;
  await new Promise((rested) => { setTimeout(rested, 150); });
  if (mine !== typed) return; // a later letter has been typed
  const text = event.target.value.trim();
  const answer = text ? await fetch(`/find.json?q=${encodeURIComponent(text)}`) : null;
  if (!answer?.ok || mine !== typed) return;
  const hits = await answer.json();
  names.replaceChildren(...hits.map((hit) => {
    const option = document.createElement("option");
    option.value = hit.name;
    option.label = `${hit.name}, ${hit.type || hit.kind}`;
    return option;
  }));
});
