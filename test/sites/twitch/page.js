/* Videos of the past and live streams are pages of one site. */
const isVideo = /^\/(?:videos|\w+\/v)\/\d+/.test(location.pathname);
await import(isVideo ? '/twitch/video.js' : '/twitch/live.js');
