import { useStore } from 'zustand';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import styles from './Form.module.css';
import { ConditionSection } from './parts/ConditionSection.tsx';
import { DealSection } from './parts/DealSection.tsx';
import { DeliverySection } from './parts/DeliverySection.tsx';
import { FirstRun } from './parts/FirstRun.tsx';
import { ItemSection } from './parts/ItemSection.tsx';
import { LinkSection } from './parts/LinkSection.tsx';
import { NewerCatalogue } from './parts/NewerCatalogue.tsx';
import { NoteSection } from './parts/NoteSection.tsx';
import { ObjectionSection, OrderSection } from './parts/OrderSection.tsx';
import { PartySection } from './parts/PartySection.tsx';
import { PropertySection } from './parts/PropertySection.tsx';
import { Returning } from './parts/Returning.tsx';
import { ArrivalQuestion } from './queue/ArrivalQuestion.tsx';
import { OtherNumberNote } from './queue/OtherNumberNote.tsx';
import { PreReviewNote } from './queue/PreReviewNote.tsx';
import { VisitNote } from './queue/VisitNote.tsx';
import { useForm } from './useForm.ts';
import { useWorkspace } from './workspace.ts';

/** The acceptance form: what, who, which property. Materials are beside it (FormSide). */
export function FormPage() {
  const { form, app, view } = useWorkspace();
  const confirming = useStore(view, (state) => state.overlay === 'confirm');
  const failure = useStore(form, (state) => state.acceptFailure);
  const noDevices = useStore(app.status, (state) => state.devices?.length === 0);
  const begun = useStore(form, (state) => state.form.parties.length > 0);
  const { item } = useForm();
  return (
    <div className={styles.form}>
      <h1 className="visually-hidden">{t.cases.inHandEmpty}</h1>
      {failure && !confirming ? <FailureNotice failure={failure}>{t.action.retrySafe}</FailureNotice> : null}
      <ArrivalQuestion />
      <OtherNumberNote />
      <PreReviewNote />
      <VisitNote />
      <NewerCatalogue />
      <Returning />
      <ItemSection />
      {noDevices && !begun ? <FirstRun /> : null}
      <div className={styles.columns}>
        <PartySection />
        <div className={styles.column}>
          <OrderSection />
          <PropertySection />
          <DealSection />
          <ObjectionSection />
          <LinkSection />
        </div>
        {item ? (
          <div className={styles.column}>
            <ConditionSection />
            <DeliverySection />
            <NoteSection />
          </div>
        ) : null}
      </div>
    </div>
  );
}
