import type { Advice, DoctorReason } from './reasons.ts';

const REPLUG = '拔下 USB 线再插紧';
const REPAIR = '仍不行，请报修';
const ADMIN = '联系管理员';
const AGAIN = '再检测一次';

const ill = (picture: Advice['picture'], sentence: string, ...steps: string[]): Advice => ({
  verdict: 'ill',
  sentence,
  steps,
  picture,
});
const note = (picture: Advice['picture'], sentence: string, ...steps: string[]): Advice => ({
  ...ill(picture, sentence, ...steps),
  verdict: 'note',
});

/** What each ending means for any device; what differs by kind stands in kinds.ts. */
export const COMMON: Readonly<Record<DoctorReason, Advice>> = {
  well: { verdict: 'well', sentence: '工作正常。', steps: [], picture: null },
  sent: note(
    'call',
    '检测内容已送出，这台设备不会回答，请看它是否有反应。',
    '看设备是否有反应',
    '没有反应，检查电源和连线',
  ),
  mute: note('call', '这台设备不会回答，只能看到端口已打开。', '看设备是否有反应', '没有反应，检查电源和连线'),
  untried: note('key', '应答正常，没有试用。', '想试的话，再检测一次'),
  'unnamed-fault': ill('power', '设备报告有故障。', '关机再开', '看设备上的提示', REPAIR),
  'out-of-time': ill('call', '检测时间用完，还没有测完这台设备。', '先处理别的设备', AGAIN),
  'device-not-configured': { verdict: 'none', sentence: '本机没有配置这种设备。', steps: [], picture: null },
  'device-offline': ill('power', '设备没有应答。', '看电源灯是否亮', '拔下连线再插紧', REPAIR),
  'device-busy': ill(
    'busy',
    '端口被别的程序占着；在命令行检测时，多半是一窗程序正开着。',
    '关闭厂家的测试程序',
    '在命令行检测前，先关一窗程序',
    AGAIN,
  ),
  'device-refused': ill('settings', '设备在线，但不认这样的请求，型号或配置不符。', '核对设备型号', `${ADMIN}核对配置`),
  'device-port-missing': ill(
    'cable',
    '找不到配置所写的端口，多半是线没有插好。',
    REPLUG,
    '换一个 USB 口再试',
    `${ADMIN}核对端口名`,
  ),
  'device-hung': ill('cable', '端口没有反应，已暂停使用这台设备。', REPLUG, '重启电脑', `${ADMIN}检查驱动程序`),
  'device-port-ambiguous': ill(
    'port',
    '有几个端口都符合配置，分不清是哪一个。',
    '看下面列出的端口',
    `${ADMIN}在配置中写明序列号或插口`,
  ),
  'device-port-wrong-mode': ill(
    'settings',
    '串口服务器的工作模式或参数与配置不符。',
    '核对 tcp 或 rfc2217',
    '核对波特率',
    ADMIN,
  ),
  'device-port-forbidden': ill('call', '没有使用这个端口的权限。', `${ADMIN}授权`),
  'card-not-present': note('card', '应答正常，没有等到身份证，未试读。', '把身份证平放在读卡器上', AGAIN),
  'card-moved': note('card', '读卡器正常，卡拿开得太早。', '把卡放平，听到提示再拿开', AGAIN),
  'card-wrong-type': note('card', '读卡器正常，放的不是身份证件。', '换一张身份证', AGAIN),
  'card-not-authentic': note('card', '读卡器正常，这张证件未通过核验。', '换一张身份证', AGAIN),
  'card-read-failed': ill('card', '读卡失败。', '拿开手机和磁铁', '把卡放平，不要移动', REPAIR),
  'reader-fault': ill('power', '读卡器报告故障。', '拔下读卡器再插上', REPAIR),
  'display-refused': ill('settings', '屏没有接受要显示的内容。', '核对屏号和屏的大小', `${ADMIN}核对配置`),
  'display-busy': ill('screen', '屏一直忙，内容没有换上。', '关掉屏的电源，十秒后再开', AGAIN),
  'voice-refused': ill('speaker', '语音模块没有接受要播的内容。', '关掉电源再开', AGAIN, REPAIR),
  'voice-failed': ill('speaker', '声音没有播出。', '看音箱是否开着', '检查音频线', `${ADMIN}检查播放程序`),
  'voice-pack-broken': ill('call', '语音包不完整。', `${ADMIN}更换语音包`),
  'voice-program-missing': ill('call', '本机没有可用的播放程序。', `${ADMIN}安装播放程序`),
  'printer-paper-out': ill('paper', '打印机缺纸。', '打开上盖，放入纸卷', '留一小段纸在外面，合上盖', AGAIN),
  'printer-cover-open': ill('cover', '打印机上盖没有合好。', '看纸是否放正', '把上盖按到“咔”一声', AGAIN),
  'printer-error': ill('power', '打印机报错。', '关机，清除卡纸', '重新开机', REPAIR),
  'print-unconfirmed': ill('paper', '小票已送出，打印机没有确认。', '看纸是否出来', '没有出纸，关机再开', REPAIR),
  'paper-character-missing': ill('call', '检测页上有字打不出来。', `${ADMIN}补字库`),
  deadline: ill('power', '等了很久，设备没有做完。', '关机再开', AGAIN, REPAIR),
  'service-restarting': ill('call', '设备服务正在重新启动。', '等十秒', AGAIN),
  internal: ill('call', '检测程序出错，这台设备没有测成。', AGAIN, `${ADMIN}，并交上检测报告`),
  'devices-restarting': ill('call', '设备服务正在重新启动。', '等十秒', AGAIN),
  'driver-experimental': note(
    'settings',
    '端口正常；这种驱动没有在真打印机上试过。',
    '先用白纸试打',
    '建议改用 LQ-1600K 仿真',
  ),
  'printer-cutter': ill('cover', '打印机切刀卡住。', '关机，打开上盖', '清除卡住的纸', '合上盖，重新开机'),
  'printer-hot': note('call', '打印头过热，凉下来会自己恢复。', '等几分钟', AGAIN),
  'printer-no-answer': ill('power', '打印机没有报告状态。', '看电源灯是否亮', '拔下连线再插紧', '看是否缺纸'),
  'printer-not-ready': ill('paper', '打印机没有准备好。', '看是否缺纸、开盖', '按联机键', AGAIN),
  'printer-printing': note('call', '打印机正在打证书，没有打扰它。', '等它打完', AGAIN),
  'printer-offline': ill('power', '打印机处于脱机状态。', '按一下联机键', '仍脱机，关机再开', AGAIN),
  'printer-paper-near-end': note('paper', '打印机正常，纸快用完了。', '准备一卷新纸'),
  'printer-status-off': note('paper', '端口已打开，这台打印机不报告状态。', '看电源灯是否亮', '看是否有纸'),
};
