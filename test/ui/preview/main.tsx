import { render } from 'preact';
import { App } from '../../../src/ui/app.tsx';
import { Options } from '../../../src/ui/options/options.tsx';
import '../../../src/ui/styles.css';
import { fakeHost } from '../fake-host.ts';
import { SCENES } from '../scenes.ts';

// `?scene=<name>&place=popup|tab`, or `?page=options` with `#welcome`. Without either: a list of them all.
const query = new URLSearchParams(location.search);
document.documentElement.dataset.place = query.get('place') ?? 'tab';
const scene = SCENES[query.get('scene') ?? ''];
const root = document.getElementById('app');
if (root) render(<Preview />, root);

function Preview() {
  if (query.get('page') === 'options') {
    const { host } = fakeHost({
      displayName: 'Noor',
      granted: ['https://www.youtube.com/*', 'http://localhost/*'],
    });
    return (
      <Options host={host} openSocket={(url) => new WebSocket(url)} welcome={location.hash === '#welcome'} />
    );
  }
  if (scene) return <App host={fakeHost(scene).host} />;
  return (
    <ul>
      {Object.keys(SCENES).map((name) => (
        <li key={name}>
          <a href={`?scene=${name}&place=popup`}>{name}</a>
        </li>
      ))}
    </ul>
  );
}
