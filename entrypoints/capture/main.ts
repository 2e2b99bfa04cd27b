import '../../src/messaging/no-eval.ts';
import { browser } from 'wxt/browser';
import { PORTS } from '../../src/messaging/runtime-port.ts';
import { hostCapture } from '../../src/call/capture-host.ts';

// No page of a site may frame it, and a tab has no use for it: it answers only to the background it connects to.
const port = browser.runtime.connect({ name: PORTS.capture });
port.onMessage.addListener(hostCapture(navigator.mediaDevices, (word) => port.postMessage(word)));
// The background ends the document with the call; one that was stopped itself comes back and makes another.
port.onDisconnect.addListener(() => window.close());
