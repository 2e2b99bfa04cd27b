#!/usr/bin/env bash
# zod 4.6.7: `.catch()` and `safeParse` answer for issues only. What a refinement throws passes through both, so a schema
# with a fallback is no guard against code that throws inside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7
cat >run.mjs <<'SCRIPT'
import { z } from 'zod';
const throwing = z.unknown().refine(() => {
  throw new TypeError('from a refinement');
});
const outcome = (run) => {
  try {
    return JSON.stringify(run());
  } catch (error) {
    return `throws ${error.name}`;
  }
};
console.log('refusing, with catch:', outcome(() => z.unknown().refine(() => false).catch('fallback').parse(1)));
console.log('throwing, with catch:', outcome(() => throwing.catch('fallback').parse(1)));
console.log('throwing, safeParse:', outcome(() => throwing.safeParse(1)));
console.log('throwing, optional and catch in an object:', outcome(() => z.object({ a: throwing.optional().catch(undefined) }).safeParse({ a: 1 })));
SCRIPT
expected='refusing, with catch: "fallback"
throwing, with catch: throws TypeError
throwing, safeParse: throws TypeError
throwing, optional and catch in an object: throws TypeError'
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
