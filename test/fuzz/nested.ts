/** JSON text `depth` levels deep, one beside the other as often as `times`. */
export function nested(depth: number, open: '[' | '{"a":' | '[{"a":', times = 1): string {
  const close = open === '[' ? ']' : open === '[{"a":' ? '}]' : '}';
  const perRound = open === '[{"a":' ? 2 : 1;
  const rounds = Math.ceil(depth / perRound);
  const one = `${open.repeat(rounds)}0${close.repeat(rounds)}`;
  return times === 1 ? one : `[${Array.from({ length: times }, () => one).join(',')}]`;
}

/** Every place of a JSON value where another could stand, as a path of keys. */
export function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    return [here, ...placesIn(inner, here)];
  });
}

/** The text of `value` with `text` where `path` leads: what stands there need not be made, only written. */
export function withTextAt(value: unknown, path: readonly string[], text: string): string {
  if (path.length === 0) return text;
  const [key = '', ...rest] = path;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = (name: string, entry: unknown) =>
    name === key ? withTextAt(entry, rest, text) : JSON.stringify(entry);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  if (Array.isArray(value)) return `[${entries.map(([name, entry]) => inner(name, entry)).join(',')}]`;
  return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${inner(name, entry)}`).join(',')}}`;
}
