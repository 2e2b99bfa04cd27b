import { browser } from 'wxt/browser';
import { Frames, type FrameHandle } from '../../../src/background/frames.ts';
import { injectBridge, injectPlayer } from '../../../src/background/browser-tabs.ts';
import { PORTS } from '../../../src/messaging/runtime-port.ts';
import { Throttle } from '../../../src/messaging/throttle.ts';
import { HARNESS_CONFIG, harnessConfig, toHarness, type FromHarness, type ToHarness } from './words.ts';

/*
 * The background of an extension that only tests have: it puts the product's player script into every page, chooses the frame
 * with the film as the product does, answers the clock at once, and passes all other words on to the test and back.
 */
const ENTER_EVERY_MS = 500;
const entering = new Map<number, Throttle>();
/** Words for a test that is not connected yet. */
let waiting: FromHarness[] = [];
let socket: WebSocket | null = null;

const frames = new Frames({
  adsOf: () => [],
  filmChanged: (tabId) => {
    const driver = frames.driver(tabId);
    const seen = driver && { isTop: driver.frameId === 0, seen: driver.intentsSeen };
    tell({ on: 'driver', tabId, driver: seen });
  },
  message: (frame, message) => {
    const { tabId, frameId, intentsSeen } = frame;
    if (message.type === 'clock') answerClock(frame, message.t1Ms);
    else if (message.type === 'bridge') void injectBridge(frame);
    else if (message.type === 'frames_changed') enterAgain(tabId);
    else {
      const drives = frames.driver(tabId)?.key === frame.key;
      tell({ on: 'said', tabId, isTop: frameId === 0, drives, seen: intentsSeen, message });
    }
  },
  left: () => undefined,
});

browser.runtime.onConnect.addListener((port) => {
  if (port.name === PORTS.player) frames.add(port);
});
browser.tabs.onUpdated.addListener((tabId, { status }) => {
  if (status !== undefined) void injectPlayer(tabId, status === 'loading' ? { overlay: false } : null);
});
void connect();

async function connect(): Promise<void> {
  const file = await fetch(`/${HARNESS_CONFIG}`);
  const { port } = harnessConfig.parse(await file.json());
  const connected = new WebSocket(`ws://127.0.0.1:${port}`);
  connected.onopen = () => {
    socket = connected;
    tell({ on: 'hello', timeOriginMs: performance.timeOrigin });
    for (const word of waiting) tell(word);
    waiting = [];
  };
  connected.onmessage = ({ data }) => void obey(toHarness.parse(JSON.parse(String(data))));
}

function tell(word: FromHarness): void {
  if (socket) socket.send(JSON.stringify(word));
  else waiting.push(word);
}

async function obey(word: ToHarness): Promise<void> {
  if (word.do === 'tell') {
    frames.driver(word.tabId)?.send(word.message);
    return;
  }
  const window = await browser.windows.create({ url: 'about:blank', width: 950, height: 850 });
  const tabId = window?.tabs?.[0]?.id;
  if (tabId === undefined) throw new Error('the browser opened no window');
  tell({ on: 'opened', ask: word.ask, tabId });
}

/** The server's clock is this machine's, which every page knows too. */
function answerClock(frame: FrameHandle, t1Ms: number): void {
  const t2Ms = performance.now();
  const server = { offsetMs: performance.timeOrigin, boundMs: 0 };
  frame.send({ type: 'clock', t1Ms, t2Ms, t3Ms: performance.now(), server });
}

function enterAgain(tabId: number): void {
  const again = entering.get(tabId) ?? new Throttle(() => void injectPlayer(tabId), ENTER_EVERY_MS);
  entering.set(tabId, again);
  again.ask();
}
