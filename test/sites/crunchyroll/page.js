/* The player in the page, as it is since spring 2026, or in a frame of another origin, as it was until then (`?vilos`). */
const inFrame = location.host.startsWith('static.');
const before = new URLSearchParams(location.search).has('vilos');
await import(`/crunchyroll/${inFrame ? 'vilos' : before ? 'framed' : 'katamari'}.js`);
