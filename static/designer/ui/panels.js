/** Server-drawn panels and the document: nothing leaves before what is pending, and what panels changed comes here. */

/**
 * Connects htmx's events with the sync.
 * @param {{client: string, sync: object}} options
 */
export function connectPanels({ client, sync }) {
  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-Wholekey-Client"] = client;
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (sync.state.waiting > 0) {
      event.preventDefault();
      const { question, issueRequest } = event.detail;
      void sync.flush().then(() => issueRequest(!question));
    }
  });
  document.addEventListener("wholekey:committed", (event) => {
    sync.pull(event.detail?.version ?? Infinity);
  });
}
