/** The roles beside the window. */
export const roles = {
  roles: {
    nowTrue: '现在',
    thisMachine: '本机',
    devices: '设备',
  },
  screen: {
    title: '叫号屏',
    now: '请到窗口办理',
    pickup: '请取证',
    waiting: '等候',
    nowEmpty: '暂无叫号',
    pickupEmpty: '暂无取证',
    waitingEmpty: '暂无等候',
    rule: '请留意屏幕和语音，过号请到预审台',
    centreLost: '网络中断，号码以语音为准',
    floorZone: (floor: number, zone: string) => `${floor} 楼 ${zone}`,
    taxZone: '涉税综合服务区',
    generalZone: '非涉税综合服务区',
  },
  supervisor: {
    title: '值班',
    faults: '服务差错',
    faultsSignIn: '值班主任登录后可见二次告知的办件',
    noFaults: '没有二次告知',
    fault: (number: string, item: string) => `${number} ${item}`,
  },
} as const;
