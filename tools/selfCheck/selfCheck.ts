import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { launchApp } from '../../tests/fixtures/app.ts';
import { BrowserPage } from '../../tests/fixtures/browserPage.ts';
import { Clerk } from '../../tests/fixtures/clerk.ts';
import { startXvfb } from '../../tests/fixtures/xvfb.ts';
import { verifyFolder } from '../commands/verify.ts';
import { startDemo } from '../demo/startDemo.ts';
import { windowArguments } from '../demo/window.ts';

/**
 * `npm start -- --check`: starts everything, accepts one case through the real window with the keyboard, and looks at
 * each place the case must have reached. A self-check of an installation, not a test of the program.
 * @returns exit code: 0 when everything was as it should be
 */
export async function selfCheck(): Promise<number> {
  const startedAt = performance.now();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-check-'));
  const ends: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  let step = 'starting';
  const done = (words: string) => console.error(`  ✓ ${words}`);
  try {
    console.error('Self-check: one acceptance through the real window');
    step = 'centre and simulated devices';
    const demo = await startDemo({ dir, role: 'window' });
    ends.unshift(demo.stop);
    done(`centre at ${demo.centreUrl}, card reader ${demo.reader.port}, ticket printer ${demo.printer.port}`);

    step = 'window';
    const display = await startXvfb();
    ends.unshift(display.stop);
    const launched = await launchApp({
      display: display.name,
      dataDir: demo.folder.terminalDir,
      args: windowArguments(demo.folder),
    });
    let isOpen = true;
    const close = async () => {
      if (isOpen) await launched.stop();
      isOpen = false;
    };
    ends.unshift(close);
    step = 'office pages';
    await checkOffice(demo.officeUrl);
    done(`back office at ${demo.officeUrl}: the page answers, 2001 signs in over WebSocket`);

    step = 'sign-in';
    const clerk = new Clerk(launched.page);
    await clerk.signIn('1001', 'Yichuang-1001');
    done('window open, 王敏 signed in with the staff the centre sent');

    step = 'card';
    demo.reader.layCard('zhangsan');
    await clerk.waitForPerson('张三');
    demo.reader.liftCard();
    done('card read, the person stands on the form');

    step = 'acceptance';
    await clerk.fillIn({ item: 'A09', location: '龙山区东吉大街12号3单元402室' });
    const number = await clerk.accept();
    done(`accepted as ${number} with ${clerk.keys} keys and ${clerk.typed} typed characters`);

    step = 'receipt';
    await clerk.waitForPrint();
    const slips = demo.printer.slips();
    const isRight = slips.length === 2 && slips.every((slip) => slip.qr[0] === number && slip.barcodes[0] === number);
    if (!isRight) throw new Error(`${slips.length} slips, not two with the number in both codes`);
    done('receipt printed twice, QR and bar code carry the number, the printer confirmed');

    step = 'centre';
    await clerk.waitForLine(0, 1);
    await close();
    const centre = openSqliteStore(demo.folder.centreDir);
    const cases = centre.listCases();
    centre.close();
    if (cases.length !== 1 || cases[0]?.number !== number)
      throw new Error('the centre does not have exactly this case');
    done('the centre has the case, once');

    step = 'verification';
    const findings = await verifyFolder(demo.folder.terminalDir);
    if (findings.length > 0) throw new Error(findings.map(({ code, detail }) => `${code} ${detail}`).join(', '));
    done('chain, hashes and projections of the terminal verify');
    console.error(`Self-check passed in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return 0;
  } catch (error) {
    console.error(`  ✗ ${step}: ${(error as Error).message}`);
    return 1;
  } finally {
    for (const end of ends) await end();
  }
}

/** @throws Error when a browser could not work there */
async function checkOffice(url: string | null): Promise<void> {
  if (url === null) throw new Error('the centre does not serve the back office');
  const page = await BrowserPage.visit(url);
  while (!(await page.hello()).hasStaff) await new Promise((resolve) => setTimeout(resolve, 50));
  const staff = await page.signIn('2001');
  page.close();
  if (staff.number !== '2001') throw new Error('another person was signed in');
}
