// What makes pages alive: the search, sections that come when they are looked at, a key to run.

const search = document.querySelector("#q");
const hits = document.querySelector("#hits");
let asked = 0;

async function suggest() {
  const text = search.value.trim();
  const mine = ++asked;
  if (!text) { hits.hidden = true; return; }
  const answer = await fetch(`/find.json?q=${encodeURIComponent(text)}`);
  if (!answer.ok || mine !== asked) return; // a later letter has been typed
  const found = await answer.json();
  hits.replaceChildren(...found.map((hit) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("span");
    link.href = hit.page;
    link.textContent = hit.name;
    kind.textContent = hit.type || hit.kind;
    kind.className = "muted";
    link.append(kind);
    item.append(link);
    return item;
  }));
  hits.hidden = found.length === 0;
}

search.addEventListener("input", suggest);
search.form.addEventListener("keydown", (event) => {
  const links = [...hits.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Escape") { hits.hidden = true; search.focus(); }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  (links[next] ?? search).focus();
});
document.addEventListener("click", (event) => {
  if (!search.form.contains(event.target)) hits.hidden = true;
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); search.select(); }
  if (event.key === "Enter" && event.ctrlKey && event.target.matches(".console textarea")) {
    event.target.form.requestSubmit();
  }
});

for (const link of document.querySelectorAll(".nav a")) {
  const here = new URL(link.href).pathname;
  if (location.pathname === here) link.setAttribute("aria-current", "page");
}

// A mark of a picture leads to the page of what it is of. By keyboard too: Tab, then Enter.
function lead(picture) {
  // Marks that lead somewhere are no longer one image.
  if (picture.querySelector("[data-key]")) picture.querySelector("svg").setAttribute("role", "group");
  for (const mark of picture.querySelectorAll("[data-key]")) {
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", "link");
    const words = mark.querySelector("title")?.textContent ?? "";
    mark.setAttribute("aria-label", words.split("\n").find((w) => w.startsWith("name: "))?.slice(6) ?? words);
  }
}
function follow(event) {
  const mark = event.target.closest("[data-key]");
  if (mark) location.assign(`/go?key=${encodeURIComponent(mark.dataset.key)}`);
}
document.addEventListener("click", follow);
document.addEventListener("keydown", (event) => { if (event.key === "Enter") follow(event); });
document.querySelectorAll(".picture").forEach(lead);

async function fill(section) {
  const place = section.querySelector(".fill");
  const answer = await fetch(section.dataset.part);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.querySelector(".error");
  place.replaceChildren(...(answer.ok ? page.body.childNodes : told ? [told] : []));
  place.querySelectorAll(".picture").forEach(lead);
  section.removeAttribute("aria-busy");
}

const watcher = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    fill(target);
  }
}, { rootMargin: "400px" });
for (const section of document.querySelectorAll("[data-part]")) watcher.observe(section);
