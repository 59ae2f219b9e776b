import { findItem, findMaterial, requiredMaterials } from '../catalogue/catalogue.ts';
import { promiseOf } from '../catalogue/promise.ts';
import type { Item, MaterialCondition } from '../catalogue/types.ts';
import { isCalendarDate, parseCitizenId } from '../identity/citizenId.ts';
import { parseCreditCode } from '../identity/creditCode.ts';
import { parseCertificateNumber } from '../numbers/certificateNumber.ts';
import { isPhoneNumber } from '../numbers/phone.ts';
import { parseUnitNumber } from '../numbers/unitNumber.ts';
import type { Acceptance, Override, Party, Property } from './types.ts';

/** One thing that stands in the way of acceptance, in the order a clerk would meet it. */
export interface AcceptanceProblem {
  code:
    | 'item-unknown'
    | 'project-kind-missing'
    | 'holder-missing'
    | 'party-name'
    | 'party-id'
    | 'party-phone'
    | 'override-missing'
    | 'property-location'
    | 'unit-number'
    | 'certificate-number'
    | 'material-missing'
    | 'material-not-in-item'
    | 'material-form';
  /** Path of the field, such as `parties.0.idNumber`: the page moves the focus there. */
  path: string;
  /** What is wrong, in the clerk's words; contains no personal data. */
  message: string;
}

export type AcceptanceDraft = Pick<
  Acceptance,
  'itemCode' | 'projectKind' | 'parties' | 'property' | 'conditions' | 'materials' | 'note'
>;

/**
 * Everything that must hold before T11 (domain.md §2.8, §3.4, §4.1–4.3). Pure: the page shows the list while the
 * clerk works, the service refuses with the same list.
 * @param today local calendar day, ISO
 */
export function findAcceptanceProblems(draft: AcceptanceDraft, today: string): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const item = findItem(draft.itemCode);
  if (!item?.enabled) return [{ code: 'item-unknown', path: 'itemCode', message: '请选择办理事项' }];

  if (promiseOf(item, draft.projectKind) === null) {
    problems.push({
      code: 'project-kind-missing',
      path: 'projectKind',
      message: '请选择项目类型：工业项目或房地产开发项目',
    });
  }
  if (hasApplicant(item) && !draft.parties.some((party) => party.role === 'holder')) {
    problems.push({ code: 'holder-missing', path: 'parties', message: '缺申请人：请放身份证，或按 F6 手工录入' });
  }
  draft.parties.forEach((party, index) => {
    problems.push(...findPartyProblems(party, `parties.${index}`, today));
  });

  problems.push(...findPropertyProblems(draft.property));

  const taken = new Set(draft.materials.map((material) => material.code));
  for (const { material } of requiredMaterials(item, conditionsOf(draft))) {
    if (!taken.has(material)) {
      const name = findMaterial(material)?.name ?? material;
      problems.push({ code: 'material-missing', path: `materials.${material}`, message: `还缺：${name}` });
    }
  }
  for (const material of draft.materials) {
    const known = findMaterial(material.code);
    if (!known || !item.materials.some((entry) => entry.material === material.code)) {
      problems.push({
        code: 'material-not-in-item',
        path: `materials.${material.code}`,
        message: `本事项不收：${known?.name ?? material.code}`,
      });
    } else if (!known.forms.includes(material.form)) {
      problems.push({
        code: 'material-form',
        path: `materials.${material.code}`,
        message: `收取形式不符：${known.name}`,
      });
    }
  }
  return problems;
}

/** Nobody applies for what a court orders or the registrar corrects by himself. */
function hasApplicant(item: Item): boolean {
  return item.applicancy !== 'entrusted' && item.applicancy !== 'ex-officio';
}

function findPropertyProblems(property: Property): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  if (property.location.trim() === '') {
    problems.push({ code: 'property-location', path: 'property.location', message: '缺坐落' });
  }
  if (property.unitNumber !== undefined) {
    const unit = parseUnitNumber(property.unitNumber);
    if (!unit.ok) {
      const message = unit.problem === 'length' ? '不动产单元号应为 28 位' : '不动产单元号格式不符';
      problems.push({ code: 'unit-number', path: 'property.unitNumber', message });
    }
  }
  if (property.certificate !== undefined) {
    const certificate = parseCertificateNumber(property.certificate.number);
    if (!certificate.ok) {
      const message = certificate.problem === 'length' ? '原证号应为 1 至 100 字' : '原证号格式不符，请照证书抄录';
      problems.push({ code: 'certificate-number', path: 'property.certificate', message });
    }
  }
  return problems;
}

/**
 * The conditions that hold: those the clerk ticked, and `agent` whenever somebody acts for another. A power of
 * attorney must not be forgotten because a box was.
 */
export function conditionsOf(draft: Pick<AcceptanceDraft, 'conditions' | 'parties'>): MaterialCondition[] {
  const hasAgent = draft.parties.some((party) => party.role === 'agent');
  return hasAgent && !draft.conditions.includes('agent') ? [...draft.conditions, 'agent'] : draft.conditions;
}

function findPartyProblems(party: Party, path: string, today: string): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const length = [...party.name.trim()].length;
  if (length < 1 || length > (party.kind === 'person' ? 50 : 200)) {
    problems.push({ code: 'party-name', path: `${path}.name`, message: '姓名或名称应为 1 至 50 字（单位 200 字）' });
  }
  const idMessage = describeIdProblem(party);
  if (idMessage) problems.push({ code: 'party-id', path: `${path}.idNumber`, message: idMessage });
  for (const code of neededOverrides(party, today)) {
    if (!party.overrides.some((override) => override.code === code && override.reason.trim() !== '')) {
      problems.push({ code: 'override-missing', path: `${path}.overrides.${code}`, message: OVERRIDE_QUESTIONS[code] });
    }
  }
  if (party.phone !== undefined && party.phone !== '' && !isPhoneNumber(party.phone)) {
    problems.push({ code: 'party-phone', path: `${path}.phone`, message: '电话号码格式不符' });
  }
  return problems;
}

function describeIdProblem(party: Party): string | null {
  if (party.idKind === 'credit-code') {
    if (party.kind === 'person') return '个人不用统一社会信用代码，请改选证件种类';
    const result = parseCreditCode(party.idNumber);
    if (result.ok || result.problem === 'check-digit') return null;
    return result.problem === 'length'
      ? '统一社会信用代码应为 18 位'
      : '统一社会信用代码含有不允许的字符（不用 I O S V Z）';
  }
  if (party.kind === 'organisation' && party.idKind !== 'other') return '单位不用个人证件，请改选证件种类';
  if (party.idKind === 'other') return party.idNumber.trim() === '' ? '缺证件号码' : null;
  if (party.idKind === 'permanent-residence' && /^[A-Z]{3}\d{12}$/.test(party.idNumber)) return null;
  const result = parseCitizenId(party.idNumber);
  if (result.ok) return null;
  switch (result.problem) {
    case 'length':
      return '身份证号应为 18 位';
    case 'old-number':
      return '15 位旧号码不能用于新申请，请核对证件';
    case 'alphabet':
      return '身份证号只能是数字，末位可为 X';
    case 'birth-date':
      return '身份证号第 7 至 14 位不是有效日期';
    case 'check-digit':
      // On data read from the chip a failed check digit is a warning, not a reason to discard (devices.md §1.6).
      return party.origin === 'card' ? null : '身份证号校验位不符，请核对';
  }
}

const OVERRIDE_QUESTIONS: Record<Override['code'], string> = {
  'card-expired': '证件已过有效期：请说明继续受理的理由',
  'id-check-digit': '芯片中的号码校验位不符：请说明继续受理的理由',
  'credit-code-check-digit': '统一社会信用代码校验位不符：请说明继续受理的理由',
  'card-unread': '证件未经读卡器核验：请说明理由',
};

/** Warnings this party raises; each needs a reason before acceptance. */
export function neededOverrides(party: Party, today: string): Override['code'][] {
  const needed: Override['code'][] = [];
  if (party.cardValidTo !== undefined && isCalendarDate(party.cardValidTo) && party.cardValidTo < today)
    needed.push('card-expired');
  if (party.idKind === 'credit-code') {
    const result = parseCreditCode(party.idNumber);
    if (!result.ok && result.problem === 'check-digit') needed.push('credit-code-check-digit');
  } else if (party.kind === 'person' && party.idKind !== 'other') {
    const result = parseCitizenId(party.idNumber);
    if (party.origin === 'card' && !result.ok && result.problem === 'check-digit') needed.push('id-check-digit');
    if (party.origin === 'typed') needed.push('card-unread');
  }
  return needed;
}
