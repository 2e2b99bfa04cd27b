/** Two recordings of the same noise, matched. */
export interface Match {
  /** The first later than the second by so much, in samples, with a fraction. */
  lagSamples: number;
  /** 1 where they are the same but for the lag, 0 where they have nothing in common. */
  likeness: number;
}

/**
 * Where the cross-correlation of two equally long stretches is largest, by FFT, and between samples by the parabola
 * through the peak. `maxLag` is how far to look either way.
 */
export function correlate(first: Float64Array, second: Float64Array, maxLag: number): Match {
  const size = 2 ** Math.ceil(Math.log2(first.length + second.length));
  const a = spectrumOf(first, size);
  const b = spectrumOf(second, size);
  const product = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let index = 0; index < size; index += 1) {
    const [ar, ai, br, bi] = [at(a.re, index), at(a.im, index), at(b.re, index), at(b.im, index)];
    // Conjugated: an inverse transform is a forward one of the conjugate.
    product.re[index] = ar * br + ai * bi;
    product.im[index] = -(ai * br - ar * bi);
  }
  fft(product.re, product.im);
  const value = (lag: number) => at(product.re, (lag + size) % size) / size;
  let best = 0;
  for (let lag = -maxLag; lag <= maxLag; lag += 1) if (value(lag) > value(best)) best = lag;
  const norm = Math.sqrt(energyOf(first) * energyOf(second));
  return {
    lagSamples: best + peakBetween(value(best - 1), value(best), value(best + 1)),
    likeness: norm === 0 ? 0 : value(best) / norm,
  };
}

/** Where between -½ and ½ the parabola through three points is highest. */
function peakBetween(before: number, peak: number, after: number): number {
  const bend = before - 2 * peak + after;
  return bend === 0 ? 0 : (before - after) / (2 * bend);
}

function energyOf(samples: Float64Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

function spectrumOf(samples: Float64Array, size: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  re.set(samples);
  fft(re, im);
  return { re, im };
}

/** In place; the length is a power of two (Cooley and Tukey). */
export function fft(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let index = 1, mirrored = 0; index < size; index += 1) {
    let bit = size >> 1;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index < mirrored) {
      swap(re, index, mirrored);
      swap(im, index, mirrored);
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    const half = span / 2;
    for (let offset = 0; offset < half; offset += 1) {
      const angle = (-2 * Math.PI * offset) / span;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let low = offset; low < size; low += span) {
        const high = low + half;
        const [hr, hi] = [at(re, high), at(im, high)];
        const turnedRe = hr * cos - hi * sin;
        const turnedIm = hr * sin + hi * cos;
        const [lr, li] = [at(re, low), at(im, low)];
        re[high] = lr - turnedRe;
        im[high] = li - turnedIm;
        re[low] = lr + turnedRe;
        im[low] = li + turnedIm;
      }
    }
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = at(values, a);
  values[a] = at(values, b);
  values[b] = kept;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
