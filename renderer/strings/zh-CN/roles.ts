/** The roles beside the window. */
export const roles = {
  roles: {
    nowTrue: '现在',
    willShow: '这里将显示',
    thisMachine: '本机',
    devices: '设备',
  },
  prereview: {
    title: '预审台',
    lead: '办理不动产登记，先在这里查验材料',
    steps: [
      { title: '放身份证', text: '证件平放在读卡区' },
      { title: '选事项', text: '告诉我们您要办什么' },
      { title: '查材料', text: '一张一张地问，缺什么一次说清' },
      { title: '取号', text: '材料齐全即出号票，上楼办理' },
    ],
    closed: '本台暂未开放自助预审，请到人工预审台',
    closedHow: '请向工作人员出示身份证和材料',
    readerGood: '读卡器正常',
    readerBad: '读卡器不可用，请到人工预审台',
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
