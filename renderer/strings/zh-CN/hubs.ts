/** The machines that decide for the hall (大厅主机), and the take-over. */
export const hubs = {
  hubs: {
    title: '大厅主机',
    none: '本机没有配置大厅主机',
    noStandby: '没有可以接管的备用主机',
    address: '地址',
    state: '状态',
    fence: '任次',
    followedBy: '备用主机',
    current: '本机正在使用',
    nobody: '无',
    unknown: '–',
    states: { active: '当值', standby: '备用，正在跟随', unreachable: '没有应答' },
    takeOver: '接管',
    takeOverTitle: '由备用主机接管',
    takeOverEffect: '备用主机成为当值主机，各窗口自动改连；原主机恢复后自动转为备用。已发出的号码不会重复。',
    force: '原主机仍在应答也接管（强制）',
    reasons: ['主机断电', '主机故障', '主机检修'],
  },
};
