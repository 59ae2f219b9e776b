import type { Material } from './types.ts';

/**
 * M01–M35 of domain.md §2.8 with the forms given there. Names printed once are kept as they are, so that a reprint of an
 * old slip equals it.
 */
const LISTED: readonly Material[] = [
  { code: 'M01', name: '不动产登记申请书', forms: ['original'], hint: '由终端打印，申请人签字' },
  { code: 'M02', name: '申请人身份证明', forms: ['viewed', 'shared'], hint: '身份证须经读卡器核验；单位核营业执照' },
  { code: 'M03', name: '授权委托书及代理人身份证明', forms: ['original', 'viewed'], hint: '未公证的，当面签署并见证' },
  { code: 'M04', name: '不动产权属证书', forms: ['original'], hint: '收回原证，换发时作废' },
  { code: 'M05', name: '不动产登记证明', forms: ['original'], hint: '收回原证明' },
  { code: 'M06', name: '买卖合同（网签备案）', forms: ['original', 'shared'], hint: '核对备案编号' },
  { code: 'M07', name: '契税完税或减免税凭证', forms: ['shared', 'viewed'], hint: '以税务共享结果为准' },
  { code: 'M08', name: '主债权合同', forms: ['original'], hint: '核对债务人、金额、期限' },
  { code: 'M09', name: '抵押合同', forms: ['original'], hint: '主合同含抵押条款的可免' },
  { code: 'M10', name: '最高额抵押合同及连续债权合同', forms: ['original'], hint: '核对最高债权额、债权确定期间' },
  { code: 'M11', name: '已备案的商品房预售合同', forms: ['original', 'shared'], hint: '核对备案编号' },
  { code: 'M12', name: '当事人关于预告登记的约定', forms: ['original'], hint: '合同中已有约定的可免' },
  { code: 'M13', name: '抵押权消灭的材料', forms: ['original'], hint: '如银行结清证明' },
  {
    code: 'M14',
    name: '协助执行通知书、裁定书及执行人员工作证',
    forms: ['original', 'viewed'],
    hint: '记录送达时间到秒',
  },
  { code: 'M15', name: '变更事实证明', forms: ['viewed', 'shared'], hint: '公安、市场监管、地名等部门出具' },
  {
    code: 'M16',
    name: '登记错误证明或权利人同意更正的材料',
    forms: ['original'],
    hint: '权利人书面同意，或证明登记确有错误',
  },
  { code: 'M17', name: '利害关系证明及登记簿记载错误的材料', forms: ['original'], hint: '证明与不动产有利害关系' },
  { code: 'M18', name: '赠与或互换合同', forms: ['original'], hint: '核对双方和不动产' },
  { code: 'M19', name: '征收（拆迁）补偿安置协议及安置结算', forms: ['original'], hint: '核对安置房屋和结算' },
  {
    code: 'M20',
    name: '继承材料或公证书',
    forms: ['original', 'viewed'],
    hint: '死亡证明、亲属关系、遗嘱或全部继承人协议，或公证书',
  },
  { code: 'M21', name: '离婚证及离婚协议，或判决、调解书', forms: ['viewed'], hint: '核对财产约定' },
  { code: 'M22', name: '建设工程符合规划的材料', forms: ['original', 'shared'], hint: '规划核实或许可' },
  { code: 'M23', name: '房屋已竣工的材料', forms: ['original', 'shared'], hint: '竣工验收或备案' },
  { code: 'M24', name: '权籍调查表、宗地图、房屋测绘报告', forms: ['original', 'shared'], hint: '核对单元号和面积' },
  {
    code: 'M25',
    name: '土地权属来源及出让价款缴清凭证',
    forms: ['original', 'shared'],
    hint: '划拨、集体土地无价款凭证',
  },
  { code: 'M26', name: '业主共有部分材料', forms: ['original'], hint: '建筑区划内有业主共有部分时' },
  { code: 'M27', name: '遗失（灭失）声明已刊发', forms: ['shared'], hint: '在登记机构网站查到声明' },
  { code: 'M28', name: '询问记录', forms: ['original'], hint: '当面询问，申请人签字' },
  { code: 'M29', name: '婚姻、家庭住房情况', forms: ['shared', 'viewed'], hint: '仅用于计税' },
  { code: 'M30', name: '发票、原契税票、计税价格', forms: ['shared', 'viewed'], hint: '仅用于计税' },
  { code: 'M31', name: '生效法律文书', forms: ['original', 'viewed'], hint: '法院、仲裁机构出具，核对生效证明' },
  { code: 'M32', name: '合并、分立、出资、划转文件', forms: ['original'], hint: '批准文件、协议或决议' },
  { code: 'M33', name: '抵押权人或预告登记权利人同意', forms: ['original'], hint: '不动产有抵押或预告登记时' },
  { code: 'M34', name: '建设工程规划许可证', forms: ['original', 'viewed'], hint: '在建建筑物抵押' },
  { code: 'M35', name: '破损原证', forms: ['original'], hint: '收回原证' },
];

/** M36 and above are our own codes: papers the source demands or the pattern needs, and gives no code. */
const OWN: readonly Material[] = [
  { code: 'M36', name: '房屋灭失或放弃权利的证明', forms: ['original'], hint: '灭失证明或放弃声明' },
  { code: 'M37', name: '解除查封裁定书', forms: ['original'], hint: '与协助执行通知书一并送达' },
  { code: 'M38', name: '预告登记消灭的材料', forms: ['original'], hint: '债权消灭、放弃或法院文书' },
  { code: 'M39', name: '异议登记失效或撤回的材料', forms: ['original'], hint: '撤回申请或法院文书' },
  { code: 'M40', name: '债权已确定的材料', forms: ['original'], hint: '债权确定协议或事由证明' },
  { code: 'M41', name: '公司机关同意担保的决议', forms: ['original', 'viewed'], hint: '抵押人为单位时' },
  { code: 'M42', name: '纳入担保的既有债权清单及同意', forms: ['original'], hint: '登记前已有债权转入时' },
  { code: 'M43', name: '专项维修资金缴存凭证', forms: ['viewed', 'shared'], hint: '已缴存的核对凭证' },
  { code: 'M44', name: '抵押权变更协议', forms: ['original'], hint: '核对变更内容' },
  { code: 'M45', name: '债权或合同转让协议', forms: ['original'], hint: '核对受让人和债权' },
  { code: 'M46', name: '赠与或互换公证书', forms: ['original', 'viewed'], hint: '已办公证时' },
  { code: 'M47', name: '放弃继承（受遗赠）声明', forms: ['original'], hint: '当面签署' },
  { code: 'M48', name: '夫妻财产约定及婚姻关系证明', forms: ['original', 'viewed'], hint: '核对双方约定' },
  { code: 'M49', name: '共有、分割或份额变更协议', forms: ['original'], hint: '份额合计应为全部' },
  { code: 'M50', name: '以房抵债协议', forms: ['original'], hint: '核对债权和不动产' },
  { code: 'M51', name: '建设用地使用权转让合同', forms: ['original'], hint: '核对宗地和受让人' },
  {
    code: 'M52',
    name: '宅基地及房屋转移原因材料',
    forms: ['original', 'viewed'],
    hint: '继承、分家析产、集体内部互换等',
  },
  { code: 'M53', name: '土地承包合同', forms: ['original'], hint: '核对发包方和地块' },
  { code: 'M54', name: '地役权合同', forms: ['original'], hint: '核对需役地、供役地' },
  { code: 'M55', name: '居住权合同', forms: ['original'], hint: '核对住宅和期限' },
];

/** Papers of a registration; those of the provident fund stand in fundMaterials.ts. */
export const MATERIALS: readonly Material[] = [
  ...LISTED,
  ...OWN.map((material) => ({ ...material, derived: true as const })),
];
