import type { MethodInput, MethodOutput } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';

/** An act at the certificate printer. */
export type PrintAct =
  | { kind: 'print'; certificate: string; blank: string }
  | { kind: 'confirm'; job: string; serial: string }
  | { kind: 'drop'; job: string }
  | ({ kind: 'spoil'; job: string } & Pick<MethodInput<'certificate.spoil'>, 'reason' | 'note' | 'witness'>);

/** @returns the case after it; the same `commandId` again is the same act */
export function sendPrint(
  client: RpcClient,
  { commandId, ...target }: { commandId: string; caseId: string; baseVersion: number },
  act: PrintAct,
): Promise<MethodOutput<'certificate.print'>> {
  switch (act.kind) {
    case 'print':
      return client.call('certificate.print', {
        commandId,
        ...target,
        certificate: act.certificate,
        blank: act.blank,
      });
    case 'confirm':
      return client.call('certificate.confirm', { commandId, job: act.job, serial: act.serial });
    case 'drop':
      return client.call('certificate.drop', { job: act.job });
    case 'spoil':
      return client.call('certificate.spoil', {
        commandId,
        job: act.job,
        reason: act.reason,
        note: act.note,
        witness: act.witness,
      });
  }
}
