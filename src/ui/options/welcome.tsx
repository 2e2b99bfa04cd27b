import { Mark } from '../components/icons.tsx';

const STEPS: [string, string][] = [
  [
    'Pin StreamSync',
    'Click the puzzle piece in your browser’s toolbar, then the pin, so that StreamSync is at hand.',
  ],
  [
    'Open the film',
    'On Netflix, YouTube or any page with a video. Each of you needs their own way to watch it.',
  ],
  ['Start a party', 'Click the StreamSync icon, start a party, and send the invite link to your friends.'],
];

/** The first thing after installing. */
export function Welcome() {
  return (
    <section class="card welcome" aria-labelledby="welcome-title">
      <Mark size={56} />
      <h2 id="welcome-title">Watch together, wherever you are</h2>
      <p>The same moment on every screen, with chat. Three steps to your first party:</p>
      <ol class="steps">
        {STEPS.map(([title, text]) => (
          <li key={title}>
            <strong>{title}</strong>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
