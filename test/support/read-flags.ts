import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The flags given; a sentence saying what to do where they cannot be understood. */
export function readFlags<const F extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: F,
) {
  try {
    return parseArgs({ args: [...args], allowNegative: true, options }).values;
  } catch (error) {
    const said = error instanceof Error ? (error.message.split(/[.'] /)[0] ?? '') : '';
    return `Check the command line: ${said}; see --help.`;
  }
}
