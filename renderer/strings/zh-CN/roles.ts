/** The roles beside the window. */
export const roles = {
  roles: {
    nowTrue: '现在',
    thisMachine: '本机',
    devices: '设备',
  },
  supervisor: {
    title: '值班',
    faults: '服务差错',
    faultsSignIn: '值班主任登录后可见二次告知的办件',
    noFaults: '没有二次告知',
    fault: (number: string, item: string) => `${number} ${item}`,
  },
} as const;
