// Sets the theme before anything is drawn; loaded without `defer` in the head. A classic script, so that it runs at once.
(function () {
  "use strict";
  var KEY = "wholekey-theme";
  var system = matchMedia("(prefers-color-scheme: dark)");

  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage may be switched off
    }
  }

  function show() {
    var theme = kept() || (system.matches ? "dark" : "light");
    if (document.documentElement.dataset.theme === theme) return;
    document.documentElement.dataset.theme = theme;
    document.dispatchEvent(new CustomEvent("wholekey:theme", { detail: theme }));
  }

  function toggle() {
    var next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      document.documentElement.dataset.theme = next;
    }
    show();
  }

  show();
  system.addEventListener("change", show);
  addEventListener("storage", show);
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest('[data-action="theme"]')) toggle();
  });
})();
