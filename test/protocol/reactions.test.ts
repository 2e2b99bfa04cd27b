import { expect, it } from 'vitest';
import { applyReaction } from '../../src/protocol/index.ts';

const before = [
  { emoji: '👍', userIds: ['ada', 'bob'] },
  { emoji: '🎉', userIds: ['ada'] },
];

it.each([
  [
    'adds a user to its emoji',
    'cyd',
    '👍',
    true,
    [
      ['👍', 'ada', 'bob', 'cyd'],
      ['🎉', 'ada'],
    ],
  ],
  [
    'adds an emoji behind the others',
    'cyd',
    '🙂',
    true,
    [
      ['👍', 'ada', 'bob'],
      ['🎉', 'ada'],
      ['🙂', 'cyd'],
    ],
  ],
  [
    'removes a user from an emoji',
    'ada',
    '👍',
    false,
    [
      ['👍', 'bob'],
      ['🎉', 'ada'],
    ],
  ],
  ['drops an emoji that nobody has left', 'ada', '🎉', false, [['👍', 'ada', 'bob']]],
  [
    'changes nothing by removing an unknown emoji',
    'ada',
    '🙂',
    false,
    [
      ['👍', 'ada', 'bob'],
      ['🎉', 'ada'],
    ],
  ],
] as const)('A reaction %s.', (_, userId, emoji, on, after) => {
  const expected = after.map(([each, ...userIds]) => ({ emoji: each, userIds }));
  expect(applyReaction(before, { userId, emoji, on })).toEqual(expected);
});
