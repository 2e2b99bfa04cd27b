import { browser } from 'wxt/browser';

/** Wakes a background that died all the same; half a minute is the shortest that Chromium allows. */
export const WATCHDOG = 'watchdog';
export const WATCHDOG_EVERY_MIN = 0.5;
/**
 * Firefox stops an idle event page after 30 s and counts extension calls only, not what a socket receives; Chromium
 * counts both. Measured: a call each 5 s keeps both alive.
 */
const CALL_EVERY_MS = 5000;

let timer: ReturnType<typeof setInterval> | undefined;

/** While a party is on, the browser must not take the background for idle. */
export function keepAwake(on: boolean): void {
  clearInterval(timer);
  if (on) {
    timer = setInterval(() => void browser.runtime.getPlatformInfo(), CALL_EVERY_MS);
    void browser.alarms.create(WATCHDOG, { periodInMinutes: WATCHDOG_EVERY_MIN });
  } else void browser.alarms.clear(WATCHDOG);
}
