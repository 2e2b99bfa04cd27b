import { render } from 'preact';
import { App } from '../../../src/ui/app.tsx';
import { Permission } from '../../../src/ui/faces/permission.tsx';
import { Overlay } from '../../../src/ui/overlay/overlay.tsx';
import { Options } from '../../../src/ui/options/options.tsx';
import '../../../src/ui/styles.css';
import { fakeHost } from '../fake-host.ts';
import { SCENES } from '../scenes.ts';

// `?scene=<name>&place=popup|tab|panel`, `?page=options` with `#welcome`, `?page=camera` with
// `#refused` once it is pressed, or `?page=overlay&scene=<name>` with `#folded`. Without either: a list of them all.
const query = new URLSearchParams(location.search);
document.documentElement.dataset.place = query.get('place') ?? 'tab';
// `&dir=rtl` turns it round.
document.documentElement.dir = query.get('dir') ?? 'ltr';
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
  if (query.get('page') === 'camera') {
    const answer =
      location.hash === '#refused' ? Promise.reject(refusal()) : new Promise<never>(() => undefined);
    answer.catch(() => undefined);
    return (
      <Permission
        devices={{ getUserMedia: () => answer }}
        asksEachTime
        allowed={() => undefined}
        close={() => undefined}
      />
    );
  }
  if (scene && query.get('page') === 'overlay') {
    document.documentElement.dataset.place = 'overlay';
    const { host, push } = fakeHost(scene);
    const { next } = scene;
    if (next) setTimeout(() => push(next), 300);
    return (
      <Overlay
        host={host}
        line={{ tell: () => undefined, listen: () => undefined }}
        start={{ where: 'film', open: location.hash !== '#folded', canPopOut: true }}
      />
    );
  }
  if (scene) {
    const panel = query.get('place') === 'panel' && { panel: 'itself' as const };
    return <App host={fakeHost({ ...scene, ...panel }).host} />;
  }
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

function refusal(): DOMException {
  return new DOMException('no', 'NotAllowedError');
}
