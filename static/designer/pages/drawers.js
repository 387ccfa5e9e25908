// On small screens the outline and the inspector are drawers over the canvas.
const NARROW = matchMedia("(max-width: 899px)");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-drawer]");
  if (button) toggle(button.dataset.drawer);
  else if (NARROW.matches && event.target.closest("#canvas")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && NARROW.matches) close();
});

function toggle(name) {
  const open = document.body.classList.contains(`show-${name}`);
  close();
  document.body.classList.toggle(`show-${name}`, !open);
}

function close() {
  document.body.classList.remove("show-outline", "show-inspector");
}
