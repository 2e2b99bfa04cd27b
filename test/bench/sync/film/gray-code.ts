/**
 * A frame's number as black and white blocks. In Gray code neighbours differ in one block, so a picture caught between
 * two frames reads as one of them and never as a third.
 */
export const BITS = 18;
export const WIDTH = 320;
export const HEIGHT = 180;

const COLUMNS = 10;
const BLOCK = { width: WIDTH / COLUMNS, height: HEIGHT / 2 };
const BLACK = 24;
const WHITE = 232;
/** The first two blocks are always white and black, to tell a frame from anything else. */
const MARKS = 2;
/** Darker or lighter than this is not of the clip. */
const CONTRAST = 90;

export function toGray(value: number): number {
  return value ^ (value >>> 1);
}

export function fromGray(gray: number): number {
  let value = gray;
  for (let shift = 1; shift < 32; shift *= 2) value ^= value >>> shift;
  return value;
}

/** Draws frame after frame into one picture of 8-bit gray. */
export class FramePainter {
  readonly picture = Buffer.alloc(WIDTH * HEIGHT, BLACK);
  #shown = 0;

  constructor() {
    this.#fill(0, true);
  }

  show(frame: number): void {
    const gray = toGray(frame);
    for (let bit = 0; bit < BITS; bit += 1) {
      if (((gray ^ this.#shown) >>> bit) & 1) this.#fill(MARKS + bit, ((gray >>> bit) & 1) === 1);
    }
    this.#shown = gray;
  }

  #fill(block: number, white: boolean): void {
    const left = (block % COLUMNS) * BLOCK.width;
    const top = Math.floor(block / COLUMNS) * BLOCK.height;
    for (let row = top; row < top + BLOCK.height; row += 1) {
      const from = row * WIDTH + left;
      this.picture.fill(white ? WHITE : BLACK, from, from + BLOCK.width);
    }
  }
}

/** The number of the frame that stands at (left, top) of a larger picture; `null` if none does. */
export function readFrame(picture: Buffer, stride: number, left: number, top: number): number | null {
  const levels: number[] = [];
  for (let block = 0; block < MARKS + BITS; block += 1) {
    const x = Math.round(left + ((block % COLUMNS) + 0.5) * BLOCK.width);
    const y = Math.round(top + (Math.floor(block / COLUMNS) + 0.5) * BLOCK.height);
    levels.push(picture[y * stride + x] ?? 0);
  }
  const [white = 0, black = 0] = levels;
  if (white - black < CONTRAST) return null;
  const middle = (white + black) / 2;
  return fromGray(
    levels.slice(MARKS).reduce((gray, level, bit) => gray | (level > middle ? 1 << bit : 0), 0),
  );
}
