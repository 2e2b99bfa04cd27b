import { describe, expect, test } from 'vitest';
import { BITS, FramePainter, fromGray, HEIGHT, readFrame, toGray, WIDTH } from './sync/film/gray-code.ts';

describe('frame numbers', () => {
  test('neighbours differ in one block', () => {
    for (let frame = 0; frame < 5000; frame += 1) {
      const changed = toGray(frame) ^ toGray(frame + 1);
      expect(changed & (changed - 1)).toBe(0);
      expect(fromGray(toGray(frame))).toBe(frame);
    }
  });

  test('are read off a larger picture', () => {
    const painter = new FramePainter();
    const stride = WIDTH + 100;
    for (const frame of [0, 1, 2, 777, 43_199, 2 ** BITS - 1]) {
      painter.show(frame);
      const screen = Buffer.alloc(stride * (HEIGHT + 40), 128);
      for (let row = 0; row < HEIGHT; row += 1) {
        painter.picture.copy(screen, (row + 30) * stride + 60, row * WIDTH, (row + 1) * WIDTH);
      }
      expect(readFrame(screen, stride, 60, 30)).toBe(frame);
    }
  });

  test('are not seen where no film is', () => {
    expect(readFrame(Buffer.alloc(WIDTH * HEIGHT, 200), WIDTH, 0, 0)).toBeNull();
  });
});
