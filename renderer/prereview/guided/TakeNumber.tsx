import { useState } from 'react';
import type { MethodInput, MethodOutput } from '../../../contract/rpc.ts';
import type { Tile } from '../../../domain/preReview/tile.ts';
import { useApp } from '../../app/app.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import { NumberPad } from '../NumberPad.tsx';
import resultStyles from '../screens/ResultScreen.module.css';
import { PrintState, TicketFacts } from '../screens/ResultScreen.tsx';
import { TilesScreen } from '../screens/TilesScreen.tsx';
import { DeskInput } from './DeskInput.tsx';

export type TakeKind = 'priority' | 'enterprise' | 'pickup' | 'appointment' | 'returned' | 'reprint';

type Taken = MethodOutput<'ticket.take'>;
type Wanted = MethodInput<'ticket.take'>['for'];

/** A number without pre-review. Everything that is asked for fits one screen, after the item where there is one. */
export function TakeNumber({ kind, onDone }: { kind: TakeKind; onDone(): void }) {
  const { client } = useApp();
  const [path, setPath] = useState<Tile[]>([]);
  const [itemCode, setItemCode] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  // One for this number, however often it is asked for.
  const [commandId] = useState(() => crypto.randomUUID());

  async function ask(work: () => Promise<Taken>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      setTaken(await work());
    } catch (error) {
      setFailure(toFailure(error));
    } finally {
      setBusy(false);
    }
  }
  const take = (wanted: Wanted): void => void ask(() => client.call('ticket.take', { commandId, for: wanted }));

  if (taken) return <Given taken={taken} onDone={onDone} />;
  if ((kind === 'priority' || kind === 'enterprise') && itemCode === null) {
    return (
      <TilesScreen
        path={path}
        failure={failure}
        onChoose={(tile) => {
          setPath([...path, tile]);
          if (tile.leads.to !== 'item') return;
          setItemCode(tile.leads.code);
          if (kind === 'priority') take({ kind: 'ordinary', itemCode: tile.leads.code, priority: true });
        }}
      />
    );
  }
  const words = t.prereview.staff;
  if (kind === 'priority') {
    return (
      <main className={kiosk.ask}>
        <h1 id="question">{words.priority}</h1>
        <Failed failure={failure} />
      </main>
    );
  }
  const submit = (): void => {
    if (kind === 'enterprise') take({ kind: 'enterprise', itemCode: itemCode ?? '', batch: Number(typed) });
    else if (kind === 'pickup') take({ kind: 'pickup', caseNumber: typed });
    else if (kind === 'returned') take({ kind: 'back', number: typed });
    else if (kind === 'appointment') take({ kind: 'appointment', code: typed });
    else void ask(() => client.call('ticket.reprint', { commandId, number: typed.trim().toUpperCase() }));
  };
  return (
    <main className={kiosk.halves}>
      <section className={kiosk.ask} aria-labelledby="question">
        <h1 id="question">{words[kind]}</h1>
        <p>{words[`${kind}Hint`]}</p>
        <Failed failure={failure} />
      </section>
      {kind === 'enterprise' || kind === 'appointment' ? (
        <NumberPad
          label={words.input[kind]}
          value={typed}
          onChange={setTyped}
          onDone={submit}
          maxLength={kind === 'enterprise' ? 2 : 8}
          ready={kind === 'enterprise' ? Number(typed) >= 1 && Number(typed) <= 50 : typed.length === 8}
          busy={busy}
          doneLabel={words.submit}
        />
      ) : (
        <DeskInput
          label={words.input[kind]}
          value={typed}
          onChange={setTyped}
          onDone={submit}
          busy={busy}
          doneLabel={kind === 'reprint' ? words.submitReprint : words.submit}
        />
      )}
    </main>
  );
}

function Given({ taken: { ticket, printed }, onDone }: { taken: Taken; onDone(): void }) {
  return (
    <main className={resultStyles.result}>
      <TicketFacts ticket={ticket} />
      <PrintState printed={printed} good={t.prereview.staff.taken} bad={t.prereview.result.notPrinted} />
      <button type="button" className={kiosk.primary} onClick={onDone}>
        {t.prereview.staff.again}
      </button>
    </main>
  );
}
