/*
 * Each player as its documentation shows it, with what it buffers ahead kept short, as it is with a whole film. All of
 * them build on Media Source Extensions, where the browser does not know the stream. Each returns its <video>.
 */
const MEDIA = '/players/media';
const PACKAGES = '/players/packages';
const AHEAD_SEC = 20;

export const PLAYERS = {
  /** Transport streams, remuxed in the page, under the browser's own controls. */
  hls: async (stage) => {
    await script('hls.js/dist/hls.min.js');
    const video = stage.appendChild(newVideo());
    video.controls = true;
    playHls(video, 'ts.m3u8');
    return video;
  },

  shaka: (stage) => playShaka(stage, 'film.mpd'),

  /** Encrypted (EME, ClearKey). */
  'shaka-clearkey': (stage) =>
    playShaka(stage, 'locked.mpd', {
      drm: { clearKeys: { '00000000000000000000000000000001': '00112233445566778899aabbccddeeff' } },
    }),

  dash: async (stage) => {
    await script('dashjs/dist/modern/umd/dash.all.min.js');
    style('dashjs/contrib/controlbar/controlbar.css');
    const { ControlBar } = await import(`${PACKAGES}/dashjs/contrib/controlbar/ControlBar.js`);
    const video = stage.appendChild(newVideo());
    const player = dashjs.MediaPlayer().create();
    player.updateSettings({
      streaming: {
        buffer: { bufferTimeDefault: AHEAD_SEC, bufferTimeAtTopQuality: AHEAD_SEC, initialBufferLevel: 4 },
      },
    });
    player.initialize(video, `${MEDIA}/film.mpd`, false);
    const controls = new ControlBar(player, video);
    controls.init(stage);
    controls.enable();
    return video;
  },

  /** Transport streams, remuxed in the page by another remuxer than that of hls.js. */
  videojs: async (stage) => {
    style('video.js/dist/video-js.min.css');
    await script('video.js/dist/video.min.js');
    const video = stage.appendChild(newVideo());
    video.className = 'video-js vjs-fill';
    videojs.Vhs.GOAL_BUFFER_LENGTH = videojs.Vhs.MAX_GOAL_BUFFER_LENGTH = AHEAD_SEC;
    const player = videojs(video, { controls: true });
    player.src({ src: `${MEDIA}/ts.m3u8`, type: 'application/x-mpegURL' });
    return video;
  },

  /** A skin over a <video> that hls.js feeds. */
  plyr: async (stage) => {
    style('plyr/dist/plyr.css');
    await Promise.all([script('plyr/dist/plyr.min.js'), script('hls.js/dist/hls.min.js')]);
    const video = stage.appendChild(newVideo());
    playHls(video, 'film.m3u8');
    new Plyr(video, { iconUrl: `${PACKAGES}/plyr/dist/plyr.svg` });
    return video;
  },
};

function playHls(video, playlist) {
  // It buffers by size, too, and all of this film is small.
  const hls = new Hls({ maxBufferLength: AHEAD_SEC, maxBufferSize: 0 });
  hls.loadSource(`${MEDIA}/${playlist}`);
  hls.attachMedia(video);
}

async function playShaka(stage, manifest, configuration = {}) {
  style('shaka-player/dist/controls.css');
  await script('shaka-player/dist/shaka-player.ui.js');
  shaka.polyfill.installAll();
  const video = stage.appendChild(newVideo());
  const player = new shaka.Player();
  await player.attach(video);
  player.configure({ streaming: { bufferingGoal: AHEAD_SEC }, ...configuration });
  // Draws the controls into the stage.
  new shaka.ui.Overlay(player, stage, video);
  await player.load(`${MEDIA}/${manifest}`);
  return video;
}

function newVideo() {
  const video = document.createElement('video');
  video.id = 'film';
  video.playsInline = true;
  return video;
}

function script(path) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = `${PACKAGES}/${path}`;
    element.onload = resolve;
    element.onerror = () => reject(new Error(`${path} could not be loaded`));
    document.head.append(element);
  });
}

function style(path) {
  const element = document.createElement('link');
  element.rel = 'stylesheet';
  element.href = `${PACKAGES}/${path}`;
  document.head.append(element);
}
