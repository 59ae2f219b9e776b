const SENTENCES = {
  'no-key-holder': '本机没有可用的密钥保管方式，尚未保存任何数据。请管理员配置密钥文件后重新启动。',
  'vault-unavailable': '系统密钥库打不开，本机数据完好但暂时无法读取。请先登录桌面并解锁密钥环，再重新启动。',
  'vault-unreliable': '系统密钥库存取不一致，尚未保存任何数据。请联系管理员。',
  'key-file-missing': '找不到密钥文件，本机数据完好但暂时无法读取。请管理员恢复密钥文件后重新启动。',
  'key-file-open': '密钥文件的权限过宽，已停止启动。请管理员改为 0640 后重新启动。',
  'key-file-invalid': '密钥文件内容不对，应为 64 位十六进制。请管理员检查后重新启动。',
  'key-changed': '密钥与本机数据不符，已停止启动，数据未动。请管理员恢复原来的密钥。',
  'key-record-missing': '本机有数据但没有密钥记录，已停止启动，数据未动。请管理员从备份恢复 key.json。',
  'key-record-invalid': '密钥记录损坏，已停止启动，数据未动。请管理员从备份恢复 key.json。',
  'development-key': '这里的数据使用开发密钥，正式程序不打开它。',
} as const;

export type KeyProblem = keyof typeof SENTENCES;

/** The data key cannot be had; the data itself was not touched. */
export class KeyUnavailable extends Error {
  override name = 'KeyUnavailable';
  readonly code: KeyProblem;
  /** For people: Chinese. */
  readonly sentence: string;

  /** @param subject file, folder or backend concerned; for the log */
  constructor(code: KeyProblem, subject: string) {
    super(`${code}: ${subject}`);
    this.code = code;
    this.sentence = SENTENCES[code];
  }
}
