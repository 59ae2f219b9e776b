import { useState } from 'react';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { localDay } from '../app/format.ts';
import { PaperDialog } from '../papers/PaperDialog.tsx';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';

type Purpose = Extract<PaperTarget, { of: 'blanks' }>['purpose'];

interface RegistersProps {
  day: string;
  lines: MethodOutput<'blanks.balance'>['lines'];
  voids: MethodOutput<'blanks.list'>['rows'];
}

/** SL16 of a day: only the registers that have a line. */
export function Registers({ day, lines, voids }: RegistersProps) {
  const { client } = useApp();
  const [open, setOpen] = useState<Purpose | null>(null);
  const isKept: Record<Purpose, boolean> = {
    'take-out': lines.some(({ kind }) => kind === 'blanks.assigned'),
    return: lines.some(({ kind }) => kind === 'blanks.returned'),
    void: voids.some((row) => row.void !== null && localDay(row.void.at) === day),
  };
  return (
    <>
      {(['take-out', 'return', 'void'] as const)
        .filter((purpose) => isKept[purpose])
        .map((purpose) => (
          <Button key={purpose} size="small" onClick={() => setOpen(purpose)}>
            {t.casePapers.registers[purpose]}
          </Button>
        ))}
      {open === null ? null : (
        <PaperDialog
          client={client}
          target={{ of: 'blanks', day, purpose: open }}
          onPrinted={() => {}}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
