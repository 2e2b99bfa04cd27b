import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const WITH_DISPLAY = { DISPLAY: ':0' };

describe('the command line of npm run dev', () => {
  it('opens a window where there is a display', () => {
    expect(readOptions([], WITH_DISPLAY, 'linux')).toEqual({ run: { headless: false, port: 8787 } });
  });

  it.each([
    ['the flag', ['--headless'], WITH_DISPLAY],
    ['STREAMSYNC_HEADLESS', [], { ...WITH_DISPLAY, STREAMSYNC_HEADLESS: '1' }],
    ['a missing display', [], {}],
  ])('goes without a window by %s', (_, args, env) => {
    expect(readOptions(args, env, 'linux')).toEqual({ run: { headless: true, port: 8787 } });
  });

  it.each([[['--port', 'x']], [['--port', '0']], [['--unknown']]])('refuses %j with a sentence', (args) => {
    expect(readOptions(args, WITH_DISPLAY, 'linux')).toEqual({
      problem: expect.stringMatching(/\.$/) as string,
    });
  });
});
