import { browser } from 'wxt/browser';
import { toCall, type ToCall } from '../messaging/call-port.ts';
import { ReconnectingPort } from '../messaging/reconnecting-port.ts';
import { PORTS } from '../messaging/runtime-port.ts';
import { after } from '../messaging/throttle.ts';
import { localCapture } from '../rtc/capture.ts';
import { Mesh } from '../rtc/mesh.ts';
import { sessionArea } from '../messaging/session-area.ts';
import { captureProxy } from './capture-proxy.ts';
import { Call, type CallPort } from './call.ts';
import { volumeStore } from './participant-volume.ts';
import { callPrefs } from './prefs.ts';

/**
 * The call of this page, on the real browser; it lives as long as the page.
 *
 * @param claim What an overlay shows to be let in, once it knows; none for the panel beside the page.
 */
export async function createCall(window: Window, claim?: Promise<unknown>): Promise<Call> {
  const gone = new AbortController();
  const { signal } = gone;
  window.addEventListener('pagehide', () => gone.abort());
  let port: CallPort | null = null;
  const proxy = deniesCapture(window.document)
    ? captureProxy((word) => port?.send({ type: 'capture', word }))
    : null;
  // Firefox asks over any page and names the extension, but not beside one; Chromium can ask, and be told otherwise, only
  // in a page of its own.
  const canAsk = import.meta.env.FIREFOX && claim !== undefined;
  const prefs = callPrefs(browser.storage.local);
  const volumes = volumeStore(sessionArea(claim));
  const [claimed, prefsRead, volumesRead] = await Promise.all([claim, prefs.read(), volumes.read()]);
  const call = new Call(
    {
      connect: (heard) => (port = connectCall(claimed, heard, signal)),
      capture: proxy ?? localCapture(window.navigator.mediaDevices),
      captureHeard: (word) => proxy?.heard(word),
      createTransport: (myUserId, tracks, events) => new Mesh(myUserId, tracks, events),
      prefs,
      volumes,
      // In such a frame all is denied by the site, whatever the person has said: a capture that fails tells (`mayAsk`).
      mustAsk: () => (proxy || canAsk ? Promise.resolve(false) : mustAsk(window.navigator)),
      signal,
    },
    prefsRead,
    volumesRead,
  );
  window.addEventListener('online', () => call.networkChanged(), { signal });
  return call;
}

/** @param claim What an overlay shows to be let in; `undefined` for a page of the extension's own. */
function connectCall(claim: unknown, heard: (message: ToCall) => void, signal: AbortSignal): CallPort {
  const port = new ReconnectingPort<ToCall, unknown>(
    { connect: () => browser.runtime.connect({ name: PORTS.call }), after },
    (raw) => toCall.safeParse(raw).data ?? null,
    { message: heard, opened: () => claim !== undefined && port.send(claim) },
    signal,
  );
  port.open();
  return port;
}

/** Whether the site around forbids its frames a camera or microphone (Permissions Policy §5; only Chromium asks sites). */
function deniesCapture(
  document: Document & { featurePolicy?: { allowsFeature: (name: string) => boolean } },
): boolean {
  const { featurePolicy } = document;
  return (
    featurePolicy !== undefined &&
    !['camera', 'microphone'].every((name) => featurePolicy.allowsFeature(name))
  );
}

async function mustAsk({ permissions }: Navigator): Promise<boolean> {
  const asked = (['camera', 'microphone'] as const).map((name) =>
    permissions.query({ name }).catch(() => null),
  );
  const known = (await Promise.all(asked)).flatMap((status) => status ?? []);
  return known.length > 0 && known.every(({ state }) => state !== 'granted');
}
