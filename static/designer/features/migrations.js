/** The way to the page of versions, for those who type. */

/** Installs the action. */
export function install(page) {
  page.actions.add({
    name: "versions", label: "Versions and migrations", group: "Go", words: "migrate diff compare release deploy name proof",
    run: () => location.assign(page.boot.urls.versions),
  });
}
