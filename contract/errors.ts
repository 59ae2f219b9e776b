/**
 * Every error a person or a program can meet: a stable code and the sentence a clerk reads (faces.md, "Words"):
 * what happened · what is kept · what to do. One table for service, pages, tests and docs/api.md.
 */
export const ERRORS = {
  'bad-input': '请求内容不符合要求，未作任何更改。',
  'unknown-method': '没有这个功能，未作任何更改。',
  forbidden: '您没有办理此项的权限，未作任何更改。',
  'not-signed-in': '请先登录，已填内容未变。',
  'session-locked': '长时间没有操作，已锁定，已填内容未变，请重新输入密码。',
  'session-expired': '离开过久，已退出登录，已填内容未变，请重新登录。',
  'session-taken': '您的账号已在另一处登录，这里已退出，已填内容未变。',
  'login-failed': '工号或密码不对，请重新输入。',
  'login-locked': '密码连续输错五次，已锁定 30 分钟，请联系值班主任。',
  'login-throttled': '此处登录失败次数过多，请 10 分钟后再试。',
  'staff-list-stale': '人员名单已超过 7 天未经中心确认，暂不能登录，请恢复与中心的连接。',
  'no-staff-yet': '本机尚未收到人员名单，请连接中心后再登录。',
  'illegal-transition': '办件当前状态不允许此操作，未作任何更改。',
  'stale-version': '这个办件刚被别人办过，已刷新，未作任何更改，请看后再办。',
  'wrong-stream': '记录种类不符，未作任何更改。',
  'not-at-centre': '这个办件还没有送到中心，送达后才能办这一步。',
  'two-person': '这一步须由另一位工作人员办理，未作任何更改。',
  'lanes-open': '并联各岗还没有全部办完，未作任何更改。',
  'task-taken': '这项任务已由别人领取，未作任何更改。',
  'fee-unpaid': '费用还没有缴清，不能登簿。',
  'fee-settled': '没有待缴的费用，未作任何更改。',
  'fee-wrong': '收费核定与收费标准或减免目录不符，未作任何更改，请重新核定。',
  'fee-not-assessed': '还没有核定费用，不能收款。',
  'amount-differs': '金额不符，未作任何更改。',
  'payment-not-found': '没有找到这笔支付。',
  'payment-method-closed': '本厅没有开通这种支付方式，请改用刷卡或现金。',
  'payment-held': '这笔款已经收到，不能重复收取。',
  'receipt-used': '这个票号已经用过，请核对票据。',
  'gateway-away': '支付渠道没有应答，款项未受影响，请稍后再试，或改用刷卡、现金。',
  'no-output': '本事项不发证，无须缮证。',
  'has-output': '本事项须发证，不能直接办结。',
  'blank-mismatch': '空白证号与本件不符，未作任何更改，请核对印制号。',
  'blank-unknown': '没有这个印制号，未作任何更改，请核对纸上的号码。',
  'blank-used': '这张空白证已经用过、作废或遗失，不能再用，请换一张。',
  'blank-other-window': '这张空白证领用给了别的窗口，未作任何更改。',
  'blank-not-assigned': '这张空白证还没有领用到窗口，未作任何更改。',
  'blank-not-in-store': '号段中有不在库的空白证，未作任何更改，请核对号段。',
  'blank-wrong-form': '证书和证明的空白证不能混用，未作任何更改。',
  'blank-known': '号段中有已经入过库的印制号，未作任何更改。',
  'blank-not-restorable': '只有当天作废、没有用于办件的空白证才能撤销作废。',
  'blank-mixed-range': '号段中的空白证不在同一处，请分段办理，未作任何更改。',
  'blank-balance-open': '本窗口上一工作日的空白证没有盘点，或账实不符还没有值班主任签字，不能缮证。',
  'blank-not-next': '这不是本窗口的下一张空白证，未作任何更改，请按顺序取用；缺的那张请先作废或报遗失。',
  'print-open': '这本证上一次打印还没有看纸认定，请先看纸回答，未作任何更改。',
  'print-not-found': '没有这次打印，未作任何更改。',
  'print-elsewhere': '这张证书由另一台机器打印，请到那里看纸回答，未作任何更改。',
  'print-by-hand': '这张空白证已按手工缮证领用，请继续手工办理，或作废后再用打印机打。',
  'print-before-restore': '本机数据恢复过，这张空白证在那之前可能已经打过，不能再打；请看纸，未用的也请作废后换一张。',
  'printer-printing': '打印机正在打另一张证书，请等它送完再打，未作任何更改。',
  'count-not-found': '没有这次盘点，未作任何更改。',
  'witness-unknown': '第二人的工号不存在或已停用，未作任何更改。',
  'certificate-mismatch': '证书份数或证号不符，未作任何更改。',
  'not-refused': '没有不予受理的决定，未作任何更改。',
  'notice-not-printed': '不予受理告知书还没有打印，不能办结；依法视为受理，请先打印。',
  'notice-printed': '不予受理告知书已经打印交付，不能再视为受理。',
  'no-such-slip': '这个办件现在没有这种单据。',
  'material-not-demandable': '通知中有由数据共享取得的材料，不得要求申请人提交，请删去后再发。',
  'refusal-incomplete': '还不能告知不予受理，请补全所列各项，已填内容未变。',
  'not-yet': '期限未满，还不能办这一步。',
  'site-visit-impossible': '本事项不需要实地查看。',
  'signatures-missing': '须全体申请人签名，未作任何更改。',
  'outage-span': '暂停时段不对：起点须早于终点，且都不能晚于现在，未作任何更改。',
  'outage-not-found': '没有这次暂停，或已经结束，未作任何更改。',
  'linked-case-open': '关联的抵押登记还没有登簿，不能放款办结。',
  'wrong-business': '这一步不适用于本类业务。',
  'acceptance-incomplete': '还不能受理，请补全所列各项，已填内容未变。',
  'case-not-found': '没有找到这个办件。',
  'item-not-found': '没有这个办理事项。',
  'numbers-exhausted': '本机今日受理编号已用完，请换一个窗口办理。',
  'clock-behind': '本机时钟早于上一次受理，已停止受理，请联系管理员校时。',
  'attachment-broken': '附件不能用，未保存，已有的页不受影响，请换一个文件或重新拍摄。',
  'attachment-too-large': '附件超过 20 MB，未保存，已有的页不受影响，请降低分辨率或分开保存。',
  'attachment-interrupted': '附件没有传完，未保存，已有的页不受影响，请再存一次。',
  'attachment-elsewhere': '这一页由其他窗口扫描，影像还没有送到中心，请稍后再看。',
  'attachment-damaged': '这一页在本机的影像已损坏，其他页不受影响，请重新扫描并联系管理员。',
  'scan-not-found': '没有找到这一页，可能已被移除，请刷新后再看。',
  'card-not-present': '没有放卡，已填内容未变，请把身份证平放在读卡器上。',
  'card-moved': '读卡失败：卡移动过早。已填内容未变，请重新放卡。',
  'card-wrong-type': '读卡失败：这不是身份证件。已填内容未变，请换卡。',
  'card-not-authentic': '读卡失败：证件未通过核验。已填内容未变，请重新放卡；仍不通过请核对证件真伪。',
  'card-read-failed': '读卡失败。已填内容未变，请重新放卡，或手工录入。',
  'reader-fault': '读卡器故障，已填内容未变，请手工录入并报修。',
  'device-not-configured': '本机没有配置这台设备。',
  'device-offline': '设备没有应答，请检查电源和连线，正在自动重试。',
  'device-busy': '端口被其他程序占用，请关闭占用它的程序，正在自动重试。',
  'device-refused': '设备拒绝了这个请求，未作任何更改，请核对设备型号和寄存器配置。',
  'device-port-missing': '找不到设备端口，请检查连线或配置中的端口名。',
  'device-hung': '端口没有反应，已暂停使用这台设备，其他设备不受影响，稍后自动再试，请拔下重插并检查驱动程序。',
  'device-port-ambiguous': '有几个端口都符合配置，请在配置中加上序列号或插口位置。',
  'device-port-wrong-mode': '串口服务器的工作模式或参数与配置不符，请核对 tcp 或 rfc2217 和波特率，正在自动重试。',
  'device-port-forbidden': '没有使用这个端口的权限，请联系管理员授权，正在自动重试。',
  'doctor-certificate': '证书正在打印，为免打坏，现在不检测设备，请打完后再按一次。',
  'doctor-running': '设备检测正在进行，请等它做完。',
  'doctor-not-run': '还没有做过设备检测，请先检测一次。',
  'export-not-saved': '表格没有存成，数据不受影响，请换一个 U 盘再导出。',
  'doctor-not-saved': '检测报告没有存成，检测结果不受影响，请换一个 U 盘再存。',
  'display-refused': '窗口屏没有接受要显示的内容，叫号不受影响，请核对屏的配置并报修。',
  'display-busy': '窗口屏一直忙，内容没有换上，叫号不受影响，正在自动重试。',
  'voice-refused': '语音模块没有接受要播的内容，叫号不受影响，请口头呼叫并报修。',
  'voice-failed': '语音没有播出，叫号不受影响，请口头呼叫并检查音箱和播放程序。',
  'voice-pack-broken': '语音包不完整或已损坏，叫号不受影响，请口头呼叫并联系管理员更换语音包。',
  'voice-program-missing': '本机没有可用的播放或朗读程序，叫号不受影响，请联系管理员安装。',
  'printer-paper-out': '打印机缺纸，内容未丢失，请装纸后重打。',
  'printer-cover-open': '打印机上盖未合，内容未丢失，请合上后重打。',
  'printer-error': '打印机报错，内容未丢失，请关机重开后重打。',
  'print-unconfirmed': '打印机没有确认，请看纸是否已出；没有出纸请按 F10 重打。',
  'paper-character-missing': '有的字字库里没有，尚未打印，内容未变，请核对所列的字，确需使用的请联系管理员补字。',
  'certificate-not-started': '证书没有开始打印，纸上没有字，空白证没有用掉，请按提示检查打印机后再打。',
  'certificate-interrupted': '证书打印中断，纸上可能已有字，请取出查看，再确认打好或作废，系统不会自动重打。',
  'form-invalid': '证书版式有误，尚未打印，内容未变，请值班主任核对版式。',
  'form-changed': '版式已被他人另存为新版本，本次未保存，请重新打开后再改。',
  'form-not-found': '本机没有这个版式，未作任何更改，请重新选择。',
  'calibration-changed': '本机校准已被他人更改，本次未保存，请重新打开后再改。',
  'calibration-refused': '量得的数值超出打印机应有的误差，未保存，请核对纸张、版式和量出的毫米数后重量。',
  'paper-overflow': '有一项内容太长，一行放不下，尚未打印，内容未变，请核对所指的一项。',
  'paper-printer-missing': '这里没有接办公打印机，尚未打印，内容未变，请打开文件后打印。',
  'paper-printer-refused': '办公打印机没有接收，尚未打印，内容未变，请检查打印机名称和连接后重打。',
  'paper-print-cancelled': '已取消打印，内容未变，需要时请重打。',
  'paper-print-stale': '这份文书刚在别处打印过，尚未记录，请重新打开后再打印。',
  'queue-not-here': '本机没有配置叫号主机，不能叫号和取号。',
  'queue-hub-silent': '叫号主机没有应答，未作任何更改，请稍候再按；10 秒仍无应答，本窗自动转入应急叫号。',
  'queue-at-hub': '本厅的排队由大厅主机处理，未作任何更改，请在本厅的机器上操作。',
  'queue-needs-hub': '这一步要由叫号主机办理，现在连不上，未作任何更改，请恢复后再办。',
  'ticket-unknown': '没有找到这张号票，未作任何更改，请刷新后再看。',
  'rating-over': '这次评价已经结束，谢谢。',
  'appointments-refused': '预约数据有误，全部没有导入，请按所列各行更正后再导入。',
  'appointment-not-found': '没有找到这个预约，未作任何更改，请核对预约码。',
  'appointment-ended': '这个预约已经换号、办结或过期，未作任何更改。',
  'work-order-not-found': '没有找到这条差评整改，未作任何更改。',
  'appointment-started': '预约时段已经开始，不能再取消。',
  'window-not-planned': '本机不是排队方案中的窗口，不能叫号，请值班主任核对方案。',
  'window-not-open': '窗口没有开放，不能叫号，请先开放窗口。',
  'window-busy': '手上还有一个号没有办结，未叫新号，请先办结、过号或挂起。',
  'nobody-called': '这个号现在没有被叫，未作任何更改。',
  'ticket-gone': '没有找到这个号，未作任何更改，请核对号码。',
  'ticket-state': '这个号现在不能这样办，未作任何更改，请看号的状态后再办。',
  'ticket-called': '这个号正由别的窗口办理，未作任何更改。',
  'ticket-reserved': '这个号留给一个暂时失去联系的窗口，未叫号，请叫下一个，或请值班主任放行。',
  'not-your-ticket': '这个号不是本窗口叫的，未作任何更改。',
  'not-assigned-here': '应急模式下只能叫分配给本窗口的号，未叫号。',
  'already-arrived': '这位已经到窗口，未作任何更改。',
  'recall-too-early': '距上次呼叫太近，未重呼，请稍等再按。',
  'recall-too-often': '已经呼叫到规定次数，不再重呼，可以过号。',
  'pass-too-early': '还不能过号，须呼叫到规定次数并等满时间，未作任何更改。',
  'pickup-called-enough': '取证已经多次呼叫无人应答，不再呼叫，请通知申请人凭受理凭证和身份证到原窗口领取。',
  'one-ticket-each': '这位办理同一事项已有号，未再发号，请用原来的号。',
  'issuing-stopped': '这一类业务现在停止发号，未发号，请通过微信预约。',
  'issuing-closed': '今日取号已结束，未发号，请通过微信预约。',
  'queue-not-served': '没有窗口办理这一类业务，未作任何更改，请值班主任核对方案。',
  'batch-not-enterprise': '只有企业绿色通道的号可以带多件，未发号。',
  'appointment-gone': '没有今天可以换号的这个预约，未发号，请核对预约码和日期。',
  'ticket-numbers-used-up': '这一段号码已经用完，未发号，请联系值班主任。',
  'catch-up-times': '补录的时刻不对，都没有录入，请核对取号、叫号、办结的先后，且不晚于现在。',
  'visit-gone': '没有找到这次上门服务，或已取消，尚未受理，内容未变，请核对预约。',
  'visit-elsewhere': '这次上门服务不用本机办理，尚未受理，内容未变，请换用预约所列的终端。',
  'visit-of-others': '这次上门服务由另外两位办理，尚未受理，内容未变，请由其中一位登录后办理。',
  'visit-over': '这次办理已经结束，您的信息已清除，请重新开始。',
  'prereview-not-found': '没有找到这次预审，请核对编号，或重新预审。',
  'prereview-unfinished': '还有材料没有回答，请逐项回答后再提交。',
  'prereview-not-asked': '这个事项不问这份材料，未作任何更改。',
  'prereview-not-needed': '这个事项不用预审，请直接到窗口办理。',
  'passport-unreadable': '这不是预审凭证，请扫描预审合格单上的二维码。',
  'passport-forged': '预审凭证未通过验证，请核对身份证件并重新预审。',
  'passport-signer-unknown': '本机还没有收到出具这张预审凭证的机器的验证信息，请按预审编号查找，或重新预审。',
  'passport-old': '预审凭证不是今天出具的，请重新预审。',
  'id-number-wrong': '证件号码不对，请逐位核对后重新输入。',
  'pickup-not-ready': '这个办件现在没有待领的证书，未取号。',
  'back-not-found': '没有找到今天等候补材料的预审或办件，请核对编号，或重新预审。',
  'help-answered': '已经有工作人员去了。',
  'not-active': '这台大厅主机现在是备机，未作任何更改，本机正在改连现用主机，请稍候再试。',
  'hub-active': '现用大厅主机仍在工作，没有接管，确需接管请选强制接管。',
  'no-standby': '没有配置备用大厅主机，不能接管，请联系管理员。',
  'alarm-not-known': '这项告警已经解除，或要一直显示到解除为止，未作任何更改。',
  offline: '与中心的连接中断，本机业务不受影响，恢复后自动送达。',
  'not-owner': '与中心的连接中断，本件不由本窗口经办，未作任何更改，请到经办窗口，或待恢复后由值班主任接管。',
  'return-not-found': '没有找到这条退回的记录。',
  'return-settled': '这条退回的记录已由别人处理，已刷新，未作任何更改。',
  'returns-open': '本窗口还有被中心退回的记录没有处理，今日不能清点封账，请先处理。',
  'centre-refused': '中心拒绝了这条记录，已单独留存，请联系管理员。',
  'enrolment-refused': '中心不认识本机，请向管理员索取新的入网码。',
  deadline: '等待超时，已填内容未变，请再试一次。',
  'service-restarting': '后台服务正在重新启动，已保存的内容不受影响，请稍候。',
  'store-failed': '本机存储出错，本次未保存，请不要关机并联系管理员。',
  'store-damaged': '本机数据文件已损坏，已原样移入隔离文件夹，没有删除任何内容，本机暂不能办理，请联系管理员恢复。',
  'store-full': '本机磁盘已满，本次未保存，请联系管理员清理磁盘。',
  internal: '程序出错，本次未保存，已保存的内容不受影响。',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error that crosses a process or the network: nothing but a code, a sentence and details free of personal data. */
export class YichuangError extends Error {
  override name = 'YichuangError';
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, options: { message?: string; details?: unknown; cause?: unknown } = {}) {
    super(options.message ?? ERRORS[code], options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? null;
  }

  toJSON(): WireError {
    return { code: this.code, message: this.message, details: this.details };
  }
}

export interface WireError {
  code: ErrorCode;
  message: string;
  details: unknown;
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}

/** Anything thrown, as what may leave the process: unknown errors become `internal`, without their text. */
export function toWireError(error: unknown): WireError {
  if (error instanceof YichuangError) return error.toJSON();
  return { code: 'internal', message: ERRORS.internal, details: null };
}

export function fromWireError(wire: WireError): YichuangError {
  return new YichuangError(isErrorCode(wire.code) ? wire.code : 'internal', {
    message: wire.message,
    details: wire.details,
  });
}
