import type { Command, CommandReply, TabProbe } from '../../src/messaging/commands.ts';
import type { SiteCheck } from '../../src/messaging/site-check.ts';
import type { View } from '../../src/messaging/view.ts';
import type { CallState } from '../../src/call/call-state.ts';
import type { PageHost } from '../../src/ui/host/page-host.ts';
import type { RoomPreview } from '../../src/protocol/index.ts';
import type { Shortcut } from '../../src/ui/host/shortcuts.ts';
import type { StorageArea } from '../../src/messaging/storage-area.ts';
import { draftStore, settingsStore } from '../../src/ui/host/storage.ts';
import type { TargetTab } from '../../src/ui/host/target-tab.ts';
import { fakeCall } from '../call/fake-call.ts';

/** A storage area in memory. */
export function memoryArea(
  items: Record<string, unknown> = {},
): StorageArea & { items: Record<string, unknown> } {
  return {
    items,
    get: (key) => Promise.resolve(key in items ? { [key]: items[key] } : {}),
    set: (more) => {
      Object.assign(items, more);
      return Promise.resolve();
    },
    remove: (key) => {
      Reflect.deleteProperty(items, key);
      return Promise.resolve();
    },
  };
}

const SHORTCUTS: Shortcut[] = [
  { name: '_execute_action', does: 'Open StreamSync, as by its icon', keys: 'Alt+Shift+S' },
  { name: 'chat', does: 'Write in the chat over the film, or fold it', keys: 'Alt+Shift+K' },
  { name: 'react', does: 'React to the film with an emoji', keys: 'Alt+Shift+E' },
  { name: 'microphone', does: 'Turn your microphone in the party on or off', keys: '' },
];

export interface Scene {
  view?: View;
  tab?: TargetTab | null;
  probe?: TabProbe;
  granted?: string[];
  displayName?: string;
  serverUrl?: string;
  clipboard?: 'open' | 'closed';
  shares?: boolean;
  room?: RoomPreview;
  shortcuts?: Shortcut[];
  siteCheck?: SiteCheck;
  panel?: 'refused' | 'itself';
  /** Made when it is shown, since pictures are. */
  call?: () => Partial<CallState>;
  /** What the background tells next. */
  next?: View;
}

/** What a player that obeys does when it is tried. */
const TRIED = { playing: true, seek: true, rate: true };

/** A browser and background that do as the scene says and remember what was asked of them. */
export function fakeHost(scene: Scene = {}) {
  const asked: Command[] = [];
  /** Whether the person types, each time it was told: it comes with every key. */
  const typed: boolean[] = [];
  /** Every outside act in its order: the order is what Firefox is strict about. */
  const acts: string[] = [];
  const files: { name: string; text: string }[] = [];
  const listeners = new Set<(view: View) => void>();
  const onChange = new Set<() => void>();
  const granted = new Set(scene.granted);
  const settings = {
    displayName: scene.displayName ?? '',
    serverUrl: scene.serverUrl ?? 'wss://party.example.org',
  };
  const area = memoryArea({ settings });
  let view = scene.view;
  let answer: (command: Command) => CommandReply | Promise<CommandReply> = () => ({ ok: true });

  const host: PageHost = {
    link: {
      subscribe(listener) {
        listeners.add(listener);
        if (view) listener(view);
        return () => listeners.delete(listener);
      },
      ask(command) {
        if (command.type === 'probe_tab') {
          return Promise.resolve(
            scene.probe ? { ok: true, probe: scene.probe } : { ok: false, message: 'No tab there.' },
          );
        }
        if (command.type === 'check_site' && scene.siteCheck) {
          return Promise.resolve({
            ok: true,
            siteCheck: { ...scene.siteCheck, tried: command.tries ? TRIED : null },
          });
        }
        if (command.type === 'seen') return Promise.resolve({ ok: true });
        if (command.type === 'set_typing') {
          typed.push(command.typing);
          return Promise.resolve({ ok: true });
        }
        acts.push(command.type);
        asked.push(command);
        return Promise.resolve(answer(command));
      },
    },
    settings: settingsStore(area, 'ws://127.0.0.1:8787'),
    drafts: draftStore(area),
    access: {
      has: (pattern) => Promise.resolve(granted.has(pattern)),
      request(patterns) {
        acts.push(`request ${patterns.join(' ')}`);
        return new Promise<boolean>(() => undefined);
      },
      list: () => Promise.resolve([...granted]),
      remove: (pattern) => Promise.resolve(granted.delete(pattern)),
      onChange(listener) {
        onChange.add(listener);
        return () => onChange.delete(listener);
      },
    },
    targetTab: () => Promise.resolve(scene.tab === undefined ? null : scene.tab),
    copy(text) {
      acts.push(`copy ${text}`);
      return Promise.resolve(scene.clipboard !== 'closed');
    },
    share: scene.shares ? (url) => void acts.push(`share ${url}`) : null,
    fetchRoomPreview: () => Promise.resolve(scene.room ?? null),
    save: (name, text) => void files.push({ name, text }),
    openOptions: () => void acts.push('open options'),
    shortcuts: {
      list: () => Promise.resolve(scene.shortcuts ?? SHORTCUTS),
      change: () => void acts.push('change shortcuts'),
    },
    about: { version: '0.1.0', browser: 'Chrome/156.0.0.0' },
    openPanel: () => {
      acts.push('open panel');
      return Promise.resolve(scene.panel !== 'refused');
    },
    ...(scene.call && { call: fakeCall(scene.call()) }),
    ...(scene.panel === 'itself' && { openPanel: null, onTabChange: () => () => undefined }),
  };
  return {
    host,
    asked,
    typed,
    acts,
    files,
    stored: area.items,
    answer: (how: typeof answer) => (answer = how),
    push: (next: View) => {
      view = next;
      for (const listener of listeners) listener(next);
    },
  };
}
