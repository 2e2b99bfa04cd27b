import { z } from 'zod';

/** A list that was kept or handed on, perhaps by an older version: what is off in it costs only itself. */
export function eachByItself<T extends z.ZodType>(schema: T) {
  return z.array(z.unknown()).transform((items) =>
    items.flatMap((item): z.output<T>[] => {
      const parsed = schema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}
