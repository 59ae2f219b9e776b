/** Signing in beyond the window: the demonstration's people by desk, and the strip of an open network. */
export const access = {
  access: {
    insecureTitle: '此页未加密',
    insecureWhy: '密码和证件号码可能被同一网络的人看到，请管理员启用 https',
    place: { window: '窗口', prereview: '预审台', screen: '叫号屏', supervisor: '值班', backoffice: '后台岗位' },
    demoRule: '密码为 Yichuang-工号',
    demoPassword: (number: string) => `Yichuang-${number}`,
    demoGroups: [
      {
        title: '综合窗口',
        role: 'window',
        people: [
          { number: '1001', name: '王敏', duty: '窗口' },
          { number: '1002', name: '李强', duty: '窗口、值班' },
        ],
      },
      {
        title: '部门',
        role: 'backoffice',
        people: [
          { number: '2001', name: '赵丽', duty: '税务' },
          { number: '2002', name: '钱伟', duty: '住建' },
          { number: '2003', name: '孙静', duty: '收费' },
        ],
      },
      {
        title: '审核',
        role: 'backoffice',
        people: [
          { number: '2004', name: '周涛', duty: '初审' },
          { number: '2005', name: '吴芳', duty: '复审' },
          { number: '2006', name: '郑凯', duty: '审批' },
        ],
      },
      {
        title: '登簿发证',
        role: 'backoffice',
        people: [
          { number: '2007', name: '冯洁', duty: '登簿' },
          { number: '2008', name: '陈刚', duty: '缮证' },
          { number: '2009', name: '褚燕', duty: '质检' },
          { number: '2010', name: '卫平', duty: '档案' },
        ],
      },
      {
        title: '值班',
        role: 'supervisor',
        people: [
          { number: '9001', name: '蒋华', duty: '值班主任' },
          { number: '9101', name: '沈静', duty: '审计' },
        ],
      },
    ],
  },
} as const;
