// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { App } from '../../src/ui/app.tsx';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import { panelOpener } from '../../src/ui/panel/open-panel.ts';
import { tellPresence } from '../../src/ui/panel/presence.ts';
import { fakeHost } from './fake-host.ts';
import { NO_PARTY, party, said, SCENES } from './scenes.ts';

afterEach(cleanup);

describe('the panel is opened', () => {
  const currentWindowId = () => Promise.resolve(3);
  const refusing = () => Promise.reject(new Error('needs a gesture'));

  it('in Chromium for the window of the page', async () => {
    const open = vi.fn(() => Promise.resolve());
    expect(await panelOpener({ sidePanel: { open }, currentWindowId })?.()).toBe(true);
    expect(open).toHaveBeenCalledWith({ windowId: 3 });
  });

  it('in Firefox within the press itself, which it asks for', () => {
    const open = vi.fn(() => Promise.resolve());
    void panelOpener({ sidebarAction: { open }, currentWindowId })?.();
    expect(open).toHaveBeenCalledOnce();
  });

  it('nowhere else', () => {
    expect(panelOpener({ currentWindowId })).toBeNull();
  });

  it('or the person is told where to find it', async () => {
    expect(await panelOpener({ sidebarAction: { open: refusing }, currentWindowId })?.()).toBe(false);
    render(<App host={fakeHost({ ...SCENES.party, panel: 'refused' }).host} />);
    fireEvent.click(await screen.findByRole('button', { name: 'Open beside the page' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/list of side panels/);
  });
});

describe('the panel', () => {
  it('looks into no tab that the person merely goes to, and says which one a party will be in', async () => {
    const { host, acts } = fakeHost({ ...SCENES.home, view: NO_PARTY, panel: 'itself' });
    const ask = vi.spyOn(host.link, 'ask');
    render(<App host={host} />);
    expect(await screen.findByText('The party will be in the tab in front, on youtube.com.')).toBeTruthy();
    expect(screen.getByText(/You are in no party/)).toBeTruthy();
    expect(ask).not.toHaveBeenCalled();
    expect(acts).toEqual([]);
  });

  it('says what to do where the browser hides the tab', async () => {
    render(<App host={fakeHost({ view: NO_PARTY, tab: { id: 7 }, panel: 'itself' }).host} />);
    expect(await screen.findByText(/press StreamSync’s icon in the toolbar once/)).toBeTruthy();
  });

  it('is told of only while it can be seen', () => {
    const open = new Set<object>();
    const connect = ({ name }: { name: string }) => {
      const port = {
        name,
        onMessage: { addListener: () => undefined },
        onDisconnect: { addListener: () => undefined },
        postMessage: () => undefined,
        disconnect: () => void open.delete(port),
      };
      open.add(port);
      return port;
    };
    const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    tellPresence(page, { connect, sendMessage: () => Promise.resolve() });
    expect(open.size).toBe(1);
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(open.size).toBe(0);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    expect(open.size).toBe(1);
  });
});

describe('over the film', () => {
  const line = { tell: () => undefined, listen: () => undefined };
  const old = said('1', 'ana', 'Ana', 'old');
  const news = said('2', 'ana', 'Ana', 'news');

  it('the chat folds when the panel shows it, and can be unfolded nevertheless', async () => {
    const fake = fakeHost(SCENES.party);
    render(<Overlay host={fake.host} line={line} start={{ where: 'film', open: true, canPopOut: true }} />);
    expect(screen.getByRole('log')).toBeTruthy();
    await act(() => fake.push(party({ panelOpen: true })));
    expect(screen.queryByRole('log')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: /^Open the party/ }));
    await act(() => fake.push(party({ panelOpen: true, offsetMs: 10 })));
    expect(screen.getByRole('log')).toBeTruthy();
  });

  it('what is said is neither counted nor shown while the panel shows it, and is as soon as it does not', async () => {
    const fake = fakeHost({ ...SCENES.party, view: party({ chat: [old], panelOpen: true }) });
    render(<Overlay host={fake.host} line={line} start={{ where: 'film', open: false, canPopOut: true }} />);
    await act(() => fake.push(party({ chat: [old, news], panelOpen: true })));
    expect(screen.getByRole('button').textContent).toBe('Open the party');
    expect(screen.queryByText('news')).toBeNull();
    const last = said('3', 'ana', 'Ana', 'last');
    await act(() => fake.push(party({ chat: [old, news, last], panelOpen: false })));
    expect(screen.getByRole('button').textContent).toContain('1 new message');
    expect(screen.getByText('last')).toBeTruthy();
  });
});
