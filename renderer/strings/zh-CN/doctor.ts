import { VERDICT_WORDS } from '../../../contract/doctor/reasons.ts';

/** The device doctor; what it says about a device stands in contract/doctor/. */
export const doctor = {
  doctor: {
    title: '设备检测',
    open: '检测设备',
    running: (done: number, of: number, seconds: number) => `正在检测，已完成 ${done} / ${of}，最多还要 ${seconds} 秒`,
    ended: (ill: number, note: number) => {
      if (ill === 0 && note === 0) return '检测完毕，设备都正常';
      const parts = [ill === 0 ? '' : `${ill} 台有问题`, note === 0 ? '' : `${note} 台需留意`];
      return `检测完毕，${parts.filter(Boolean).join('，')}`;
    },
    phase: { waiting: '等待', testing: '检测中', asking: '请动手' },
    verdict: VERDICT_WORDS,
    skip: '跳过',
    skipDevice: (name: string) => `跳过${name}`,
    save: '存报告',
    saved: (folder: string, removable: boolean) => `报告已存到${removable ? ' U 盘' : '本机'}：${folder}`,
    again: '再检测',
    close: '关闭',
    missing: (kinds: readonly string[]) => `没有配置：${kinds.join('、')}`,
    nothing: '本机没有配置任何设备，请在配置文件的 devices 一节填入端口',
  },
} as const;
