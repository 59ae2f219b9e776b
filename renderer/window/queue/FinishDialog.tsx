import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import { QueueFrame } from './QueueFrame.tsx';

/** F3 on a number whose form was begun and not accepted: nothing of one person stays open for the next. */
export function FinishDialog() {
  const { desk, closeOverlay } = useWorkspace();
  const number = useStore(desk.queue, ({ state }) => state?.current?.number ?? '');
  const { form, item } = useForm();
  const words = t.queue.finishDialog;
  const entered = [form.parties[0]?.name ?? t.cases.noHolder, item?.name ?? t.cases.noItem];
  return (
    <QueueFrame
      title={words.title(number)}
      go={words.go}
      effect={words.effect}
      missing={null}
      other={
        <Button look="danger" onClick={() => void desk.finish('clear').then((done) => done && closeOverlay())}>
          {words.clear}
        </Button>
      }
      onGo={() => desk.finish('aside')}
    >
      <p>{entered.join(t.separator)}</p>
    </QueueFrame>
  );
}
