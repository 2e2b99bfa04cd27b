// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Options } from '../../src/ui/options/options.tsx';
import { shortcuts } from '../../src/ui/host/shortcuts.ts';
import type { SocketEdge } from '../../src/ui/options/test-server.ts';
import { fakeHost, type Scene } from './fake-host.ts';

afterEach(cleanup);

/** A server that does, at once after it was reached, what the test says. */
class FakeSocket implements SocketEdge {
  readonly listeners = new Map<string, (event: { data: unknown }) => void>();
  readonly act: (socket: FakeSocket) => void;
  closed = false;
  constructor(act: (socket: FakeSocket) => void) {
    this.act = act;
    setTimeout(() => act(this));
  }
  addEventListener(type: string, listener: (event: { data: unknown }) => void) {
    this.listeners.set(type, listener);
  }
  emit(type: string, data?: unknown) {
    this.listeners.get(type)?.({ data });
  }
  close() {
    this.closed = true;
  }
}

const open = async (scene: Scene = {}, server: (socket: FakeSocket) => void = () => undefined) => {
  const fake = fakeHost({ displayName: 'Noor', ...scene });
  const sockets: FakeSocket[] = [];
  const reached: string[] = [];
  const openSocket = (url: string) => {
    reached.push(url);
    const socket = new FakeSocket(server);
    sockets.push(socket);
    return socket;
  };
  render(<Options host={fake.host} openSocket={openSocket} welcome={false} />);
  await screen.findByLabelText('Server address');
  return { ...fake, sockets, reached };
};
const press = (name: string | RegExp, nth = 0) => {
  const button = screen.getAllByRole('button', { name })[nth];
  if (button) fireEvent.click(button);
};
const type = (name: string, value: string) =>
  fireEvent.input(screen.getByLabelText(name), { target: { value } });
const hello = (payload: object) =>
  JSON.stringify({ v: 1, type: 'server/hello', payload: { v: 1, nowMs: 1, ...payload } });

describe('the name', () => {
  it('is saved, and says so', async () => {
    const { stored } = await open();
    type('Your name', ' Ana ');
    press('Save');
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(stored.settings).toMatchObject({ displayName: 'Ana' });
  });

  it('must not be empty', async () => {
    await open();
    type('Your name', ' ');
    press('Save');
    expect(screen.getByText(/Type a name/).getAttribute('role')).toBe('alert');
  });
});

describe('the server', () => {
  it('is saved in one spelling', async () => {
    const { stored } = await open();
    type('Server address', 'Party.Example.com/');
    press('Save', 1);
    await screen.findByText('Saved');
    expect(stored.settings).toMatchObject({ serverUrl: 'wss://party.example.com' });
    expect(screen.getByLabelText<HTMLInputElement>('Server address').value).toBe('wss://party.example.com');
  });

  it('is read out of an invite link', async () => {
    const { stored } = await open();
    type('Server address', 'https://a.example/join/film');
    press('Save', 1);
    await screen.findByText('Saved');
    expect(stored.settings).toMatchObject({ serverUrl: 'wss://a.example' });
  });

  it('is refused with what to do, and nothing is saved', async () => {
    const { stored } = await open();
    type('Server address', 'not an address');
    press('Save', 1);
    expect(screen.getByText(/This is not an address/).getAttribute('role')).toBe('alert');
    expect(stored.settings).toMatchObject({ serverUrl: 'wss://party.example.org' });
  });

  it('warns where others can read along', async () => {
    await open();
    type('Server address', 'ws://192.168.1.20:8787');
    expect(screen.getByText(/not encrypted/)).toBeTruthy();
  });

  it.each<[string, (socket: FakeSocket) => void, RegExp]>([
    [
      'that greets',
      (socket) => socket.emit('message', hello({ caps: ['clock'] })),
      /^A StreamSync server answered/,
    ],
    ['of v1 only', (socket) => socket.emit('message', hello({})), /^A basic StreamSync server/],
    ['of another kind', (socket) => socket.emit('message', '{"hello":"world"}'), /not a StreamSync server/],
    ['that is not there', (socket) => socket.emit('error'), /Nothing answers/],
    [
      'that hangs up silently',
      (socket) => {
        socket.emit('open');
        socket.emit('close');
      },
      /not a StreamSync server/,
    ],
  ])('%s is told apart when tested', async (_, server, words) => {
    const { sockets, reached } = await open({}, server);
    press('Test connection');
    expect(await screen.findByText(words)).toBeTruthy();
    expect(reached).toEqual(['wss://party.example.org']);
    expect(sockets[0]?.closed).toBe(true);
  });
});

describe('the sites', () => {
  it('can each be taken back', async () => {
    await open({ granted: ['https://www.youtube.com/*', 'http://localhost/*'] });
    fireEvent.click(await screen.findByRole('button', { name: 'Remove www.youtube.com' }));
    expect(await screen.findByText('www.youtube.com was removed.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove www.youtube.com' })).toBeNull());
    expect(screen.getByRole('button', { name: 'Remove http://localhost' })).toBeTruthy();
  });

  it('are none at first', async () => {
    await open();
    expect(await screen.findByText(/None yet/)).toBeTruthy();
  });
});

describe('the keys', () => {
  it('are shown as they are now, also after they were changed elsewhere, and are changed in the browser', async () => {
    const keys = { does: 'Write in the chat', name: 'chat' };
    const scene = { shortcuts: [{ ...keys, keys: 'Alt+Shift+K' }] };
    const { acts, host } = await open(scene);
    expect(await screen.findByText('Alt+Shift+K')).toBeTruthy();
    press('Change the keys');
    expect(acts).toEqual(['change shortcuts']);
    host.shortcuts.list = () => Promise.resolve([{ ...keys, keys: '' }]);
    window.dispatchEvent(new Event('focus'));
    expect(await screen.findByText('no key')).toBeTruthy();
  });

  it('have our words for what the browser has none for', async () => {
    const getAll = () =>
      Promise.resolve([
        { name: '_execute_action', description: '', shortcut: 'Alt+Shift+S' },
        { name: 'chat', description: 'Write in the chat' },
      ]);
    expect(await shortcuts({ getAll }, () => undefined).list()).toEqual([
      { name: '_execute_action', does: 'Open StreamSync, as by its icon', keys: 'Alt+Shift+S' },
      { name: 'chat', does: 'Write in the chat', keys: '' },
    ]);
  });

  it('are changed where each browser has a place for it', () => {
    const getAll = () => Promise.resolve([]);
    const openTab = vi.fn();
    shortcuts({ getAll }, openTab).change();
    expect(openTab).toHaveBeenCalledExactlyOnceWith('chrome://extensions/shortcuts');
    const openShortcutSettings = vi.fn(() => Promise.resolve());
    shortcuts({ getAll, openShortcutSettings }, openTab).change();
    expect(openShortcutSettings).toHaveBeenCalledOnce();
    expect(openTab).toHaveBeenCalledOnce();
  });
});

it('welcomes who has just installed it', async () => {
  const { host } = fakeHost();
  render(<Options host={host} openSocket={() => new FakeSocket(() => undefined)} welcome />);
  expect(await screen.findByRole('heading', { name: /Watch together/ })).toBeTruthy();
  expect(screen.getByText('Pin StreamSync')).toBeTruthy();
});
