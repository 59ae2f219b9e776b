import { expect, test } from 'vitest';
import { PaperPages } from './paperPages.ts';

test('the pages of a paper lie where nobody can guess, until it is printed', () => {
  const pages = new PaperPages();
  const { url, remove } = pages.add({ title: '<b>受理凭证', pages: ['<svg>one</svg>', '<svg>two</svg>'] });
  const folder = url.slice(0, -'index.html'.length);
  expect(folder).toMatch(/^app:\/\/yichuang\/print\/[0-9a-f-]{36}\/$/);
  const html = pages.answer(url);
  expect(html?.body).toContain('<title>&#60;b&#62;受理凭证</title>');
  expect(html?.body.match(/<img src="\d\.svg"/g)).toEqual(['<img src="1.svg"', '<img src="2.svg"']);
  expect(pages.answer(`${folder}2.svg`)).toEqual({ body: '<svg>two</svg>', type: 'image/svg+xml' });
  expect(pages.answer(`${folder}print.css`)?.type).toMatch(/^text\/css/);
  for (const other of ['3.svg', '0.svg', '-1.svg', '1.svg?x', '', 'x/1.svg', '../1.svg']) {
    expect(pages.answer(folder + other), other).toBeNull();
  }
  expect(
    pages.answer(`${folder.replace(/\/[0-9a-f-]{36}\//, '/00000000-0000-0000-0000-000000000000/')}1.svg`),
  ).toBeNull();
  remove();
  for (const name of ['index.html', '1.svg', 'print.css']) expect(pages.answer(folder + name)).toBeNull();
});
