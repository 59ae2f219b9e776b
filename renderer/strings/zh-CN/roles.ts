/** The roles beside the window. */
export const roles = {
  roles: {
    nowTrue: '现在',
    willShow: '这里将显示',
    thisMachine: '本机',
    devices: '设备',
  },
  supervisor: {
    title: '值班',
    faults: '服务差错',
    faultsSignIn: '值班主任登录后可见二次告知的办件',
    noFaults: '没有二次告知',
    fault: (number: string, item: string) => `${number} ${item}`,
    lead: '全厅的窗口、时限、告警和证书存量汇到这里',
    will: [
      { title: '窗口', text: '18 个窗口的状态、在办号码和用时，只有将到和已过时限才着色' },
      { title: '告警', text: '缺纸、离线、退回的记录，每条附一个处理办法' },
      { title: '证书存量', text: '领用、打印、作废三数相符' },
      { title: '统计', text: '今日、本周、本月的到达、等候、办结和一次办成' },
    ],
  },
} as const;
