/** A calendar day as the hall writes it, `2018-11-23`, that comes after another. */
export function isLaterDay(text: string, than: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text > than;
}
