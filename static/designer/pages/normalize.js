// The page to play on: a relation is typed, and the answer of the server follows. What is typed stands in the address after
// the #, which no browser sends and no server keeps.

const PAUSE = 250;
const PREFIX = "#r=";
/** What the server answers with a sentence in the place of an analysis. */
const REFUSED = new Set([413, 422, 503]);
const form = document.querySelector("form[data-play]");
const answer = document.getElementById("answer");
const said = document.getElementById("said");
const text = form.elements.text;

let asked = null;
let waiting = 0;

text.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void ask(), PAUSE);
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "format") {
    event.preventDefault();
    void ask();
  }
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.example !== undefined) {
    text.value = button.dataset.example;
    text.focus();
    void ask();
  } else if (button?.dataset.share !== undefined) {
    void share(button);
  }
});
window.addEventListener("hashchange", () => {
  const shared = fromAddress();
  if (shared !== null && shared !== text.value) {
    text.value = shared;
    void ask();
  }
});

text.value = fromAddress() ?? text.value;
void ask();

/** Asks for the answer to what is typed now; one that is overtaken is thrown away. */
async function ask() {
  clearTimeout(waiting);
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const typed = text.value;
  history.replaceState(null, "", typed.trim() ? `${PREFIX}${encodeURIComponent(typed)}` : location.pathname);
  answer.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.dataset.play, { method: "POST", body: new FormData(form), signal, headers: { Accept: "text/html" } });
    const answered = response.ok || REFUSED.has(response.status);
    show(answered ? await response.text() : null, "The server could not do that. Reload the page and try again.");
  } catch (error) {
    if (error.name === "AbortError") return;
    show(null, "The server cannot be reached; try again.");
  }
  answer.removeAttribute("aria-busy");
}

/** @param {string | null} html of our own server, which escapes every name */
function show(html, sentence) {
  if (html === null) {
    const message = document.createElement("p");
    message.className = "message danger";
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    answer.replaceChildren(message);
    return;
  }
  const open = new Set([...answer.querySelectorAll("details[open]")].map((part) => part.dataset.fold));
  answer.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const part of answer.querySelectorAll("details[data-fold]")) part.open ||= open.has(part.dataset.fold);
  said.textContent = [...answer.querySelectorAll(".norm-sentence, .message")].map((each) => each.textContent).join(" ");
}

async function share(button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy the address of this page";
  }
  setTimeout(() => {
    button.textContent = before;
  }, 2500);
}

/** What an address holds, or null. */
function fromAddress() {
  if (!location.hash.startsWith(PREFIX)) return null;
  try {
    return decodeURIComponent(location.hash.slice(PREFIX.length));
  } catch {
    return null; // the address was cut somewhere
  }
}
