// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { pageReader } from '../../src/sites/page-reader.ts';

/** A page, and what is read of it each time it is looked at. */
function open(href: string, html: string) {
  document.documentElement.innerHTML = html;
  const page = { href, interrupted: false, durationSec: null as number | null };
  const readPage = pageReader({
    document,
    href: () => page.href,
    shadowOf: (element) => element.shadowRoot,
    playerSays: () => ({}),
  });
  const read = () => readPage({ drives: true, ...page });
  return {
    page,
    read,
    content: () => read().content,
    write: (selector: string, text: string) => {
      const found = document.querySelector(selector);
      if (found) found.textContent = text;
    },
  };
}

describe('a media server on anybody’s host is known by its page', () => {
  const jellyfin = (body: string) =>
    `<head><meta name="application-name" content="Jellyfin"></head><body>${body}</body>`;
  const item = '0123456789abcdef0123456789abcdef';

  it('Jellyfin names the item in a button of its player', () => {
    const { read } = open(
      'http://192.168.1.5:8096/web/#/video',
      jellyfin(
        `<div class="skinHeader"><h3 class="pageTitle">A Show - S2:E3 - Three</h3></div><div id="videoOsdPage"><button class="btnUserRating" data-id="${item}"></button></div>`,
      ),
    );
    expect(read()).toEqual({
      kind: 'film',
      content: {
        contentId: `jellyfin:${item}`,
        url: `http://192.168.1.5:8096/web/#/details?id=${item}`,
        title: 'A Show - S2:E3 - Three',
        site: 'jellyfin',
        season: 2,
        episode: 3,
      },
    });
  });

  it('and its other pages are lists', () => {
    const { read } = open('http://192.168.1.5:8096/web/#/home.html', jellyfin(''));
    expect(read().kind).toBe('browse');
  });

  it('Emby names it in the source of what it plays as it is stored, and else by its title', () => {
    const emby = (src: string) =>
      `<head><meta name="application-name" content="Emby"></head><body><h3 class="videoOsdTitle">A Film</h3><div class="videoPlayerContainer"><video class="htmlvideoplayer" src="${src}"></video></div></body>`;
    const at = 'http://emby.example:8096/web/index.html#!/videoosd/videoosd.html';
    expect(open(at, emby('/emby/videos/4711/stream.mp4?x=1')).content()?.contentId).toBe('emby:4711');
    expect(open(at, emby('blob:http://emby.example/1')).content()?.contentId).toBe('emby:a film');
  });

  it('Plex names server and item in the title’s link', () => {
    const plex = (link: string) =>
      `<body><div id="plex"><a data-testid="metadataTitleLink" href="${link}">A Film</a></div></body>`;
    const { content } = open(
      'http://media.home.example:32400/web/index.html#!/',
      plex('#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F815&context=x'),
    );
    expect(content()).toMatchObject({
      contentId: 'plex:0a1b2c/815',
      url: 'https://app.plex.tv/desktop/#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F815',
    });
  });
});

describe('an episode that its address does not name', () => {
  const at = 'https://www.primevideo.com/detail/0KRGHGZCHKS920ZQGY5LBRF7MA';
  const player = (episode: string) =>
    `<body><button class="dv-node-dp-action-box">Resume S9 E12</button><div class="atvwebplayersdk-title-text"></div><div class="atvwebplayersdk-title-text">A Show</div><span class="atvwebplayersdk-episode-info">${episode}</span></body>`;

  it.each([
    ['S3 E7 Seven', '/s3e7'],
    ['Staffel 3, Folge 7 Sieben', '/s3e7'],
    ['Season 1, Ep. 4 Four', '/s1e4'],
    ['', ''],
  ])('“%s” is told by what the player shows', (episode, part) => {
    expect(open(at, player(episode)).content()?.contentId).toBe(`prime:0KRGHGZCHKS920ZQGY5LBRF7MA${part}`);
  });

  it('follows when the next begins at the same address, and stays while an ad writes over it', () => {
    const { content, page, write } = open(at, player('S3 E7 Seven'));
    content();
    page.interrupted = true;
    write('.atvwebplayersdk-episode-info', 'Ad 1 of 2');
    expect(content()?.contentId).toMatch(/s3e7$/);
    page.interrupted = false;
    write('.atvwebplayersdk-episode-info', 'S3 E8 Eight');
    expect(content()?.contentId).toMatch(/s3e8$/);
  });

  it('of a stream with ads in it the element tells a length that is not the film’s', () => {
    const { content, page } = open(at, player('S3 E7 Seven'));
    page.durationSec = 3734;
    expect(content()).toMatchObject({ durationSec: 3734, adsInLength: true });
    const other = open('https://vimeo.com/76979871', '<body></body>');
    other.page.durationSec = 3734;
    expect(other.content()).not.toHaveProperty('adsInLength');
  });

  it('at an address that says nothing, the player’s title names it', () => {
    const { content } = open(
      'https://tv.apple.com/',
      '<body><i data-testid="player-metadata-title">A Show</i><i data-testid="player-metadata-subtitle">S1, E2 · Half</i></body>',
    );
    expect(content()).toMatchObject({ contentId: 'apple:a show s1, e2 · half', season: 1, episode: 2 });
  });
});

it.each([
  ['light', (host: Element) => host],
  ['in one more shadow root', (host: Element) => host.attachShadow({ mode: 'open' })],
])('Disney+: titles in shadow roots, %s, and not the next episode’s', (_, inside) => {
  const { content } = open(
    'https://www.disneyplus.com/pl-pl/play/3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21',
    '<head><title>A Show | Disney+</title></head><body><disney-web-player-ui></disney-web-player-ui></body>',
  );
  const ui = document.querySelector('disney-web-player-ui');
  if (!ui) throw new Error('no player');
  const put = (tag: string, html: string) => {
    const element = document.createElement(tag);
    element.attachShadow({ mode: 'open' }).innerHTML = html;
    place.append(element);
  };
  const place = inside(ui);
  put('pivot-tray-overlay', '<b class="title-field">Next</b><i class="subtitle-field">T1:E7</i>');
  put('title-bug', '<b class="title-field">Serial</b><i class="subtitle-field">T1:E6 Szósty</i>');
  expect(content()).toMatchObject({ title: 'Serial', season: 1, episode: 6 });
});

it('Netflix names a series and its episode in one place, a film alone', () => {
  const at = (inside: string) =>
    open('https://www.netflix.com/watch/81', `<body><div data-uia="video-title">${inside}</div></body>`);
  expect(at('<h4>A Show</h4><span>S2:E3</span><span>Three</span>').content()).toMatchObject({
    title: 'A Show',
    season: 2,
    episode: 3,
  });
  expect(at('A Film').content()?.title).toBe('A Film');
});

it('the length of an ad in the film’s element is not the film’s', () => {
  const { page, content } = open('https://www.youtube.com/watch?v=dQw4w9WgXcQ', '<body></body>');
  Object.assign(page, { interrupted: true, durationSec: 8 });
  expect(content()?.durationSec).toBeUndefined();
  Object.assign(page, { interrupted: false, durationSec: 150 });
  expect(content()?.durationSec).toBe(150);
  Object.assign(page, { interrupted: true, durationSec: 8 });
  expect(content()?.durationSec).toBe(150);
});
