// What makes pages alive: the search, fields that suggest, parts that come when they are looked at,
// and keys to run things by.

// A combobox by the pattern of the ARIA guide: the focus stays in the field, arrows move the choice.
function combobox(field, list, { find, choose, told }) {
  let asked = 0;
  let at = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const select = (next) => {
    const all = options();
    if (!all.length) return;
    at = (next + all.length + 1) % (all.length + 1); // one place more: the field itself
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at === all.length) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  };
  const show = (hits) => {
    const groups = Map.groupBy ? Map.groupBy(hits, (hit) => hit.kind) : grouped(hits);
    let n = 0;
    list.replaceChildren(...[...groups].map(([kind, some]) => {
      const group = element("div", { role: "group", "aria-label": kind });
      group.append(element("div", { class: "kind", "aria-hidden": "true" }, kind));
      for (const hit of some) {
        const option = element("div", { role: "option", id: `${list.id}-${n++}`, "aria-selected": "false" }, hit.name);
        option.append(element("span", {}, hit.says ?? hit.type ?? ""));
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(hit); close(); });
        option.hit = hit;
        group.append(option);
      }
      return group;
    }));
    at = -1;
    list.hidden = hits.length === 0;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    if (told) told.textContent = hits.length ? `${hits.length} found; arrows choose` : "nothing found";
  };
  field.addEventListener("input", async () => {
    const text = field.value.trim();
    const mine = ++asked;
    if (!text) return close();
    const hits = await find(text);
    if (mine === asked) show(hits); // else a later letter has been typed
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") select(at + 1);
    else if (event.key === "ArrowUp") select(at < 0 ? options().length - 1 : at - 1);
    else if (event.key === "Escape") { asked++; close(); }
    else if (event.key === "Enter" && options()[at]) { choose(options()[at].hit); close(); }
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => { asked++; close(); });
}

function grouped(hits) {
  const groups = new Map();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return groups;
}

function element(tag, attributes, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

async function found(text, kind = "") {
  try {
    const answer = await fetch(`/find.json?${new URLSearchParams({ q: text, ...(kind && { kind }) })}`);
    return answer.ok ? await answer.json() : [];
  } catch {
    return []; // the form still leads to the page of the search
  }
}

const search = document.querySelector("#q");
combobox(search, document.querySelector("#hits"), {
  find: (text) => found(text),
  choose: (hit) => location.assign(hit.page),
  told: document.querySelector("#told"),
});
document.querySelectorAll("[data-suggest]").forEach((field, n) => {
  const list = element("div", { id: `suggest-${n}`, class: "hits", role: "listbox", "aria-label": "What it may mean" });
  list.hidden = true;
  field.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);
  combobox(field, list, {
    find: (text) => found(text, field.dataset.suggest),
    // A name reads better, and is enough for what is named in one way.
    choose: (hit) => { field.value = ["cluster", "region"].includes(hit.kind) ? hit.name : hit.key; },
  });
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) { event.preventDefault(); search.focus(); search.select(); }
  if (event.key === "Enter" && event.ctrlKey && event.target.matches(".console textarea")) {
    event.target.form.requestSubmit();
  }
});
document.querySelector("[data-print]")?.addEventListener("click", () => print());

for (const link of document.querySelectorAll(".nav a")) {
  const here = new URL(link.href).pathname;
  if (location.pathname === here || (here !== "/" && location.pathname.startsWith(`${here}/`))) {
    link.setAttribute("aria-current", "page");
  }
}

// A mark of a picture leads to the page of what it is of. By keyboard too: Tab, then Enter.
// A picture that is wider than its place is scrolled by keys too.
const fitted = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
function lead(picture) {
  fitted.observe(picture);
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

// A part says that it comes, that it is there, or why it is not.
async function fill(part) {
  const told = part.querySelector(".waits");
  let answer;
  try {
    answer = await fetch(part.dataset.part);
  } catch {
    told.className = "failed";
    told.textContent = "The explorer does not answer. Is it still running? Reload the page to try again.";
    return part.removeAttribute("aria-busy");
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok) {
    part.replaceChildren(...page.body.childNodes);
    part.querySelectorAll(".picture").forEach(lead);
  } else {
    const said = page.querySelector(".error h1")?.textContent ?? "This part could not be made.";
    told.className = "empty";
    told.textContent = [said, page.querySelector(".error p:not(.muted)")?.textContent].filter(Boolean).join(". ");
  }
  part.classList.remove("later");
  part.removeAttribute("aria-busy");
}

const watcher = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    fill(target);
  }
}, { rootMargin: "300px" });
for (const part of document.querySelectorAll("[data-part]")) watcher.observe(part);
