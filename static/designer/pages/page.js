// What every page needs: dialogs, toasts, and errors of htmx requests as sentences.
export {};
