import { useEffect, useState } from 'react';
import type { MethodOutput } from '../../../contract/rpc.ts';
import type { CertificateRecord } from '../../../domain/case/progress.ts';
import { useAnswer } from '../../app/useAnswer.ts';
import { t } from '../../strings/index.ts';
import { FailureNotice } from '../../ui/Notice.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from '../Office.module.css';
import { useOffice } from '../office.ts';
import { Facts, Part } from '../parts.tsx';
import ownStyles from './Print.module.css';

type Preview = MethodOutput<'certificate.preview'>;

interface CertificatePreviewProps {
  caseId: string;
  version: number;
  certificate: CertificateRecord;
}

/** The page as it will be printed, beside what the register says: what does not fit is seen before paper moves. */
export function CertificatePreview({ caseId, version, certificate }: CertificatePreviewProps) {
  const { answer: preview, failure } = usePreview(caseId, version, certificate.number);
  const rows = preview?.content.rows ?? [];
  return (
    <div className={ownStyles.page}>
      <Part title={t.lanePrint.preview}>
        {failure ? <FailureNotice failure={failure} /> : null}
        {preview ? <Page preview={preview} number={certificate.number} /> : null}
        {preview || failure ? null : <Skeleton label={t.lanePrint.drawing} />}
        {preview?.form.measures === 'assumed' ? <p className={styles.muted}>{t.lanePrint.assumed}</p> : null}
      </Part>
      <Part title={t.lanePrint.registered}>
        <Facts
          facts={[
            [t.laneCheck.fields.number, certificate.number],
            ...rows.map(({ label, value }) => [label, value] as const),
          ]}
        />
      </Part>
    </div>
  );
}

/** What goes on the paper, over what the form has already. */
function Page({ preview, number }: { preview: Preview; number: string }) {
  const below = useAddress(preview.formSvg);
  const above = useAddress(preview.svg);
  return (
    <ScrollRegion className={ownStyles.paper} aria-label={t.lanePrint.previewOf(number)}>
      <div className={ownStyles.sheet}>
        {below ? <img src={below} alt="" /> : null}
        {above ? <img src={above} alt={t.lanePrint.previewOf(number)} /> : null}
      </div>
    </ScrollRegion>
  );
}

function usePreview(caseId: string, version: number, certificate: string) {
  const { app } = useOffice();
  const ask = () => app.client.call('certificate.preview', { caseId, certificate });
  // A further step of the case may change the page.
  return useAnswer(ask, [app, caseId, certificate, version]);
}

/** Pictures from blob addresses: nothing in them can run. */
function useAddress(svg: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return address;
}
