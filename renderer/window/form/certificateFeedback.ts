import { parseCertificateNumber } from '../../../domain/numbers/certificateNumber.ts';

/** What to say beside a certificate number; before its last character 号 nothing is wrong yet. */
export function certificateFeedback(typed: string): 'typing' | 'good' | 'legacy' | 'bad' {
  const text = typed.trim();
  if (!text.endsWith('\u53f7')) return 'typing';
  const result = parseCertificateNumber(text);
  if (!result.ok) return 'bad';
  return result.legacy ? 'legacy' : 'good';
}
