import type { DeviceKind } from '../deviceKinds.ts';
import type { Advice, DoctorReason } from './reasons.ts';

type Own = Partial<Record<DoctorReason, Partial<Advice>>>;

/** Where the device is plugged in matters: a display hangs on a line of its own, a reader on USB. */
const ON_A_LINE: Own = {
  'device-offline': {
    picture: 'cable',
    sentence: '没有应答，多半是断电或信号线松了。',
    steps: ['看设备是否亮着', '把两根信号线插紧', '仍不行，请报修'],
  },
};

/** What differs from common.ts for one kind of device. */
export const KINDS: Readonly<Record<DeviceKind, Own>> = {
  idReader: {
    well: { sentence: '应答正常，试读身份证成功。' },
    untried: { picture: 'card', sentence: '应答正常，没有试读身份证。', steps: ['想试的话，再检测一次，放一张身份证'] },
    'device-offline': {
      picture: 'cable',
      sentence: '读卡器没有应答，多半是没有通电或线松了。',
      steps: ['看读卡器的灯是否亮', '拔下 USB 线再插紧', '仍不行，手工录入并报修'],
    },
  },
  ticketPrinter: {
    well: { sentence: '检测小票已打出，打印机已确认。' },
    sent: { picture: 'paper', sentence: '检测小票已送出，这台打印机不会确认，请看是否出纸。' },
    'printer-paper-near-end': { sentence: '检测小票已打出，纸快用完了。' },
    'printer-status-off': { sentence: '检测小票已送出，这台打印机不报告状态，请看是否出纸。' },
    'device-offline': { sentence: '打印机没有应答，多半是没有开机或线松了。' },
  },
  certificatePrinter: {
    well: { sentence: '联机信号正常；为免打坏空白证，没有动纸。' },
    'printer-status-off': {
      sentence: '端口已打开；证书打印机不报告状态，没有动纸。',
      steps: ['看联机灯是否亮', '要核对位置，放白纸打试打页'],
    },
    'printer-not-ready': { sentence: '证书打印机没有准备好，联机信号断着。' },
    'printer-paper-out': { steps: ['放入白纸或空白证', '按联机键', '再检测一次'] },
    'printer-cover-open': { steps: ['合上打印机的盖子', '按联机键', '再检测一次'] },
  },
  displays: {
    ...ON_A_LINE,
    well: { sentence: '屏已显示“测试 8888”，并已恢复。' },
    sent: {
      picture: 'screen',
      sentence: '已送出“测试 8888”，这种屏不回答，请看屏上是否显示过。',
      steps: ['再检测一次，看着屏', '没有显示，检查电源和信号线', '核对屏号'],
    },
    'device-refused': { steps: ['核对屏的型号', '联系管理员核对屏号和寄存器'] },
  },
  voices: {
    well: { sentence: '“设备检测”已播完。' },
    sent: {
      picture: 'speaker',
      sentence: '已送出“设备检测”，这种语音不回答，请听是否播出。',
      steps: ['再检测一次，听音箱', '没有声音，检查音箱和音量'],
    },
    'device-offline': {
      picture: 'speaker',
      sentence: '语音模块没有应答，多半是没有通电或线松了。',
      steps: ['看模块的灯是否亮', '把串口线插紧', '仍不行，口头呼叫并报修'],
    },
  },
  keypad: {
    ...ON_A_LINE,
    well: { sentence: '应答正常，按键已收到。' },
    untried: { sentence: '应答正常，没有等到按键。', steps: ['再检测一次，按任意一个键', '按了仍收不到，请报修'] },
    mute: {
      picture: 'key',
      sentence: '这种按键只在按下时说话，没有等到按键。',
      steps: ['再检测一次，按任意一个键', '收不到，检查电源和连线'],
    },
  },
  rating: {
    ...ON_A_LINE,
    well: { sentence: '应答正常，评价按键已收到。' },
    untried: { sentence: '应答正常，没有等到评价。', steps: ['再检测一次，按任意一个评价', '按了仍收不到，请报修'] },
    mute: {
      picture: 'key',
      sentence: '这种评价器只在按下时说话，没有等到评价。',
      steps: ['再检测一次，按任意一个评价', '收不到，检查电源和连线'],
    },
  },
};
