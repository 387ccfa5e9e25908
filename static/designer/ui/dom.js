/** Making elements of the page. Text goes in as text: names of tables are whatever people wrote. */

/** Returns an element with a class and a text. */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
