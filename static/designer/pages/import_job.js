// Waiting for a job of the server in the form that started it.

const EACH = 400;
const GONE = "The server cannot be reached. The import may go on there; look at the list of projects.";

/**
 * Resolves to how a job ended; aborting asks the server to stop it.
 * @param {string} address  the page of the job
 * @param {(words: {fraction: number, message: string}) => void} told
 * @param {AbortSignal} signal
 * @returns {Promise<{state: string, message: string}>}
 */
export async function watchJob(address, told, signal) {
  let asked = false;
  for (;;) {
    const now = await state(address);
    if (!now) return { state: "failed", message: GONE };
    if (["done", "failed", "cancelled"].includes(now.state)) return now;
    told(now);
    if (signal.aborted && !asked) {
      asked = true;
      await cancel(now.cancel);
    }
    await pause(EACH, asked ? null : signal);
  }
}

async function state(address) {
  try {
    const answer = await fetch(`${address}?part=state`, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function cancel(address) {
  const token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).catch(() => undefined);
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", resolve, { once: true });
  });
}
