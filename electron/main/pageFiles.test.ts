import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFile } from './pageFiles.ts';

const ROOT = path.resolve('/pages');

describe('the file an address means', () => {
  it('is the start page, an asset, or one with a query', () => {
    expect(pageFile('app://yichuang/', ROOT)).toMatchObject({ file: path.join(ROOT, 'index.html') });
    expect(pageFile('app://yichuang/assets/a.js?v=1#x', ROOT)).toEqual({
      file: path.join(ROOT, 'assets', 'a.js'),
      type: 'text/javascript; charset=utf-8',
    });
    expect(pageFile('app://yichuang/%E5%AD%97.woff2', ROOT)).toMatchObject({ file: path.join(ROOT, '字.woff2') });
  });

  it.each([
    'app://other/index.html',
    'app://yichuang.evil/index.html',
    'app://user@yichuang/index.html',
    'app://yichuang:80/index.html',
    'https://yichuang/index.html',
    'file:///pages/index.html',
    'not an address',
    'app://yichuang/..%2fsecret.json',
    'app://yichuang/%2e%2e%2f%2e%2e%2fetc/hosts.json',
    'app://yichuang/a/..%2f..%2f..%2fpages-of-another/a.js',
    'app://yichuang/..%5csecret.json',
    'app://yichuang/a.js%00.html',
    'app://yichuang/%ff.js',
    'app://yichuang/a.map',
    'app://yichuang/noextension',
    'app://yichuang/%2f',
  ])('is none for %s', (url) => {
    expect(pageFile(url, ROOT)).toBeNull();
  });
});
