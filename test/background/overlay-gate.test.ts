import { expect, it, vi } from 'vitest';
import { FakePort } from '../support/fake-port.ts';

vi.mock('wxt/browser', () => ({
  browser: { runtime: { id: 'ours', getURL: (path: string) => `chrome-extension://ours${path}` } },
}));
const { isOverlayPage, OverlayGate } = await import('../../src/background/overlay-gate.ts');

const SECRET = 'a'.repeat(36);
const TAB = 7;
const overlay = {
  id: 'ours',
  url: 'chrome-extension://ours/overlay.html',
  documentId: 'document-1',
  tab: { id: TAB },
  frameId: 3,
};

function gate() {
  const admitted = vi.fn();
  const made = new OverlayGate((secret) => (secret === SECRET ? TAB : null));
  const open = (sender: object) => {
    const port = new FakePort('overlay', sender);
    made.add(port, admitted);
    return port;
  };
  return { gate: made, open, admitted };
}

it('lets in an overlay that knows the secret of a tab’s script, once', () => {
  const { gate: made, open, admitted } = gate();
  const port = open(overlay);
  expect(made.has(overlay)).toBe(false);
  port.say({ secret: SECRET });
  port.say({ secret: SECRET });
  expect(admitted).toHaveBeenCalledExactlyOnceWith(TAB);
  expect(made.has(overlay)).toBe(true);
});

it.each([
  ['knows no secret', overlay, {}],
  ['knows another secret', overlay, { secret: 'b'.repeat(36) }],
  ['is a page of a site', { ...overlay, url: 'https://films.example/overlay.html' }, { secret: SECRET }],
  ['is of another extension', { ...overlay, id: 'theirs' }, { secret: SECRET }],
  ['is another page of ours', { ...overlay, url: 'chrome-extension://ours/popup.html' }, { secret: SECRET }],
])('closes the port of one that %s', (_, sender, claim) => {
  const { gate: made, open, admitted } = gate();
  const port = open(sender);
  port.say(claim);
  expect(admitted).not.toHaveBeenCalled();
  expect(port.closed).toBe(true);
  expect(made.has(sender)).toBe(false);
});

it('forgets an overlay whose port has closed', () => {
  const { gate: made, open } = gate();
  const port = open(overlay);
  port.say({ secret: SECRET });
  port.drop();
  expect(made.has(overlay)).toBe(false);
});

it('tells one document from another in the same tab', () => {
  const { gate: made, open } = gate();
  open(overlay).say({ secret: SECRET });
  expect(made.has({ ...overlay, documentId: 'document-2' })).toBe(false);
});

it('knows its page by its address, whatever follows that', () => {
  expect(isOverlayPage('chrome-extension://ours/overlay.html?x#y')).toBe(true);
  expect(isOverlayPage('chrome-extension://ours/overlay.html.evil')).toBe(false);
  expect(isOverlayPage(undefined)).toBe(false);
});
