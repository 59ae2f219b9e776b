import { useState } from 'react';
import { useStore } from 'zustand';
import { parsePhone } from '../../../domain/numbers/phone.ts';
import { windowNumber } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { TextField } from '../../ui/Field.tsx';
import dialogStyles from '../dialogs/Dialogs.module.css';
import { useWorkspace } from '../workspace.ts';
import { ActFrame } from './ActFrame.tsx';
import styles from './Acts.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';

/** T33: the second call of a number, to this window. */
export function CallDialog() {
  const { app, cases } = useWorkspace();
  const window = useStore(app.session, (state) => state.info?.id ?? '');
  const copies = useStore(cases, (state) => state.current?.record.certificates.length ?? 0);
  return (
    <ActFrame
      act="T33"
      plain
      title={t.call.title}
      go={t.call.go}
      effect={t.call.effect(windowNumber(window))}
      advance={() => ({ window })}
    >
      <dl className={dialogStyles.rows}>
        <div>
          <dt>{t.call.copies}</dt>
          <dd>{t.call.count(copies)}</dd>
        </div>
      </dl>
    </ActFrame>
  );
}

/** T35: called, and nobody came. */
export function NoShowDialog() {
  return (
    <ActFrame act="T35" plain title={t.noShow.title} go={t.noShow.go} effect={t.noShow.effect} advance={() => ({})} />
  );
}

/** T11 without a printed notice: by law the application counts as accepted since it was made. */
export function DeemedDialog() {
  return (
    <ActFrame
      act="T11"
      title={t.deemed.title}
      go={t.deemed.go}
      cancel={t.deemed.keep}
      danger
      effect={t.deemed.effect}
      advance={() => ({ deemed: true })}
    />
  );
}

const EXPRESS_FIELDS = ['receiver', 'phone', 'address', 'carrier', 'trackingNumber'] as const;

/** T36: what the applicant told is there already; the number of the parcel is typed or scanned. */
export function ExpressDialog() {
  const { cases } = useWorkspace();
  const acceptance = useStore(cases, (state) => state.current?.record.acceptance);
  const holder = acceptance?.parties.find((party) => party.role === 'holder');
  // 邮寄 was chosen at acceptance: the parcel goes where the applicant said then.
  const asked = acceptance?.delivery?.method === 'mail' ? acceptance.delivery : undefined;
  const [express, setExpress] = useState({
    receiver: asked?.receiver ?? holder?.name ?? '',
    phone: asked?.phone ?? holder?.phone ?? '',
    address: asked?.address ?? holder?.address ?? '',
    carrier: t.express.carrierUsual as string,
    trackingNumber: '',
  });
  const empty = EXPRESS_FIELDS.filter((name) => express[name].trim() === '').map((name) => t.express.need[name]);
  const phone = parsePhone(express.phone.trim());
  const isPhoneBad = express.phone.trim() !== '' && !phone.ok;
  const missing =
    empty.length > 0 ? `${t.acts.missingWhy}${t.colon}${empty.join(t.listSeparator)}` : phone.ok ? null : phone.message;
  const labels = {
    receiver: t.express.receiver,
    phone: t.express.phone,
    address: t.express.address,
    carrier: t.express.carrier,
    trackingNumber: t.express.tracking,
  };
  const focusOn = EXPRESS_FIELDS.find((name) => express[name] === '') ?? 'trackingNumber';
  const [first] = useState(focusOn);
  return (
    <ActFrame
      act="T36"
      title={t.express.title}
      go={t.express.go}
      missing={missing}
      effect={t.express.effect}
      advance={() => ({
        express: {
          receiver: express.receiver.trim(),
          phone: express.phone.trim(),
          address: express.address.trim(),
          carrier: express.carrier.trim(),
          trackingNumber: express.trackingNumber.trim(),
        },
      })}
    >
      <div className={styles.fields}>
        {EXPRESS_FIELDS.map((name) => (
          <TextField
            key={name}
            label={labels[name]}
            value={express[name]}
            maxLength={name === 'address' ? 200 : name === 'receiver' ? 100 : name === 'phone' ? 20 : 40}
            tone={name === 'phone' && isPhoneBad ? 'bad' : 'plain'}
            {...(name === first && { 'data-default': true })}
            onChange={(event) => setExpress({ ...express, [name]: event.target.value })}
          />
        ))}
      </div>
    </ActFrame>
  );
}

/** T37: who signed for the parcel, or the carrier's own proof. */
export function DeliveredDialog() {
  const [proof, setProof] = useState<string>(t.delivered.usual);
  return (
    <ActFrame
      act="T37"
      title={t.delivered.title}
      go={t.delivered.go}
      missing={proof.trim() === '' ? t.delivered.need : null}
      effect={t.delivered.effect}
      advance={() => ({ proof: proof.trim() })}
    >
      <ReasonChoice
        label={t.delivered.proof}
        reasons={[t.delivered.usual]}
        value={proof}
        onChange={setProof}
        isDefault
      />
    </ActFrame>
  );
}
