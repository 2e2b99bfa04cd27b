/* The least of a video site: what a person presses, a film obeys. */
const video = document.querySelector('#film');

document.querySelector('#toggle').addEventListener('click', () => {
  if (video.paused) void video.play();
  else video.pause();
});
for (const percent of [100, 150]) {
  const button = document.querySelector(`#speed-${percent}`);
  button.addEventListener('click', () => (video.playbackRate = percent / 100));
}
addEventListener('keydown', (event) => {
  if (event.key === 'l') video.currentTime += 10;
  else if (event.key === 'j') video.currentTime -= 10;
});
