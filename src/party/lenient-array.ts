import { z } from 'zod';

/** A list that was stored or passed on, perhaps by an older version. Drops the items that do not fit the schema. */
export function lenientArray<T extends z.ZodType>(schema: T) {
  return z.array(z.unknown()).transform((items) =>
    items.flatMap((item): z.output<T>[] => {
      const parsed = schema.safeParse(item);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}
