import { YichuangError } from './errors.ts';

/** What can be wrong with a file, and the sentence a clerk reads; all of them carry the code `attachment-broken`. */
export const ATTACHMENT_FAULTS = {
  empty: '附件是空的，未保存，请换一个文件。',
  'not-a-page': '附件不是 JPEG 图像或 PDF 文件，未保存，请换一个文件。',
  'wrong-type': '附件的内容与文件名不符，未保存，请核对后换一个文件。',
  truncated: '附件不完整，中途断了，未保存，请重新拍摄或重新复制文件。',
  'size-differs': '附件与开始时说的大小不符，未保存，请再存一次。',
  'hash-differs': '附件传送中出了错，未保存，请再存一次。',
  'pdf-unreadable': 'PDF 文件已损坏，读不出来，未保存，请换一个文件。',
  'pdf-encrypted': 'PDF 文件有密码，未保存，请换没有密码的文件。',
  'pdf-empty': 'PDF 文件里没有页，未保存，请换一个文件。',
} as const;

export type AttachmentFault = keyof typeof ATTACHMENT_FAULTS;

export function brokenAttachment(why: AttachmentFault, cause?: unknown): YichuangError {
  const options = { message: ATTACHMENT_FAULTS[why], details: { why } };
  return new YichuangError('attachment-broken', cause === undefined ? options : { ...options, cause });
}
