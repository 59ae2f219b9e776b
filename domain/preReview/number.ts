/** 预审编号 (domain.md §4.8): `Y`, the day, two digits of the terminal, four of its own sequence. */
export const PRE_REVIEW_NUMBER = /^Y\d{14}$/;
