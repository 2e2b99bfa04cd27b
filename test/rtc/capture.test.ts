import { expect, it, vi } from 'vitest';
import { devicesOf, localCapture } from '../../src/rtc/capture.ts';

const device = (kind: MediaDeviceKind, deviceId: string, label: string) =>
  ({ kind, deviceId, label, groupId: '' }) as MediaDeviceInfo;

/** What one page's browser says, with the ids that it has for that page only. */
function pageWith(found: MediaDeviceInfo[]) {
  const stream = { getAudioTracks: () => [], getVideoTracks: () => [] };
  const getUserMedia = vi.fn<(wanted: MediaStreamConstraints) => Promise<typeof stream>>();
  getUserMedia.mockResolvedValue(stream);
  const media = { enumerateDevices: () => Promise.resolve(found), getUserMedia };
  // Only these two are asked.
  return { capture: localCapture(media as unknown as MediaDevices), getUserMedia };
}

it('A camera chosen on another page of ours is found by its name, although its id differs.', async () => {
  const there = devicesOf([device('videoinput', 'a1', 'Desk'), device('videoinput', 'a2', 'Window')]);
  const camera = there[1]?.id ?? '';
  const { capture, getUserMedia } = pageWith([
    device('videoinput', 'b1', 'Desk'),
    device('videoinput', 'b2', 'Window'),
  ]);
  await capture.open({ camera, microphone: false });
  expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({
    audio: false,
    video: { deviceId: { exact: 'b2' } },
  });
});

it('Devices of one name are numbered, and devices without a name are left out.', () => {
  const two = devicesOf([
    device('videoinput', 'a', 'Webcam'),
    device('audioinput', 'm', 'Webcam'),
    device('videoinput', 'x', ''),
    device('videoinput', 'b', 'Webcam'),
  ]);
  expect(two.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'videoinput Webcam',
    'audioinput Webcam',
    'videoinput Webcam (2)',
  ]);
});

it('Any device is taken if the chosen one was unplugged.', async () => {
  const { capture, getUserMedia } = pageWith([device('audioinput', 'b', 'Other')]);
  await capture.open({ camera: false, microphone: 'Headset' });
  expect(getUserMedia.mock.calls[0]?.[0]?.audio).not.toHaveProperty('deviceId');
});
