/** What the sites say, in two languages; `?hl=de` chooses. */
const WORDS = {
  en: {
    series: 'The Long Night',
    episode: (season, episode) => `S${season}:E${episode}`,
    ad: 'Ad',
    play: 'Play',
    pause: 'Pause',
    next: 'Next episode',
    still: 'Are you still watching?',
    go: 'Continue',
    error: 'Pardon the interruption',
    returns: 'Your title returns after the ads',
  },
  de: {
    series: 'Die lange Nacht',
    episode: (season, episode) => `St. ${season}: F. ${episode}`,
    ad: 'Werbung',
    play: 'Abspielen',
    pause: 'Anhalten',
    next: 'Nächste Folge',
    still: 'Siehst du noch zu?',
    go: 'Weiter',
    error: 'Entschuldige die Unterbrechung',
    returns: 'Nach der Werbung geht es weiter',
  },
};

export const language = new URLSearchParams(location.search).get('hl') === 'de' ? 'de' : 'en';
export const words = WORDS[language];
