/** Reading a large answer while telling how far it is. */

/**
 * The JSON of a response. `progress` is called with the bytes that have come, and how many there will be; 0 where the
 * server does not say.
 * @param {Response} response
 * @param {(loaded: number, total: number) => void} [progress]
 * @returns {Promise<any>}
 */
export async function readWithProgress(response, progress) {
  if (!progress || !response.body) return response.json();
  const total = totalOf(response);
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const pieces = [];
  let loaded = 0;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    loaded += step.value.byteLength;
    pieces.push(decoder.decode(step.value, { stream: true }));
    progress(loaded, total);
  }
  pieces.push(decoder.decode());
  return JSON.parse(pieces.join(""));
}

/** Content-Length counts the packed bytes where the answer is packed; then it is no measure of what comes out. */
function totalOf(response) {
  if (response.headers.get("Content-Encoding")) return 0;
  return Number(response.headers.get("Content-Length")) || 0;
}
