import { z } from 'zod';

/*
 * To be imported before anything that makes a schema. Zod compiles its parsers with `new Function` where it may; the
 * policy of an extension forbids that, and each try is reported in the console as a violation.
 */
z.config({ jitless: true });
