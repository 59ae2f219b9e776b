import type { z } from 'zod';
import type { SyncError } from '../../contract/sync.ts';

type SyncErrorCode = SyncError['code'];

const ANSWERS: Record<SyncErrorCode, { status: number; message: string }> = {
  'bad-request': { status: 400, message: '请求内容不符合约定，中心未作任何更改。' },
  'version-unsupported': { status: 426, message: '本机与中心的程序版本相差过大，未作任何更改，请先升级。' },
  unauthorised: { status: 401, message: '中心不认识本机的凭证，请向管理员索取新的入网码。' },
  'session-over': { status: 401, message: '本次会话已失效，中心未作任何更改，本机将自动重新登记会话。' },
  'enrolment-refused': { status: 403, message: '入网码不对、已用过或已过期，请向管理员索取新的入网码。' },
  'scope-forbidden': { status: 403, message: '本机无权读取这个范围。' },
  'scope-differs': { status: 409, message: '本机已取的记录与中心同一位置的记录不一致，需重新取得，未作任何更改。' },
  'snapshot-needed': { status: 410, message: '中心不再逐条提供这么早的记录，请先取整体快照。' },
  forked: { status: 409, message: '本机记录与中心已存的同号记录不一致，未作任何更改，请联系管理员。' },
  'too-large': { status: 413, message: '一次送来的内容过多，中心未作任何更改，请分批再送。' },
  'not-active': { status: 503, message: '这台大厅主机现在是备机，未作任何更改，请改连现用主机。' },
  busy: { status: 429, message: '中心正忙，未作任何更改，请稍后再送。' },
};

/** An answer other than 2xx. Carries a code and a sentence, never a piece of what was sent. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly body: SyncError;

  /**
   * @param options.status where HTTP knows a narrower one for the same code
   * @param options.where path of the field that does not fit, without its value
   * @param options.after ms until it is worth asking again
   */
  constructor(code: SyncErrorCode, options: { status?: number; where?: string; after?: number } = {}) {
    super(code);
    const { status, message } = ANSWERS[code];
    this.status = options.status ?? status;
    this.body = {
      code,
      message: options.where === undefined ? message : `${message}（${options.where}）`,
      ...(options.after !== undefined && { after: options.after }),
    };
  }
}

/** @throws Refusal `bad-request` naming the first field that does not fit */
export function parseRequest<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal('bad-request', { where: issue ? [...issue.path, issue.code].join('.') : 'body' });
}
