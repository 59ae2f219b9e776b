/** Keys on a row of the material checklist. Pure. */
export type ChecklistAct =
  | { do: 'move'; to: string | undefined }
  | { do: 'toggle' }
  | { do: 'form'; step: 1 | -1 }
  | { do: 'copies'; step: 1 | -1 };

/** @param codes rows in order; @param at the row with the focus */
export function checklistKey(key: string, codes: readonly string[], at: string): ChecklistAct | null {
  const index = codes.indexOf(at);
  switch (key) {
    case 'ArrowDown':
      return { do: 'move', to: codes[Math.min(codes.length - 1, index + 1)] };
    case 'ArrowUp':
      return { do: 'move', to: codes[Math.max(0, index - 1)] };
    case 'Home':
      return { do: 'move', to: codes[0] };
    case 'End':
      return { do: 'move', to: codes.at(-1) };
    case ' ':
      return { do: 'toggle' };
    case 'ArrowRight':
      return { do: 'form', step: 1 };
    case 'ArrowLeft':
      return { do: 'form', step: -1 };
    case '+':
    case '=':
      return { do: 'copies', step: 1 };
    case '-':
      return { do: 'copies', step: -1 };
    default:
      return null;
  }
}

/** After ticking `at`: the next row still missing, first below, then from the top; `at` itself when all are there. */
export function afterTick(codes: readonly string[], at: string, isTicked: (code: string) => boolean): string {
  const index = codes.indexOf(at);
  const order = [...codes.slice(index + 1), ...codes.slice(0, index)];
  return order.find((code) => !isTicked(code)) ?? at;
}
