import { expect, it } from 'vitest';
import { contentMetaOf } from '../../src/party/index.ts';

it.each([
  [' The\u200b \n film ', 'The film'],
  ['\u202egnp.mlif', 'gnp.mlif'],
  ['\u2800\u3164', ''],
])('[META-1] a title is what can be seen of it: %j', (told, title) => {
  expect(contentMetaOf({ contentId: 'film', meta: { title: told } }).title).toBe(title);
});
