// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withCertificate } from '../../src/protocol/index.ts';
import { App } from '../../src/ui/app.tsx';
import { fakeHost, type Scene } from './fake-host.ts';
import { NO_PARTY, party, SCENES } from './scenes.ts';

afterEach(cleanup);

const open = async (scene: Scene | undefined) => {
  const fake = fakeHost(scene);
  render(<App host={fake.host} />);
  await screen.findByRole('heading', { name: /StreamSync|-\d{4}$/ });
  return fake;
};
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('before the background answered', () => {
  it('says that it starts', async () => {
    render(<App host={fakeHost(SCENES.starting).host} />);
    expect(await screen.findByText(/is starting/)).toBeTruthy();
  });
});

describe('starting a party', () => {
  it('makes one of the suggested name on the own server with the active tab, under the remembered name', async () => {
    const { asked } = await open(SCENES.home);
    const name = field('Party name').value;
    expect(name).toMatch(/^[a-z]+-[a-z]+-[a-z]+$/);
    await screen.findByText('A video was found on youtube.com.');
    press('Start a party');
    expect(asked).toEqual([
      {
        type: 'start',
        serverUrl: 'wss://party.example.org',
        name,
        displayName: 'Noor',
        tabId: 7,
      },
    ]);
  });

  it('suggests another name on demand, and takes one of the person’s own', async () => {
    const { asked } = await open(SCENES.home);
    const before = field('Party name').value;
    press('Make up another name');
    expect(field('Party name').value).not.toBe(before);
    type('Party name', ' film night ');
    press('Start a party');
    expect(asked[0]).toMatchObject({ type: 'start', name: 'film night' });
  });

  it('asks for a name first and says why', async () => {
    const { asked } = await open({ ...SCENES.home, displayName: '' });
    press('Start a party');
    expect(screen.getByText(/Type a name first/).getAttribute('role')).toBe('alert');
    expect(document.activeElement).toBe(field('Your name'));
    expect(asked).toEqual([]);
  });

  it('remembers the name', async () => {
    const { stored } = await open({ ...SCENES.home, displayName: '' });
    type('Your name', 'Noor ');
    press('Start a party');
    await settled();
    expect(stored.settings).toMatchObject({ displayName: 'Noor' });
  });

  it('asks for the site within the click, and starts without waiting for the answer', async () => {
    const { acts } = await open({ ...SCENES.home, granted: [] });
    await screen.findByText(/your browser asks about youtube.com/);
    press('Start a party');
    expect(acts).toEqual(['request https://www.youtube.com/*', 'start']);
  });

  it('does not ask for a site that was granted', async () => {
    const { acts } = await open(SCENES.home);
    await screen.findByText(/video was found/);
    press('Start a party');
    expect(acts).toEqual(['start']);
  });

  it('says why it failed', async () => {
    const { answer } = await open(SCENES.home);
    answer(() => ({ ok: false, message: 'That tab is gone.' }));
    press('Start a party');
    expect((await screen.findByText('That tab is gone.')).closest('[role=alert]')).toBeTruthy();
  });
});

describe('joining', () => {
  it('takes a room’s name to the own server', async () => {
    const { asked } = await open(SCENES.home);
    type('Invite link or party name', 'film night');
    press('Join');
    expect(asked[0]).toMatchObject({ roomId: 'film night', serverUrl: 'wss://party.example.org' });
  });

  it('recognises a pasted invite, names its server and goes there', async () => {
    const { asked } = await open(SCENES.home);
    type('Invite link or party name', 'Come! http://192.168.1.20:8787/join/film');
    expect(screen.getByText(/Invite to/).textContent).toMatch(/film on 192.168.1.20:8787.*not encrypted/);
    press('Join');
    expect(asked[0]).toMatchObject({ roomId: 'film', serverUrl: 'ws://192.168.1.20:8787' });
  });

  it('says what to do about a link that is no invite', async () => {
    const { asked } = await open(SCENES.home);
    type('Invite link or party name', 'https://films.example/');
    press('Join');
    expect(screen.getByText(/not an invite/).getAttribute('role')).toBe('alert');
    expect(asked).toEqual([]);
  });
});

describe('on an invite page', () => {
  it('offers the one thing to do, without asking for the page’s own site', async () => {
    const { acts, asked } = await open(SCENES.invite);
    await screen.findByText('You are invited');
    expect(screen.queryByRole('button', { name: 'Start a party' })).toBeNull();
    press(/^Join amber-otter-paints-4821$/);
    expect(acts).toEqual(['join']);
    expect(asked[0]).toMatchObject({
      serverUrl: 'wss://party.example.org',
      roomId: 'amber-otter-paints-4821',
      goToContent: true,
    });
  });

  it('names the server, and warns when others can read along', async () => {
    await open(SCENES['invite-exposed']);
    expect((await screen.findByText('192.168.1.20:8787')).tagName).toBe('STRONG');
    expect(screen.getByText(/not encrypted/)).toBeTruthy();
  });
});

describe('a link whose party’s name vouches for its key', () => {
  const key = 'q83vEjRWeJASNFZ4kBI0Vg';
  const roomId = withCertificate('film night', createHash('sha256').update(key).digest());
  const link = (fragment: string) =>
    `https://party.example.org/join/${encodeURIComponent(roomId)}${fragment}`;
  const at = (fragment: string) => ({ ...SCENES.invite, tab: { id: 7, url: link(fragment) } });

  it('is called by the name alone, and read as it was meant', async () => {
    const { asked } = await open(at(`#k%3D${key}).`));
    press('Join film night');
    expect(asked).toMatchObject([{ roomId, roomKey: key }]);
  });

  it.each([
    [`#k=${key}A`, /changed on its way/],
    ['', /incomplete/],
  ])('[LINK-2] is not joined by as it is: %j', async (fragment, problem) => {
    await open(at(fragment));
    expect((await screen.findByText(problem)).closest('[role=alert]')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Join film night' }).disabled).toBe(true);
  });

  it('[LINK-2] nor when it is pasted', async () => {
    const { asked } = await open(SCENES.home);
    const hashed = vi.spyOn(crypto.subtle, 'digest');
    type('Invite link or party name', link(`#k=${key}A`));
    await waitFor(() => expect(hashed).toHaveBeenCalled());
    await hashed.mock.results[0]?.value;
    await settled();
    hashed.mockRestore();
    press('Join');
    expect(screen.getByText(/changed on its way/)).toBeTruthy();
    expect(asked).toEqual([]);
  });
});

describe('the tab', () => {
  it('is offered for permission where the site is closed', async () => {
    const { acts } = await open(SCENES['home-first-time']);
    fireEvent.click(await screen.findByRole('button', { name: 'Allow on youtube.com' }));
    expect(acts).toEqual(['request https://www.youtube.com/*']);
  });

  it('is offered the permission its hidden player needs', async () => {
    const { acts } = await open(SCENES['home-hidden-player']);
    fireEvent.click(await screen.findByRole('button', { name: 'Allow player.example' }));
    expect(acts).toEqual(['request https://player.example/*']);
  });

  it('of the browser itself sends to the film first', async () => {
    await open(SCENES['home-browser-page']);
    expect(await screen.findByText(/Open the page with the film first/)).toBeTruthy();
  });
});

describe('the rest', () => {
  it('tells why the last party ended', async () => {
    await open(SCENES['home-browser-page']);
    expect(screen.getByText(/server did not answer/)).toBeTruthy();
  });

  it('names the server and leads to the options', async () => {
    const { acts } = await open(SCENES['home-first-time']);
    expect(screen.getByText('Server: this computer (127.0.0.1:8787)')).toBeTruthy();
    press('Options');
    expect(acts).toEqual(['open options']);
  });

  it('moves the keyboard to the party’s heading once it is joined', async () => {
    const { push } = await open({ ...SCENES.home, view: NO_PARTY });
    push(party());
    const heading = await screen.findByRole('heading', { name: 'amber-otter-paints-4821' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
  });
});

describe('an invite page', () => {
  it('tells who waits and what is on, and one click asks for its site and joins', async () => {
    const { acts, asked } = await open(SCENES['invite-film-night']);
    await screen.findByText(/Ana Lima and Jo are there/);
    expect(screen.getByText('Big Buck Bunny')).toBeTruthy();
    expect(screen.getByText(/will ask about youtube.com/)).toBeTruthy();
    press(/^Join amber/);
    expect(acts).toEqual(['request https://www.youtube.com/*', 'join']);
    expect(asked).toMatchObject([
      {
        ...{ roomKey: 'q83vEjRWeJASNFZ4kBI0Vg', goToContent: true },
        agreedOrigin: 'https://www.youtube.com',
      },
    ]);
  });

  it('names the site that the tab goes to by its address, whatever the server calls it', async () => {
    const room = SCENES['invite-film-night']?.room;
    if (!room?.content) throw new Error('no such scene');
    const content = { ...room.content, site: 'youtube.com', origin: 'https://evil.example' };
    await open({ ...SCENES['invite-film-night'], granted: [], room: { ...room, content } });
    expect((await screen.findByText(/on evil.example/)).textContent).toContain('Big Buck Bunny');
    expect(screen.getByText(/will ask about evil.example/)).toBeTruthy();
  });

  it('agrees to no site where none is known yet: the person is asked once it is', async () => {
    const { asked } = await open(SCENES.invite);
    press(/^Join amber/);
    expect(asked).toMatchObject([{ type: 'join', goToContent: true }]);
    expect(asked[0]).not.toHaveProperty('agreedOrigin');
  });

  it('[KEY-6] shows the party’s name without its certificate', async () => {
    const url = 'https://party.example.org/join/amber-otter-paints~5hre2avt#k=q83vEjRWeJASNFZ4kBI0Vg';
    const { asked } = await open({ ...SCENES.invite, tab: { id: 7, url } });
    press('Join amber-otter-paints');
    expect(asked).toMatchObject([{ roomId: 'amber-otter-paints~5hre2avt' }]);
  });

  it('names the site where the film is, not the one that the server says', async () => {
    const room = {
      ...{ exists: true, keyed: false, members: ['Ana'], playing: true },
      content: { title: 'Film', site: 'netflix.com', origin: 'https://evil.example' },
    };
    await open({ ...SCENES['invite-film-night'], room });
    await screen.findByText(/Ana is there/);
    expect(screen.getByText(/on evil.example/)).toBeTruthy();
    expect(screen.getByText(/will ask about evil.example/)).toBeTruthy();
    expect(screen.queryByText(/netflix/)).toBeNull();
  });

  it('asks for no site that is allowed already', async () => {
    const { acts } = await open({ ...SCENES['invite-film-night'], granted: ['https://www.youtube.com/*'] });
    await screen.findByText(/Ana Lima and Jo are there/);
    press(/^Join amber/);
    expect(acts).toEqual(['join']);
  });

  it('[KEY-2] says when the link is incomplete', async () => {
    await open(SCENES['invite-incomplete']);
    expect(await screen.findByText(/This link is incomplete/)).toBeTruthy();
  });
});
