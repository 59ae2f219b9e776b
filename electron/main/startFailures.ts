import { ConfigError } from '../../contract/config.ts';
import type { Failure } from './failurePage.ts';
import { KeyUnavailable } from './keyUnavailable.ts';

/** @returns what the page says when the configuration is no use; values of the file are never repeated */
export function describeConfigProblem(error: unknown, file: string): Failure {
  const problems =
    error instanceof ConfigError
      ? error.problems.map((problem) => `${problem.path}：${problem.message}`)
      : ['文件读不出来，请检查它是否存在、是否有权限读取。'];
  return {
    heading: '配置文件有误，本机未启动',
    lines: [`请改正 ${file} 后重新启动；数据未动。`, ...problems],
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
