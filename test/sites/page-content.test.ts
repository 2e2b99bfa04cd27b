import { describe, expect, it } from 'vitest';
import { pageContent } from '../../src/sites/page-content.ts';

const idOf = (href: string) => pageContent(href, '')?.contentId;

describe('the same film, however people came to it', () => {
  it.each([
    ['a campaign', 'https://films.example/one?utm_source=mail&UTM_Medium=x'],
    ['a click id', 'https://films.example/one?fbclid=1&gclid=2&msclkid=3'],
    ['a share', 'https://films.example/one?si=abc'],
    ['a place on the page', 'https://films.example/one#comments'],
    ['a name and password', 'https://me:secret@films.example/one'],
    ['an explicit port', 'https://films.example:443/one'],
  ])('has one id, without %s', (_, href) => expect(idOf(href)).toBe('https://films.example/one'));

  it('keeps what tells films apart', () => {
    expect(idOf('https://films.example/watch?v=abc&t=5&utm_id=9')).toBe(
      'https://films.example/watch?v=abc&t=5',
    );
    expect(idOf('https://films.example/#!/film/9')).toBe('https://films.example/#!/film/9');
    expect(idOf('https://films.example/#/film/9')).toBe('https://films.example/#/film/9');
  });
});

it.each([
  'about:blank',
  'file:///home/me/film.mp4',
  'javascript:alert(1)',
  'chrome://settings',
  'not an address',
  '',
])('what others cannot open is no content: %s', (href) => expect(pageContent(href, 'x')).toBeNull());

it('a title is told without the space around it, and not without end', () => {
  const title = pageContent('https://films.example/', `  ${'x'.repeat(999)}`)?.title;
  expect(title).toBe('x'.repeat(300));
});
