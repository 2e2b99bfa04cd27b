/** A fault put in by hand, and the tests of which one at least has to notice it. */
export interface Defect {
  what: string;
  file: string;
  /** Occurs once in that file. */
  from: string;
  to: string;
  tests: readonly string[];
}

const FRAME = ['test/player/frame'];
const CORE = ['test/background'];
const PORTS = ['test/messaging/reconnecting-port.test.ts'];
const CALL = ['test/background/call-desk.test.ts'];
const ARRIVAL = ['test/party/content-arrival.test.ts', ...FRAME];

const runtime = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/player/frame/frame-runtime.ts',
  tests: FRAME,
});
const core = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/background/party-core.ts',
  tests: CORE,
});
const tab = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/background/party-tab.ts',
  tests: CORE,
});
const frames = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/background/frames.ts',
  tests: CORE,
});
const tracker = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/player/frame/content-tracker.ts',
  tests: FRAME,
});
const arrival = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/party/content-arrival.ts',
  tests: ARRIVAL,
});
const port = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/messaging/reconnecting-port.ts',
  tests: PORTS,
});
const call = (what: string, from: string, to = ''): Defect => ({
  ...{ what, from, to },
  file: 'src/background/call-desk.ts',
  tests: CALL,
});

export const DEFECTS: readonly Defect[] = [
  runtime('a new background is not told of the video', '    this.#askForTimeline();\n    this.#askClock();'),
  runtime(
    'a timeline is followed while the content id is awaited',
    'message, this.#tracker.awaitsId',
    'message, false',
  ),
  runtime(
    'a touch in another frame is no input',
    'return input.touched(nowMs() - message.ageMs);',
    'return;',
  ),
  runtime('a frame drives that was told not to', 'this.#drives = message.on;', 'this.#drives = true;'),
  runtime('another state is reported a second late', '    this.#reportStatus(true);\n'),
  runtime('what was followed is followed at another address', '    this.#driver.pageWent();\n'),
  runtime('a frame that is sent away stays', 'return lifetime.abort();', 'return;'),
  runtime('a page that turns live keeps its adapter', 'this.#host.showsLive() !== this.#isLive', 'false'),
  runtime('ads seen before a reload are forgotten', 'this.#adsSeen = message.ads;', 'void message.ads;'),
  runtime('the clock is asked once', 'const CLOCK_BURST = 5;', 'const CLOCK_BURST = 1;'),
  runtime(
    'an embedded frame does not say that it has another video',
    'if (!this.#host.isTop) this.send',
    'if (false) this.send',
  ),
  runtime(
    'a removed extension leaves its script behind',
    'unloaded: () => host.lifetime.abort(),',
    'unloaded: () => undefined,',
  ),
  core('messages of other tabs count', 'else if (frame.tabId !== this.tabId) return;\n', ''),
  core(
    'a background that was started again does not look into its tab',
    'await this.tab.enter();\n    else',
    'void 0;\n    else',
  ),
  core('what a user did is not stored at once', '      this.#runner.keep();\n'),
  core(
    'the tab that was left keeps its scripts',
    '      this.frames.dismiss(tabId);\n      this.#seenAds.forget();\n',
    '      this.#seenAds.forget();\n',
  ),
  core(
    'the scripts of a tab that was only looked into stay',
    'tabId === this.tabId || this.#host.isProbing(tabId)',
    'true',
  ),
  core(
    'a closed tab still takes part',
    "      this.#runner.dispatch({ type: 'tab', tabId: null, share: false });\n    });",
    '    });',
  ),
  core('what pages ask by themselves counts as an act', '!BY_PAGES.has(command.type)', 'true'),
  tab(
    'an intent of any frame counts',
    "        if (!this.#drives(frame)) return;\n        this.#host.dispatch({ type: 'act'",
    "        this.#host.dispatch({ type: 'act'",
  ),
  tab(
    'a page that went on is not told anew',
    '        // A page that goes on has left what its player followed.\n        this.#told = null;\n',
  ),
  tab(
    'a player is not told that its intent was seen',
    'offset, driver.intentsSeen, offsetMs]',
    'offset, offsetMs]',
  ),
  tab('who shows something else is not away', "return elsewhere ? 'away' : state;", 'return state;'),
  tab('the end of an ad is not told', "interruption?.kind !== 'ad' ||", 'true ||'),
  tab(
    'a frame’s video is taken for the next one before it is there',
    'ofFrame ? this.#arrival.contentNow(named, this.#host.nowMs()) : named',
    'named',
  ),
  frames(
    'a frame’s page counts as the tab’s',
    'frame.page = frame.frameId === 0 ? message : null',
    'frame.page = message',
  ),
  frames('a frame takes over for a little', 'const TAKEOVER_FACTOR = 1.5;', 'const TAKEOVER_FACTOR = 1;'),
  frames(
    'a frame that was sent away is listened to',
    '    if (!this.#frames.has(frame.port)) return;\n    const parsed',
    '    const parsed',
  ),
  frames(
    'a touch is not told to the other frames',
    'if (other !== frame) handleOf',
    'if (other === frame) handleOf',
  ),
  tracker('the end of a video is no reason to await an id', '(idFromUrl && !atEnd)', 'idFromUrl'),
  tracker('the source of our own jump is taken for another video', ' || explainedBySeek()', ''),
  tracker('an embedded frame’s address counts as the page’s', '!isTop || ', ''),
  arrival('the old video passes for what the page names', 'const isStale =', 'const isStale = false &&'),
  arrival(
    'the next video’s length is told of the one before',
    'if (content && awaitsId && this.#last',
    'if (false && this.#last',
  ),
  port(
    'a port that was lost is not opened again',
    '      this.#events.lost?.();\n      this.#retry();',
    '      this.#events.lost?.();',
  ),
  port('a background that lives is tried as slowly as one that does not', '      this.#retries = 0;\n'),
  port(
    'a port that was left is listened to',
    '    port.onMessage.addListener((raw) => {\n      if (this.#port !== port) return;',
    '    port.onMessage.addListener((raw) => {',
  ),
  port(
    'an ended port is opened again',
    '    if (this.#signal.aborted) return;\n    let port',
    '    let port',
  ),
  call('signals are lost while the page of the call is loaded anew', 'this.#early.keep(news);', 'void 0;'),
  call('a page that lost the call still speaks', '      if (this.#holder !== page) return;\n'),
  call('the first page keeps the call', '?? this.#pages.at(-1) ??', '?? this.#pages.at(0) ??'),
  call(
    'a page of another tab holds the call',
    'if (tabId === this.#edges.session()?.tab.tabId) this.#add({ port, isPanel: false });\n    else port.disconnect();',
    'this.#add({ port, isPanel: false });',
  ),
];
