import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageHost } from '../host/page-host.ts';
import { Mark } from '../components/icons.tsx';
import type { Settings } from '../host/storage.ts';
import { NameForm } from './name-form.tsx';
import { Privacy } from './privacy.tsx';
import { ServerForm } from './server-form.tsx';
import { ShortcutList } from './shortcut-list.tsx';
import { Sites } from './sites.tsx';
import type { SocketEdge } from './test-server.ts';
import { Welcome } from './welcome.tsx';

/** The options page. */
export function Options(props: {
  host: Pick<PageHost, 'settings' | 'access' | 'shortcuts'>;
  openSocket: (url: string) => SocketEdge;
  welcome: boolean;
}) {
  const { settings: store, access, shortcuts } = props.host;
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => void store.read().then(setSettings), [store]);
  return (
    <main class="options">
      <header class="brand">
        <Mark size={32} />
        <h1>StreamSync options</h1>
      </header>
      {props.welcome && <Welcome />}
      {settings && (
        <>
          <Part id="you" title="You">
            <NameForm name={settings.displayName} onSave={(displayName) => store.write({ displayName })} />
          </Part>
          <Part id="server-part" title="Server">
            <ServerForm
              serverUrl={settings.serverUrl}
              onSave={(serverUrl) => store.write({ serverUrl })}
              openSocket={props.openSocket}
            />
          </Part>
        </>
      )}
      <Part id="sites" title="Sites StreamSync may run on">
        <Sites access={access} />
      </Part>
      <Part id="shortcuts" title="Keys">
        <ShortcutList shortcuts={shortcuts} />
      </Part>
      <Part id="privacy" title="Privacy">
        <Privacy />
      </Part>
    </main>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={`${id}-title`} id={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}
