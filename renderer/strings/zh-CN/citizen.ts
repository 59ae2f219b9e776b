import { ASKED } from '../../../domain/rating/words.ts';

/** The display in front of the citizen at a window. Grades are central words and stand in `boardRatings.grades`. */
export const citizen = {
  citizen: {
    window: (window: number) => `${window} 号窗口`,
    noWindow: '服务窗口',
    states: {
      open: { title: '请等候叫号', how: '请留意叫号屏和语音，叫到您的号再到窗口' },
      paused: { title: '暂停服务', how: '请稍候，需要帮助请到咨询台' },
      closed: { title: '本窗口未开放', how: '请到正在办理的窗口，或到咨询台询问' },
    },
    numberWord: '号',
    inHand: {
      intake: { called: '请到本窗口办理', here: '正在为您办理' },
      pickup: { called: '请到本窗口取证', here: '正在为您办理取证' },
    },
    ask: ASKED.title,
    voluntary: ASKED.voluntary,
    scan: (minutes: number) => `也可以用手机扫码评价，${minutes} 分钟内有效，只计一次`,
    scanCode: '用手机评价的二维码',
    left: (seconds: number) => `还有 ${seconds} 秒，不评价请直接离开`,
    failed: ASKED.notKept,
    thanks: ASKED.thanks,
    thanksHow: '请带好您的证件和材料',
    setUp: '本窗口还没有编号',
    setUpHow: '请工作人员在窗口安排中为本机设置窗口号',
    lost: '暂时不能显示',
    lostHow: '请听窗口工作人员和语音的引导',
  },
} as const;
