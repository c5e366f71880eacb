// Folds: the menu of sections on small screens, and the <details> menus.
(() => {
  "use strict";

  const toggle = document.querySelector("[data-nav-toggle]");
  const nav = toggle && document.getElementById(toggle.getAttribute("aria-controls"));

  const fold = (open) => {
    toggle.setAttribute("aria-expanded", String(open));
    nav.toggleAttribute("data-open", open);
  };

  if (nav) {
    toggle.addEventListener("click", () => fold(toggle.getAttribute("aria-expanded") !== "true"));
  }

  // A sheet inside a table that scrolls would be cut: it is laid over the page instead.
  const lay = (menu) => {
    const sheet = menu.querySelector(".menu__sheet");
    sheet.style.position = "";
    // On a small screen, the sheet of a section unfolds in its place.
    if (getComputedStyle(sheet).position === "static") return;
    const box = menu.querySelector("summary").getBoundingClientRect();
    const gap = 6;
    sheet.style.position = "fixed";
    sheet.style.inset = "auto";
    const { offsetWidth: width, offsetHeight: height } = sheet;
    const start = menu.classList.contains("menu--start") ? box.left : box.right - width;
    const below = box.bottom + gap + height <= window.innerHeight || box.top < height + gap;
    sheet.style.left = `${Math.max(8, Math.min(start, window.innerWidth - width - 8))}px`;
    sheet.style.top = `${below ? box.bottom + gap : box.top - gap - height}px`;
  };

  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches("[data-menu][open]")) lay(event.target);
    },
    true,
  );

  const openMenus = () => document.querySelectorAll("[data-menu][open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  window.addEventListener("resize", () => openMenus().forEach((menu) => (menu.open = false)));
  document.addEventListener("scroll", () => openMenus().forEach(lay), {
    capture: true,
    passive: true,
  });

  document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
    if (nav && nav.hasAttribute("data-open")) {
      fold(false);
      toggle.focus();
    }
  });
})();
