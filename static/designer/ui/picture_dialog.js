/** The picture half of the export dialog: choices, a preview that follows them, and what can be done with the picture. */

import { PictureError, canCopyImages, copyImage, copyMarkup, save } from "../io/pictures.js";

const SOON = 120;
const LARGEST_SIDE = 16_384;
const MM_A_PIXEL = 25.4 / 96;
const FORMATS = { png: "PNG", svg: "SVG", pdf: "PDF" };
const NO_CLIPBOARD = "This browser copies images only over https or on localhost; download the picture instead.";

/**
 * @typedef {object} Studio  what the dialog needs of the page
 * @property {(wanted: object, signal: AbortSignal) => Promise<import("../io/pictures.js").Picture>} make
 * @property {(what: string) => object} subject  the part, elements or region for a choice of "What"
 * @property {() => number} selected  how many elements are selected
 * @property {() => string} links  the address that a table's id is added to
 * @property {(wanted: object) => void} print
 */

export class PictureDialog {
  /**
   * @param {HTMLFormElement} form
   * @param {Studio} studio
   */
  constructor(form, studio) {
    this.form = form;
    this.studio = studio;
    this.image = form.querySelector(".picture-preview img");
    this.status = form.querySelector('.picture-preview [role="status"]');
    this.offerSelection();
    form.addEventListener("change", () => this.changed());
    form.elements.width.addEventListener("input", () => this.showSize());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.download();
    });
    form.addEventListener("click", (event) => this.pressed(event.target.closest("[data-do]")?.dataset.do));
    form.closest("dialog").addEventListener("close", () => this.leave(), { once: true });
    this.changed();
  }

  offerSelection() {
    const count = this.studio.selected();
    const option = this.form.querySelector('option[value="selection"]');
    option.disabled = count === 0;
    option.textContent = count === 0 ? "What is selected (nothing is)" : `What is selected (${count})`;
  }

  pressed(what) {
    const acts = { copy: () => this.copy(), print: () => this.print(), cancel: () => this.making?.abort() };
    acts[what]?.();
  }

  // Choices

  get format() {
    return this.form.elements.format.value;
  }

  /** What the form asks for. */
  wanted(format = this.format) {
    const { elements } = this.form;
    const wanted = {
      ...this.studio.subject(elements.what.value), format, theme: elements.theme.value, background: elements.background.value,
      detail: elements.detail.value, title: elements.title.checked, legend: elements.legend.checked,
    };
    if (format === "svg" && this.format === "svg" && elements.links.checked) {
      wanted.links = this.studio.links();
    }
    return { ...wanted, ...(format === "png" ? this.pixels() : {}), ...(format === "pdf" ? this.paper() : {}) };
  }

  pixels() {
    const { scale, width } = this.form.elements;
    return scale.value === "width" ? { width: Math.round(Number(width.value)) || 1 } : { scale: Number(scale.value) };
  }

  paper() {
    const { paper, landscape, tiles } = this.form.elements;
    return paper.value ? { paper: paper.value, landscape: landscape.checked, tiles: tiles.checked } : {};
  }

  changed() {
    const { elements } = this.form;
    const shown = new Set([this.format, this.format === "pdf" && elements.paper.value ? "paper" : ""]);
    for (const part of this.form.querySelectorAll("[data-for]")) {
      part.hidden = !shown.has(part.dataset.for);
    }
    elements.width.closest(".field").hidden = this.format !== "png" || elements.scale.value !== "width";
    this.button("download").textContent = `Download ${FORMATS[this.format]}`;
    this.button("copy").textContent = this.format === "svg" ? "Copy SVG text" : "Copy as image";
    this.showSize();
    this.isBusy() || this.say(""); // not when the preview is there: what was done meanwhile has been told by then
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.preview(), SOON);
  }

  button(name) {
    return this.form.querySelector(`[data-do="${name}"] span`);
  }

  // The preview

  async preview() {
    this.looking?.abort();
    const looking = this.looking = new AbortController();
    this.image.parentElement.setAttribute("aria-busy", "true");
    try {
      const wanted = { ...this.wanted("svg"), links: "" };
      const key = JSON.stringify(wanted);
      if (key !== this.shownKey) {
        this.show(await this.studio.make(wanted, looking.signal), wanted);
        this.shownKey = key;
      }
    } catch (error) {
      looking.signal.aborted || this.failed(error);
    }
    looking.signal.aborted || this.image.parentElement.setAttribute("aria-busy", "false");
  }

  show(picture, { background, theme }) {
    URL.revokeObjectURL(this.image.src);
    this.image.src = URL.createObjectURL(picture.blob);
    this.image.alt = "The picture as it will be";
    this.image.parentElement.dataset.ground = background === "theme" ? theme : background;
    this.picture = picture;
    this.showSize();
  }

  showSize() {
    const line = this.form.querySelector(".picture-size");
    line.textContent = this.picture ? this.sizeWords(this.picture) : "";
    const tooLarge = this.format === "png" && this.picture && this.scale() > this.picture.largest + 1e-6;
    line.classList.toggle("error-text", Boolean(tooLarge));
  }

  scale() {
    const { scale, width } = this.pixels();
    return scale ?? width / this.picture.width;
  }

  sizeWords({ width, height, largest }) {
    if (this.format === "svg") {
      return `${count(width)} × ${count(height)} pixels, and sharp at any other size`;
    }
    if (this.format === "pdf") {
      return this.pageWords(width * MM_A_PIXEL, height * MM_A_PIXEL);
    }
    const scale = this.scale();
    const size = `${count(width * scale)} × ${count(height * scale)} pixels`;
    return scale > largest + 1e-6 ? `${size}: too large for a PNG; up to ${count(Math.min(width * largest, LARGEST_SIDE))} wide, or take SVG or PDF` : size;
  }

  /** @param {number} width in millimetres at full size */
  pageWords(width, height) {
    const { paper, tiles } = this.form.elements;
    if (!paper.value) {
      return `One page of ${count(width)} × ${count(height)} mm`;
    }
    const name = paper.selectedOptions[0].textContent;
    return tiles.checked ? `At full size, ${count(width)} × ${count(height)} mm, over as many ${name} sheets as that takes` : `Fitted to one ${name} page`;
  }

  // What is done with it

  download() {
    return this.make(async (signal) => {
      const picture = await this.studio.make(this.wanted(), signal);
      save(picture);
      this.say(`Saved as ${picture.name}.`);
    });
  }

  copy() {
    const svg = this.format === "svg";
    if (!svg && !canCopyImages()) {
      this.failed(new PictureError(NO_CLIPBOARD));
      return undefined;
    }
    return this.make(async (signal) => {
      const coming = this.studio.make(this.wanted(svg ? "svg" : "png"), signal);
      await Promise.all([svg ? copyMarkup(coming) : copyImage(coming), coming]);
      this.say(svg ? "Copied the SVG as text." : "Copied. Paste it into a document or a message.");
    });
  }

  print() {
    const wanted = { ...this.wanted("svg"), links: "" };
    this.form.closest("dialog").close();
    this.studio.print(wanted);
  }

  /** Does something that takes a while, which Cancel ends. */
  async make(act) {
    this.making?.abort();
    const making = this.making = new AbortController();
    this.setBusy(true);
    try {
      await act(making.signal);
    } catch (error) {
      making.signal.aborted ? this.say("Cancelled.") : this.failed(error);
    }
    this.making === making && this.setBusy(false);
  }

  isBusy() {
    return !this.form.querySelector('[data-do="cancel"]').hidden;
  }

  setBusy(isBusy) {
    this.form.querySelector('[data-do="cancel"]').hidden = !isBusy;
    this.form.querySelector('[data-do="download"]').setAttribute("aria-disabled", String(isBusy));
    isBusy && this.say("Drawing…");
  }

  say(words) {
    this.form.querySelector("[data-problem]").hidden = true;
    this.status.textContent = words;
  }

  failed(error) {
    this.status.textContent = "";
    const problem = this.form.querySelector("[data-problem]");
    problem.textContent = error instanceof PictureError ? error.message : "The browser did not allow that; download the picture instead.";
    problem.hidden = false;
  }

  leave() {
    clearTimeout(this.timer);
    this.looking?.abort();
    this.making?.abort();
    URL.revokeObjectURL(this.image.src);
  }
}

const count = (value) => Math.round(value).toLocaleString("en");
