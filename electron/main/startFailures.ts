import { ERRORS } from '../../contract/errors.ts';
import type { Failure } from './failure.ts';
import { KeyUnavailable } from './keyUnavailable.ts';

/**
 * @param problems each wrong key; null when the file could not be read at all
 * @returns what the page says when the configuration is no use; values of the file are never repeated
 */
export function describeConfigProblem(
  file: string,
  problems: readonly { path: string; message: string }[] | null,
): Failure {
  return {
    heading: '配置文件有误，本机未启动',
    lines: [
      `请改正 ${file} 后重新启动；数据未动。`,
      ...(problems?.map((problem) => `${problem.path}：${problem.message}`) ?? [
        '文件读不出来，请检查它是否存在、是否有权限读取。',
      ]),
    ],
    code: 'config-invalid',
    retry: false,
  };
}

export function describeKeyProblem(error: unknown): Failure {
  const known = error instanceof KeyUnavailable ? error : null;
  return {
    heading: '本机数据的密钥打不开，未启动',
    lines: [known?.sentence ?? '读取密钥时出错，数据未动。请联系管理员。'],
    code: known?.code ?? 'key-unavailable',
    retry: false,
  };
}

/** @param quarantine where the broken files are now */
export function describeDamage(quarantine: string): Failure {
  return {
    heading: '本机数据文件已损坏，本机未启动',
    lines: [
      ERRORS['store-damaged'],
      `损坏的文件：${quarantine}，请勿删除。`,
      '请管理员在数据文件夹中放一个名为 salvage-now 的空文件，再重新启动：本程序会读出残存的记录、备份和流水，重建数据。见运行手册“Damaged data”。',
      '已送入中心的办件不受影响；今天已打印的受理凭证请留存备查。',
    ],
    code: 'store-damaged',
    retry: false,
  };
}
