// Turns <input list> and its datalist into the ARIA combobox. Words come from data- attributes.
(() => {
  "use strict";

  const LIMIT = 40;
  let serial = 0;

  // « Œil », « oeil » and « OEIL » are the same search.
  const plain = (text) =>
    text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/œ/g, "oe")
      .replace(/æ/g, "ae")
      .replace(/[’'-]/g, " ");

  const rank = (option, query) => {
    if (option.startsWith(query)) return 0;
    if (option.includes(` ${query}`)) return 1;
    return option.includes(query) ? 2 : -1;
  };

  const enhance = (box) => {
    const input = box.querySelector("input[list]");
    const source = input && input.list;
    if (!source) return;
    const options = [...source.options].map((option) => ({
      text: option.value,
      key: plain(option.value),
    }));
    const list = document.createElement("ul");
    const status = document.createElement("span");
    list.id = `combobox-${(serial += 1)}`;
    list.className = "combobox__list";
    list.setAttribute("role", "listbox");
    const label = input.labels && input.labels[0];
    list.setAttribute("aria-label", label ? label.textContent.trim() : input.name);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    box.append(list, status);

    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("autocomplete", "off");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    let active = -1;

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const light = (index) => {
      const rows = [...list.children];
      active = rows.length ? (index + rows.length) % rows.length : -1;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === active)));
      if (active < 0) return;
      input.setAttribute("aria-activedescendant", rows[active].id);
      rows[active].scrollIntoView({ block: "nearest" });
    };

    const choose = (row) => {
      input.value = row.textContent;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const open = () => {
      const query = plain(input.value.trim());
      const found = options
        .map((option) => ({ ...option, rank: rank(option.key, query) }))
        .filter((option) => option.rank >= 0)
        .sort((one, other) => one.rank - other.rank)
        .slice(0, LIMIT);
      list.replaceChildren(
        ...found.map((option, index) => {
          const row = document.createElement("li");
          row.id = `${list.id}-${index}`;
          row.setAttribute("role", "option");
          row.setAttribute("aria-selected", "false");
          row.textContent = option.text;
          return row;
        }),
      );
      const words = { 0: box.dataset.none, 1: box.dataset.one }[found.length] ?? box.dataset.many;
      status.textContent = words.replace("{n}", found.length);
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
    };

    input.addEventListener("input", open);
    input.addEventListener("click", () => list.hidden && open());
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) choose(row);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (list.hidden) open();
        light(active < 0 && step < 0 ? -1 : active + step);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        choose(list.children[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
  };

  const enhanceAll = (root) => {
    for (const box of root.querySelectorAll("[data-combobox]:has(input[list])")) enhance(box);
  };

  document.addEventListener("DOMContentLoaded", () => enhanceAll(document));
  document.addEventListener("htmx:load", (event) => enhanceAll(event.target.parentNode ?? document));
})();
