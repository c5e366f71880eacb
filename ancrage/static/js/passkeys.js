// Passkeys: allauth's scripts talk to the key. Here its form is handed to them, and what went
// wrong is said in the page's own words.
(() => {
  "use strict";

  const BUTTON = "passkey-button";
  const words = {
    InvalidStateError: "known",
    NotAllowedError: "cancelled",
    AbortError: "cancelled",
  };

  document.addEventListener("allauth.error", (event) => {
    const box = document.querySelector("[data-passkey-trouble]");
    if (!box) return;
    event.preventDefault();
    const kind = words[event.detail.exception.name] ?? "unsupported";
    for (const text of box.querySelectorAll("p")) {
      text.hidden = !text.matches(`[data-passkey-${kind}]`);
    }
    box.hidden = false;
  });

  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  window.allauth.webauthn.forms[form.dataset.passkey]({
    ids: {
      login: BUTTON,
      authenticate: BUTTON,
      add: BUTTON,
      credential: form.elements.credential.id,
      passwordless: form.elements.passwordless?.id,
      data: document.getElementById("passkey-data")?.id,
    },
  });
})();
