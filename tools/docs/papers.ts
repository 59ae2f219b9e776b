import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderPdf, renderSvg } from '../../service/papers/render.ts';
import { makeSamplePapers, USUAL } from '../../tests/fixtures/papers.ts';

/**
 * `node tools/docs/papers.ts DIR [--full]`: every A4 paper with fictitious data as PDF, SVG and (with poppler-utils) PNG,
 * to be looked at. `--full`: long names and 60 entries.
 */

const [folder, mode] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder to write to is missing');
mkdirSync(folder, { recursive: true });
const fill =
  mode === '--full'
    ? {
        ...USUAL,
        name: '阿依古丽·买买提𠮷与某某某某某某某某某某某某某某某某集团股份有限公司',
        location: '辽源市龙山区'.concat('示例街道示例社区示例路188号某某花园小区三期12号楼2单元1903室及地下车位'),
        count: 60,
      }
    : USUAL;
for (const [kind, document] of Object.entries(makeSamplePapers(fill))) {
  const started = performance.now();
  const pages = await renderSvg(document);
  const between = performance.now();
  const pdf = await renderPdf(document);
  const done = performance.now();
  const file = path.join(folder, kind);
  for (const [index, svg] of pages.entries()) writeFileSync(`${file}-${index + 1}.svg`, svg);
  writeFileSync(`${file}.pdf`, pdf);
  execFileSync('pdftoppm', ['-r', '75', '-png', '-gray', `${file}.pdf`, file]);
  const svgTime = ((between - started) / pages.length).toFixed(0);
  const pdfTime = ((done - between) / pages.length).toFixed(0);
  process.stdout.write(
    `${kind}: ${pages.length} pages, ${svgTime} ms SVG and ${pdfTime} ms PDF a page, ${Math.round(pdf.length / 1024)} kB PDF, ${Math.round((pages[0]?.length ?? 0) / 1024)} kB SVG\n`,
  );
}
