import type { Device } from '../../src/rtc/capture.ts';
import type { CallState, Face } from '../../src/call/call-state.ts';
import { DEFAULT_VOLUME } from '../../src/call/participant-volume.ts';
import { drawnPicture } from '../call/fake-call.ts';

const ON = { inCall: true, microphone: true, camera: true };
const DEVICES: Device[] = [
  { kind: 'audioinput', id: 'm1', label: 'Built-in microphone' },
  {
    kind: 'audioinput',
    id: 'm2',
    label: 'Headset of a maker whose name is rather long (USB 2.0, 4th generation)',
  },
  { kind: 'videoinput', id: 'c1', label: 'Integrated camera' },
  { kind: 'audiooutput', id: 's1', label: 'Headphones' },
];

const face = (userId: string, displayName: string, change: Partial<Face> = {}): Face => ({
  userId,
  displayName,
  media: ON,
  picture: null,
  health: 'good',
  receivesOnly: false,
  speaking: false,
  loudness: DEFAULT_VOLUME,
  ...change,
});
const withoutCamera = { media: { ...ON, camera: false } };
const peers = (...faces: Face[]) =>
  faces.map(({ userId, displayName }) => ({ userId, displayName, media: ON }));

const ana = () =>
  face('ana', 'Ana Lima', { speaking: true, picture: drawnPicture('#51706b', '#b98562', '#d7b45a') });
const jo = face('jo', 'Jo', { media: { ...ON, microphone: false, camera: false } });
const mine = () => ({
  microphone: true,
  camera: true,
  picture: drawnPicture('#6b5a74', '#8d5b3e', '#3f6c9b'),
});

/** Every state of a call, by name. Made when asked for, since pictures are. */
export const CALLS: Record<string, () => Partial<CallState>> = {
  'call-nobody-yet': () => ({ phase: 'out' }),
  'call-others-are-in': () => ({ phase: 'out', inCall: peers(ana(), jo) }),
  'call-to-allow-first': () => ({ phase: 'out', inCall: peers(jo), askFirst: true }),
  'call-full': () => ({
    phase: 'out',
    inCall: peers(...Array.from({ length: 8 }, (_, at) => face(`p${at}`, `Person number ${at + 1}`))),
  }),
  'call-preview': () => ({ phase: 'preview', devices: DEVICES, ...mine() }),
  'call-preview-refused': () => ({
    phase: 'preview',
    devices: DEVICES,
    microphone: true,
    problem: 'The camera is in use by another program. Close it there, then switch the camera on again.',
  }),
  call: () => ({ phase: 'in', devices: DEVICES, faces: [ana(), jo], ...mine() }),
  'call-alone-and-muted': () => ({ phase: 'in', devices: DEVICES }),
  'call-in-trouble': () => ({
    phase: 'in',
    devices: DEVICES,
    soundBlocked: true,
    microphone: true,
    problem: 'The camera is gone. Plug it in again, or choose another one.',
    faces: [
      face('ana', 'Ana Lima', { health: 'lost', loudness: { volume: 0.4, muted: false } }),
      face('jo', 'Jo', { health: 'connecting', ...withoutCamera }),
      face('sam', 'Samuel Bartholomew Featherstonehaugh the Third', {
        health: 'poor',
        loudness: { volume: 1, muted: true },
      }),
    ],
  }),
  'call-somebody-asks': () => ({
    phase: 'in',
    devices: DEVICES,
    ...mine(),
    faces: [face('jo', 'Jo', { receivesOnly: true, ...withoutCamera })],
    knocks: [{ userId: 'vera', displayName: 'Vera' }],
  }),
  'call-of-eight': () => ({
    phase: 'in',
    devices: DEVICES,
    ...mine(),
    faces: Array.from({ length: 7 }, (_, at) =>
      face(`p${at}`, `Person ${at + 1}`, { speaking: at === 2, ...withoutCamera }),
    ),
  }),
};
