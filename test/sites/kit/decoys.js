/** Videos that are not the film: a preview, a trailer, one with no area, a small one, one with no source. */
export function addDecoys(parent, dress = () => undefined) {
  const decoys = ['preview', 'trailer', 'empty', 'small', 'blank'].map((kind) => {
    const video = document.createElement('video');
    video.dataset.decoy = kind;
    video.muted = true;
    video.loop = kind !== 'trailer';
    const [width, height] = { preview: [640, 360], trailer: [900, 506], small: [120, 68] }[kind] ?? [0, 0];
    video.style.cssText = `width:${width}px;height:${height}px;display:block`;
    if (kind !== 'blank') {
      video.src = kind === 'trailer' ? '/film.webm' : '/ad.webm';
      video.autoplay = true;
    }
    dress(video, kind);
    parent.append(video);
    return video;
  });
  let touched = 0;
  for (const video of decoys) {
    // A browser may pause what is out of sight, and a loop seeks by itself.
    for (const type of video.loop ? ['ratechange'] : ['ratechange', 'seeking']) {
      video.addEventListener(type, () => (touched += 1));
    }
  }
  return { touched: () => touched };
}
