"""Gestures on a page in a real browser, and what they cost: frame intervals, long tasks, CPU an event, heap."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

SECONDS = 3
WATCH = """
(() => {
  const watch = window.benchWatch = { intervals: [], long: [], on: false };
  new PerformanceObserver((list) => watch.long.push(...list.getEntries().map((each) => each.duration))).observe({ type: 'longtask' });
  let last = null;
  requestAnimationFrame(function step(now) {
    if (watch.on && last !== null) watch.intervals.push(now - last);
    last = now;
    requestAnimationFrame(step);
  });
  const ready = () => {
    const stage = document.querySelector('#stage[data-ready]');
    if (stage) watch.ready = performance.now();
    else requestAnimationFrame(ready);
  };
  requestAnimationFrame(ready);
})();
"""


@dataclass
class Cost:
    """What one gesture cost: milliseconds, and how many long tasks (over 50 ms) with the worst.

    `per_event` is CPU time of the page's main thread; `busy` the time that its tasks took, waiting for a core included.
    """

    intervals: list[float]
    long: list[float]
    per_event: float
    busy: float

    @property
    def p95(self) -> float:
        """The interval that 95 of 100 frames keep."""
        return sorted(self.intervals)[int(len(self.intervals) * 0.95) - 1]

    def __str__(self) -> str:
        return f"{statistics.median(self.intervals):.0f} / {self.p95:.0f}"


class Hands:
    """A person at a page, with a stopwatch. `WATCH` must run in the page before anything else."""

    def __init__(self, page: Page):
        self.page = page
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Performance.enable")
        self.thread: CDPSession = page.context.new_cdp_session(page)
        self.thread.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy(self) -> float:
        """Return the seconds that the main thread has been busy."""
        return self._metric(self.cdp, "TaskDuration")

    def cpu(self) -> float:
        """Return the seconds of CPU that the main thread has used."""
        return self._metric(self.thread, "TaskDuration")

    def heap(self) -> float:
        """Return the megabytes of JavaScript objects that are in use, after a collection."""
        self.cdp.send("HeapProfiler.collectGarbage")
        return self._metric(self.cdp, "JSHeapUsedSize") / 1e6

    def _metric(self, session: CDPSession, name: str) -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in found if each["name"] == name)

    def measure(self, gesture: str, x: float = 720, y: float = 480) -> Cost:
        """Do one gesture for some seconds from a point of the page: pan, zoom or drag."""
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(300)
        self._hold(gesture)
        self.page.evaluate("() => { benchWatch.intervals = []; benchWatch.long = []; benchWatch.on = true; }")
        busy, cpu, events = self.busy(), self.cpu(), 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            events += 1
            self._step(gesture, events, x, y)
            self.page.wait_for_timeout(8)
        per_event, busy = ((now - then) * 1000 / events for now, then in ((self.cpu(), cpu), (self.busy(), busy)))
        found = self.page.evaluate("() => { benchWatch.on = false; return [benchWatch.intervals, benchWatch.long]; }")
        self._let_go(gesture)
        return Cost(found[0], found[1], per_event, busy)

    def _hold(self, gesture: str) -> None:
        if gesture == "drag":
            self.page.mouse.down()
        elif gesture == "zoom":
            self.page.keyboard.down("Control")

    def _let_go(self, gesture: str) -> None:
        if gesture == "drag":
            self.page.mouse.up()
        elif gesture == "zoom":
            self.page.keyboard.up("Control")

    def _step(self, gesture: str, step: int, x: float, y: float) -> None:
        if gesture == "pan":
            self.page.mouse.wheel(25 if step % 80 < 40 else -25, 15 if step % 120 < 60 else -15)
        elif gesture == "zoom":
            self.page.mouse.wheel(0, -20 if step % 100 < 50 else 20)
        elif gesture == "drag":
            self.page.mouse.move(x + step % 50 * 4, y + step % 30 * 4)
