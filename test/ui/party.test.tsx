// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { PartyView } from '../../src/messaging/view.ts';
import { App } from '../../src/ui/app.tsx';
import { fakeHost, type Scene } from './fake-host.ts';
import { party, SCENES } from './scenes.ts';

afterEach(cleanup);

const open = async (change: Partial<PartyView> = {}, scene: Scene = {}) => {
  const fake = fakeHost({ ...SCENES.party, view: party(change), ...scene });
  render(<App host={fake.host} />);
  await screen.findByRole('list', { name: 'Members' });
  await new Promise((resolve) => setTimeout(resolve));
  return fake;
};
const guest = SCENES['party-guest']?.view?.party ?? {};
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const members = () => within(screen.getByRole('list', { name: 'Members' })).getAllByRole('listitem');

describe('the head of a party', () => {
  it('names the room and says in words that it is connected', async () => {
    await open();
    expect(screen.getByRole('heading', { name: 'amber-otter-paints-4821' })).toBeTruthy();
    expect(screen.getByText('Connected')).toBeTruthy();
  });

  it('counts down to the next attempt outside what is read aloud, and can be hurried', async () => {
    const { asked } = await open({ connection: 'waiting', retryAtMs: Date.now() + 2900 });
    expect(screen.getByText('Connection lost').closest('[role=status]')).toBeTruthy();
    expect(screen.getByText('Reconnecting in 3 s').closest('[role=status]')).toBeNull();
    press('Try now');
    expect(asked).toEqual([{ type: 'reconnect_now' }]);
  });

  it('is left by one press', async () => {
    const { asked } = await open();
    press('Leave');
    expect(asked).toEqual([{ type: 'leave' }]);
  });
});

describe('the invite', () => {
  it('is copied, and says so aloud', async () => {
    const { acts } = await open();
    press('Copy invite link');
    expect(acts).toEqual([
      'copy https://party.example.org/join/amber-otter-paints-4821#k=q83vEjRWeJASNFZ4kBI0Vg',
    ]);
    expect((await screen.findByText(/^Copied/)).getAttribute('role')).toBe('status');
  });

  it('is shown marked where the clipboard is closed', async () => {
    await open({}, { clipboard: 'closed' });
    press('Copy invite link');
    const link = await screen.findByLabelText<HTMLInputElement>('Invite link');
    expect(link.selectionEnd).toBe(link.value.length);
  });

  it('is shown to a phone as a code of dark on white', async () => {
    await open();
    press('QR code');
    const code = await screen.findByRole('img', { name: 'QR code of the invite link' });
    expect(code.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
    expect(code.querySelector('path')?.getAttribute('d')).toMatch(/^(M\d+ \d+h1v1h-1z){300,}$/);
  });

  it('is shared where the system can', async () => {
    const { acts } = await open({}, { shares: true });
    press('Share…');
    expect(acts[0]).toMatch(/^share https:.*#k=/);
  });

  it('[KEY-3] of a room without a key is said to be open to whoever knows its name', async () => {
    await open({ keyed: false });
    expect(screen.getByText(/whoever knows its name/)).toBeTruthy();
  });

  it('to a server on this computer is said to work only here', async () => {
    await open({ serverUrl: 'ws://127.0.0.1:8787' });
    expect(screen.getByText(/works only here/)).toBeTruthy();
  });
});

describe('[KEY-2] a link without its key', () => {
  const whole = 'https://party.example.org/join/amber-otter-paints-4821#k=3q2-7wAAAAAAAAAAAAAAAA';
  const paste = (value: string) => {
    fireEvent.input(screen.getByLabelText('The whole invite link'), { target: { value } });
    press('Join');
  };

  it('is mended by the whole one, in one step', async () => {
    const { asked } = await open(
      { connection: 'stopped', problems: ['key_refused'] },
      { displayName: 'Noor' },
    );
    paste(`Come! ${whole}`);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({
      ...{ type: 'join', serverUrl: 'wss://party.example.org', roomId: 'amber-otter-paints-4821' },
      ...{ roomKey: '3q2-7wAAAAAAAAAAAAAAAA', displayName: 'Noor', tabId: 7, goToContent: false },
    });
  });

  it('is said to be no better the second time, and is kept', async () => {
    const { asked } = await open({ connection: 'stopped', problems: ['key_refused'] });
    paste(whole.replace(/#.*/, ''));
    expect(await screen.findByText(/incomplete too/)).toBeTruthy();
    expect(screen.getByLabelText('The whole invite link')).toHaveProperty('value', whole.replace(/#.*/, ''));
    expect(asked).toEqual([]);
  });
});

describe('what is on', () => {
  it('has its title, site and state', async () => {
    await open({ playback: { playing: true, rate: 1.5, held: null } });
    expect(screen.getByText('Big Buck Bunny')).toBeTruthy();
    expect(screen.getByText('Playing ×1.5 · youtube.com')).toBeTruthy();
  });

  it('leads there when my tab is elsewhere', async () => {
    const { asked } = await open({ problems: ['other_content'] });
    expect(screen.getByText(/watching something else/).closest('[role=alert]')).toBeTruthy();
    press('Come along to youtube.com');
    expect(asked).toEqual([{ type: 'go_to_content', origin: 'https://www.youtube.com' }]);
  });

  it('names where the way back leads: anybody may have told the address', async () => {
    const content = { contentId: 'x', url: 'http://192.168.1.1/reboot' };
    const { asked } = await open({ takeAlong: { title: 'Sintel' }, content });
    press('Back to the party on 192.168.1.1');
    expect(asked).toEqual([{ type: 'go_to_content', origin: 'http://192.168.1.1' }]);
  });

  it('offers no way to where nobody can go', async () => {
    await open({ problems: ['other_content'], content: { contentId: 'my own file' } });
    expect(screen.queryByRole('button', { name: /Come along/ })).toBeNull();
  });

  it('can be watched in the tab at hand instead', async () => {
    const { asked, acts } = await open({}, { tab: { id: 9, url: 'https://films.example/' } });
    press('Watch here instead');
    expect(acts).toEqual(['request https://films.example/*', 'use_tab']);
    expect(asked).toEqual([{ type: 'use_tab', tabId: 9 }]);
  });
});

describe('the members', () => {
  it('are named with their state in words and their drift', async () => {
    await open();
    expect(members().map((each) => each.textContent)).toEqual([
      expect.stringMatching(/Noor \(you\).*In sync.*−1 ms ±2/),
      expect.stringMatching(/Ana Lima.*In sync.*\+3 ms ±2/),
      expect.stringMatching(/Jo.*Buffering/),
    ]);
  });

  it('show the host by more than a picture', async () => {
    await open(guest);
    const host = screen.getByRole('img', { name: 'Host' }).closest('li');
    expect(host?.textContent).toMatch(/Ana Lima/);
  });

  it('can be handed the party by the host', async () => {
    const { asked } = await open();
    press(/Make host of the party: Ana Lima/);
    press(/Remove from the party: Jo/);
    expect(asked).toEqual([{ type: 'hand_over', userId: 'ana' }]);
    press('Remove and lock');
    fireEvent.click(screen.getByRole('switch', { name: /Lock the party/ }));
    expect(asked.slice(1)).toEqual([
      { type: 'remove', userId: 'jo' },
      { type: 'set_lock', locked: true },
    ]);
  });

  it('cannot be handed it by anyone else', async () => {
    await open(guest);
    expect(screen.queryByRole('button', { name: /Make host/ })).toBeNull();
  });
});

describe('who controls', () => {
  it('is the host’s choice', async () => {
    const { asked } = await open();
    fireEvent.click(screen.getByRole('radio', { name: 'Only me' }));
    expect(asked).toEqual([{ type: 'set_control', control: 'host' }]);
  });

  it('shows what the party has, not what was pressed', async () => {
    const { answer } = await open();
    answer(() => ({ ok: false, message: 'This server knows no roles.' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Only me' }));
    expect(await screen.findByText('This server knows no roles.')).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Everyone' }).checked).toBe(true);
  });

  it('is told to the others by name', async () => {
    await open(guest);
    expect(screen.getByText(/Only/).textContent).toMatch(/^Only Ana Lima can play, pause and seek\./);
    expect(screen.queryByRole('radio')).toBeNull();
  });
});

describe('a problem', () => {
  it('with the site asks for it in the click', async () => {
    const { acts } = await open({ problems: ['site_not_permitted'] });
    press('Allow this site');
    expect(acts).toEqual(['request https://www.youtube.com/*']);
  });

  it('with the server leads to the options', async () => {
    const { acts } = await open({ problems: ['server_refused'] });
    press('Check the server');
    expect(acts).toEqual(['open options']);
  });

  it('of a closed tab offers the one at hand', async () => {
    const { asked } = await open(
      { problems: ['tab_gone'], tabId: null },
      { granted: ['https://www.youtube.com/*'] },
    );
    press('Watch in this tab');
    expect(asked).toEqual([{ type: 'use_tab', tabId: 7 }]);
  });
});
