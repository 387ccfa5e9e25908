/** Talking to the server: each call answers with what came of it, and never throws for trouble on the way. */

/** @import { Entry, Note, Rec, Change } from "../doc/types.js" */
import { readWithProgress } from "./load.js";

/**
 * What came of a request. `ok`: the answer is in `data`. `away`: no server was reached, or it is not ready; worth trying
 * again, after `wait` milliseconds where it said so. `refused`: it will say the same again; `error` says why in words.
 * @typedef {{outcome: "ok", data: any} | {outcome: "away", wait?: number} | {outcome: "refused", status: number, error: string, code?: string}} Answer
 *
 * @typedef {{base: number, key: string, label: string, change: Change}} Post
 *
 * The three things the server is asked for. Tests put a simulated one in its place.
 * @typedef {{
 *   load(progress?: (loaded: number, total: number) => void): Promise<Answer>,
 *   since(version: number): Promise<Answer>,
 *   post(edit: Post): Promise<Answer>,
 * }} Transport
 */

const PATIENCE = 30_000;
const LOAD_PATIENCE = 300_000;
/** The page has asked for the design before any script ran; a request with headers of its own would not be given that answer. */
const PRELOADED = { headers: { Accept: "application/json" } };
const TRY_LATER = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The server's HTTP API; see "The HTTP API that the canvas uses" in docs/architecture.md.
 * @param {{
 *   urls: {design: string, changes: string},
 *   client: string,
 *   csrf?: () => string,
 *   onToken?: (csrf: string) => void,
 *   user?: string,
 *   fetch?: typeof globalThis.fetch,
 * }} options `client` is the random id of this tab, `user` who opened the page; `onToken` is told the token
 *   against forged requests that replaces one which holds no longer, as after signing in anew
 * @returns {Transport}
 */
export function httpTransport({ urls, client, user = "", csrf = () => "", onToken = () => {}, fetch = globalThis.fetch.bind(globalThis) }) {
  const headers = () => ({ Accept: "application/json", "X-Wholekey-Client": client });
  const ask = (url, options, patience, read) => request(fetch, url, { credentials: "same-origin", ...options }, patience, read);
  return {
    load: (progress) => ask(urls.design, PRELOADED, LOAD_PATIENCE, (response) => readWithProgress(response, progress)),
    since: (version) => ask(withQuery(urls.changes, { since: String(version) }), { headers: headers() }, PATIENCE, readJson),
    post: async (edit) => {
      const answer = await post(edit);
      if (answer.outcome !== "refused" || answer.code !== "token") return answer;
      const renewal = await renewed(edit.base);
      return renewal.outcome === "ok" ? post(edit) : renewal;
    },
  };
  function post(edit) {
    return ask(urls.changes, {
      method: "POST",
      headers: { ...headers(), ...(user && { "X-Wholekey-User": user }), "Content-Type": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify(edit),
    }, PATIENCE, readJson);
  }
  async function renewed(version) {
    const answer = await ask(withQuery(urls.changes, { since: String(version), token: "1" }), { headers: headers() }, PATIENCE, readJson);
    if (answer.outcome === "ok") onToken(answer.data.csrf);
    return answer;
  }
}

function withQuery(url, values) {
  return `${url}${url.includes("?") ? "&" : "?"}${new URLSearchParams(values)}`;
}

const readJson = (response) => response.json();

/** @returns {Promise<Answer>} */
async function request(fetch, url, options, patience, read) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(url, { ...options, signal: stop.signal });
    return response.ok ? await accepted(response, read) : await rejected(response);
  } catch {
    return { outcome: "away" }; // no network, no server, a torn or unreadable answer: all pass
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {Promise<Answer>} */
async function accepted(response, read) {
  if (isJson(response)) return { outcome: "ok", data: await read(response) };
  // The sign-in page came instead of the answer.
  if (response.redirected) return { outcome: "refused", status: 401, error: "You are signed out; sign in again to go on." };
  return { outcome: "away" };
}

/** @returns {Promise<Answer>} */
async function rejected(response) {
  const { status } = response;
  if (TRY_LATER.has(status)) return { outcome: "away", wait: waitOf(response) };
  const data = isJson(response) ? await response.json().catch(() => null) : null;
  const error = typeof data?.error === "string" ? data.error : `The server refused with status ${status}.`;
  return { outcome: "refused", status, error, ...(data?.code && { code: data.code }) };
}

function isJson(response) {
  return (response.headers.get("Content-Type") ?? "").includes("json");
}

function waitOf(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 ? Math.min(seconds, 300) * 1000 : undefined;
}
