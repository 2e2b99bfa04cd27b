/*
 * A player as streaming sites build them: one element, a film in it, ads that come in one of four ways, and habits that
 * trap a careless program. What is true of the film at each moment is told by `truth()`, for tests only.
 *
 * ads:  'swap'     the ad takes the element's source (its clock and length are the ad's)
 *       'stitched' the ad is part of the stream: the element's clock runs on, no event tells of it; `remembers`: the stream
 *                  that a reload brings has the same ads in it
 *       'second'   the ad has an element of its own; the film's is paused and hidden
 */
const files = new Map();
async function blobUrl(path) {
  if (!files.has(path)) files.set(path, await (await fetch(path)).blob());
  // A new address each time, as of a new MediaSource.
  return URL.createObjectURL(files.get(path));
}

export class FilmPlayer extends EventTarget {
  /** @param {{ video: HTMLVideoElement, ads: string, durationSec?: number, remembers?: boolean, makeAdVideo?: () => HTMLVideoElement }} options */
  constructor({ video, ads, durationSec = 150, remembers = false, makeAdVideo }) {
    super();
    this.video = video;
    this.ads = ads;
    this.durationSec = durationSec;
    this.makeAdVideo = makeAdVideo;
    /** Ads that were stitched in so far: where in the film, and how long. */
    this.breaks = [];
    this.remembers = remembers;
    this.remembered = remembers ? JSON.parse(sessionStorage.getItem('breaks') ?? '[]') : [];
    this.error = null;
    this.ad = null;
    this.loading = false;
    /** Seeks of the element that this player made itself. */
    this.ownSeeks = 0;
    this.foreignSeeks = 0;
    video.addEventListener('seeking', () => {
      if (this.ownSeeks > 0) this.ownSeeks -= 1;
      else this.foreignSeeks += 1;
      this.dispatchEvent(new Event('seeking'));
    });
    setInterval(() => this.watchStitched(), 5);
  }

  /** Another film, or another episode, in the same element. */
  async load(atSec = 0) {
    this.loading = true;
    this.breaks = this.remembered;
    this.remembered = [];
    this.remember();
    this.ad = null;
    this.video.src = await blobUrl('/film.webm');
    await new Promise((resolve) => this.video.addEventListener('loadedmetadata', resolve, { once: true }));
    if (atSec > 0) this.setElementTime(atSec);
    this.loading = false;
    this.dispatchEvent(new Event('loaded'));
  }

  setElementTime(sec) {
    this.ownSeeks += 1;
    this.video.currentTime = sec;
  }

  /** How much longer than the film the stream is up to a moment of the film. */
  stitchedBefore(contentSec) {
    return this.breaks.filter(({ atSec }) => atSec <= contentSec).reduce((sum, { sec }) => sum + sec, 0);
  }

  /** The film's own time, whatever the element says. */
  contentSec() {
    if (this.ad) return this.ad.atSec;
    if (this.ads !== 'stitched') return this.video.currentTime;
    let sec = this.video.currentTime;
    for (const each of this.breaks)
      if (sec >= each.atSec + each.sec) sec -= each.sec;
      else if (sec > each.atSec) return each.atSec;
    return sec;
  }

  seek(contentSec) {
    if (this.ad) return;
    const sec = Math.max(0, Math.min(contentSec, this.durationSec));
    this.setElementTime(sec + (this.ads === 'stitched' ? this.stitchedBefore(sec) : 0));
  }

  get paused() {
    return this.video.paused;
  }

  toggle() {
    if (this.video.paused) void this.video.play();
    else this.video.pause();
  }

  /** An ad begins here and now. @param {number} sec How long it runs. */
  async showAd(sec) {
    const atSec = this.contentSec();
    const { video } = this;
    const wasPaused = video.paused;
    if (this.ads === 'stitched') {
      this.breaks.push({ atSec, sec });
      this.breaks.sort((a, b) => a.atSec - b.atSec);
      this.remember();
      this.watchStitched();
      if (wasPaused) void video.play();
      return;
    }
    const adVideo = this.ads === 'second' ? this.makeAdVideo() : video;
    this.ad = { atSec, leftSec: () => Math.max(0, sec - adVideo.currentTime) };
    this.dispatchEvent(new Event('adstart'));
    const filmSrc = video.src;
    if (this.ads === 'second') {
      video.pause();
      video.style.visibility = 'hidden';
    }
    adVideo.src = await blobUrl('/ad.webm');
    await adVideo.play();
    await new Promise((resolve) => {
      const done = () => {
        if (adVideo.currentTime < sec && !adVideo.ended && !this.ad?.skipped) return;
        adVideo.removeEventListener('timeupdate', done);
        resolve();
      };
      adVideo.addEventListener('timeupdate', done);
      adVideo.addEventListener('ended', done);
    });
    if (this.ads === 'second') {
      adVideo.remove();
      video.style.visibility = '';
    } else {
      video.src = filmSrc;
      await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true }));
    }
    // The film comes first and its place after it, as players do.
    this.ad = null;
    this.dispatchEvent(new Event('adend'));
    if (this.ads === 'swap') this.setElementTime(atSec);
    // A site sets its own speed after an ad.
    video.playbackRate = 1;
    void video.play();
  }

  skipAd() {
    if (this.ad) this.ad.skipped = true;
  }

  remember() {
    if (this.remembers) sessionStorage.setItem('breaks', JSON.stringify(this.breaks));
  }

  /** The stream runs into an ad or out of one. */
  watchStitched() {
    if (this.ads !== 'stitched') return;
    const { currentTime } = this.video;
    let startSec = 0;
    const now = this.breaks.find(({ atSec, sec }) => {
      const inside = currentTime >= atSec + startSec && currentTime < atSec + startSec + sec;
      startSec += sec;
      return inside;
    });
    if (now && !this.ad) {
      const endSec = now.atSec + startSec;
      this.ad = { atSec: now.atSec, leftSec: () => endSec - this.video.currentTime };
      this.dispatchEvent(new Event('adstart'));
    } else if (!now && this.ad) {
      this.ad = null;
      this.dispatchEvent(new Event('adend'));
    }
  }

  truth() {
    return {
      positionSec: this.contentSec(),
      paused: this.video.paused,
      rate: this.video.playbackRate,
      inAd: this.ad !== null,
      atMs: performance.timeOrigin + performance.now(),
    };
  }
}
