import type { ModbusUnit } from './unit.ts';

/** Most registers one read may ask for (Modbus application protocol V1.1b3 §6.3). */
const MAX_SPAN = 125;

/**
 * Registers that lie near each other in one request, so that they belong to one moment; others one after the other, the
 * first of them first.
 * @returns the values in the order of `addresses`
 */
export async function readSpan(
  unit: ModbusUnit,
  table: 'input' | 'holding',
  addresses: readonly number[],
): Promise<number[]> {
  const first = Math.min(...addresses);
  const count = Math.max(...addresses) - first + 1;
  if (count <= MAX_SPAN) {
    const values = await unit.read(table, first, count);
    return addresses.map((address) => values[address - first] ?? 0);
  }
  const values: number[] = [];
  for (const address of addresses) values.push(...(await unit.read(table, address, 1)));
  return values;
}
