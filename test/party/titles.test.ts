import { expect, it } from 'vitest';
import { contentMetaOf } from '../../src/party/index.ts';

it.each([
  [' The\u200b \n film ', 'The film'],
  ['\u202egnp.mlif', 'gnp.mlif'],
  ['\u2800\u3164', ''],
])('[META-1] A title is its visible part: %j.', (told, title) => {
  expect(contentMetaOf({ contentId: 'film', meta: { title: told } }).title).toBe(title);
});
