import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { YichuangError } from '../../contract/errors.ts';
import { encryptedPdf, JPEG, jpegWith, PROGRESSIVE_JPEG, pdfOf } from '../../tests/fixtures/attachments.ts';
import { inspectAttachment } from './inspect.ts';
import { countPdfPages } from './pdf.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

async function faultOf(bytes: Buffer, name = ''): Promise<unknown> {
  try {
    return await inspectAttachment(bytes, name);
  } catch (error) {
    return ((error as YichuangError).details as { why?: string }).why;
  }
}

describe('an image', () => {
  test('tells its size, and its resolution when it knows it', async () => {
    const baseline = { media: 'image/jpeg', width: 24, height: 16, dpi: 300 };
    expect(await inspectAttachment(JPEG, '登记证明.JPG')).toEqual(baseline);
    expect(await inspectAttachment(jpegWith('x'.repeat(65_000)), 'scan')).toEqual(baseline);
    expect(await inspectAttachment(PROGRESSIVE_JPEG, 'a.jpeg')).toEqual({ media: 'image/jpeg', width: 24, height: 16 });
  });

  test('that was cut off anywhere is refused, whatever follows', async () => {
    const source = fc.constantFrom(JPEG, PROGRESSIVE_JPEG, jpegWith('a'));
    await fc.assert(
      fc.asyncProperty(source, fc.nat(), fc.constantFrom(0, 1, 50), async (image, cut, zeroes) => {
        const short = Buffer.concat([image.subarray(0, 3 + (cut % (image.length - 4))), Buffer.alloc(zeroes)]);
        expect(await faultOf(short)).toBe('truncated');
      }),
      { numRuns: 400 },
    );
  });

  test('may have stray bytes after its end, as some cameras write', async () => {
    expect(await faultOf(Buffer.concat([JPEG, Buffer.alloc(100)]))).toMatchObject({ width: 24 });
  });

  test('of noise never hangs and never throws anything but its fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
        const fault = await faultOf(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), noise]));
        expect(typeof fault === 'object' || fault === 'truncated').toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a PDF', () => {
  test('tells how many pages it has', async () => {
    expect(await inspectAttachment(await pdfOf(3), 'a.pdf')).toEqual({ media: 'application/pdf', pages: 3 });
  });

  test('without pages, with a password, or damaged is refused by that name', async () => {
    expect(await faultOf(await pdfOf(0))).toBe('pdf-empty');
    expect(await faultOf(encryptedPdf())).toBe('pdf-encrypted');
    const whole = await pdfOf(1);
    expect(await faultOf(whole.subarray(0, whole.length - 20))).toBe('truncated');
    expect(await faultOf(Buffer.from('%PDF-1.7\nnothing of a PDF\n%%EOF'))).toBe('pdf-unreadable');
  });

  test('that cannot be read in time is given up', async () => {
    await expect(countPdfPages(await pdfOf(1), 0)).rejects.toMatchObject({ details: { why: 'pdf-unreadable' } });
  });
});

test.each([
  ['an empty file', Buffer.alloc(0), 'a.jpg', 'empty'],
  ['a PNG', PNG, 'a.png', 'not-a-page'],
  ['a text', Buffer.from('登记申请书'), 'a.pdf', 'not-a-page'],
  ['a JPEG that is called a PDF', JPEG, 'a.pdf', 'wrong-type'],
])('%s is refused', async (_what, bytes, name, fault) => {
  expect(await faultOf(bytes, name)).toBe(fault);
});

test('a PDF that is called an image is refused', async () => {
  expect(await faultOf(await pdfOf(1), 'a.jpg')).toBe('wrong-type');
});
