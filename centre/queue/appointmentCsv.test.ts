import { describe, expect, it } from 'vitest';
import { csvOf } from '../../domain/board/csv.ts';
import { readAppointmentCsv } from './appointmentCsv.ts';

const HEAD = '预约码,姓名,电话,事项,楼层,日期,时段,来源';
const ROW = '01234567,张三,13800000001,A05,3,2099-11-27,09:00-10:00,微信';
const BOOKED = {
  code: '01234567',
  name: '张三',
  phone: '13800000001',
  itemCode: 'A05',
  floor: 3,
  day: '2099-11-27',
  slot: { from: '2099-11-27T01:00:00.000Z', to: '2099-11-27T02:00:00.000Z' },
  source: 'wechat',
};

/** Office Excel and WPS write the former, an older Excel and WPS by choice the latter. */
const ENCODINGS: Record<string, (text: string) => Uint8Array> = {
  'UTF-8 with its mark': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-8': (text) => Buffer.from(text),
  'UTF-16 with its mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
};

const read = (...lines: string[]) => readAppointmentCsv(Buffer.from(lines.join('\r\n')));
const only = (line: string, head = HEAD): unknown => read(head, line).rows[0]?.value;

describe('a table of appointments', () => {
  it.each(Object.keys(ENCODINGS))('is read in %s', (name) => {
    const bytes = ENCODINGS[name]?.(`${HEAD}\r\n${ROW}\r\n`) ?? Buffer.of();
    expect(readAppointmentCsv(bytes)).toMatchObject({ rows: [{ line: 2, value: BOOKED }], broken: [], ignored: [] });
  });

  it('is read in GB18030, with a character that GBK does not have', () => {
    // Encoded by another program (iconv), not by ours.
    const hex = [
      'd4a4d4bcc2eb2cd0d5c3fb2cb5e7bbb02ccac2cfee2cc2a5b2e32cc8d5c6da2ccab1b6ce2cc0b4d4b40d0a30313233343536',
      '372c8139ef31c8fd2c31333830303030303030312c4130352c332c323039392d31312d32372c30393a30302d31303a30302c',
      'cea2d0c50d0a',
    ].join('');
    expect(readAppointmentCsv(Buffer.from(hex, 'hex')).rows).toEqual([{ line: 2, value: { ...BOOKED, name: '㐂三' } }]);
  });

  it('is read as our own export writes tables', () => {
    const table = csvOf(HEAD.split(','), [ROW.split(',')]);
    expect(readAppointmentCsv(Buffer.from(table)).rows).toEqual([{ line: 2, value: BOOKED }]);
  });

  it('may have its columns in any order and under other words, and more of them, which are named', () => {
    const head = '序号,手机号,预约人,预约号,办理事项,备注,预约日期,预约时间,预约渠道,办理楼层';
    const row = '1,13800000001,张三,01234567,A05 一般抵押权首次登记,,2099/11/27,9:00～10:00,公众号,三楼';
    expect(read(head, row)).toMatchObject({ rows: [{ line: 2, value: BOOKED }], ignored: ['序号', '备注'] });
  });

  it('says which columns are not there, and gives no row', () => {
    const { rows, broken } = read('预约码,姓名,电话,事项,楼层,日期', '01234567,张三,13800000001,A05,3,2099-11-27');
    expect(rows).toEqual([]);
    expect(broken).toEqual([
      { line: 1, problem: 'column-missing', where: '时段' },
      { line: 1, problem: 'column-missing', where: '来源' },
    ]);
  });

  it('counts lines as the spreadsheet counts rows: empty ones, and cells of several lines', () => {
    const rows = [',,,,,,,', ROW, '"01234568","李\r\n四",13800000002,A05,3,2099-11-27,09:00-10:00,电话', ROW];
    expect(read(HEAD, ...rows).rows.map(({ line }) => line)).toEqual([3, 4, 5]);
  });

  it('whose quotes are not in order is broken, with the line of it', () => {
    const { rows, broken } = read(HEAD, ROW, '"01234568,李四');
    expect(rows).toEqual([]);
    expect(broken).toEqual([{ line: expect.any(Number), problem: 'bad-row' }]);
  });

  it('that is no text of either encoding is broken', () => {
    expect(readAppointmentCsv(Buffer.from([0x81, 0x20, 0xff, 0xff])).broken).toEqual([{ line: 1, problem: 'bad-row' }]);
  });
});

describe('a cell', () => {
  it.each(['2099-11-27', '2099/11/27', '2099.11.27', '2099年11月27日', '2099/11/27 0:00', '２０９９-11-27'])(
    'may say the day as %s',
    (day) => expect(only(ROW.replace('2099-11-27', day))).toEqual(BOOKED),
  );

  it.each(['9:00-10:00', '09:00－10:00', '9：00—10：00', '09:00 至 10:00', '9:00~10:00'])(
    'may say the hour as %s',
    (slot) => expect(only(ROW.replace('09:00-10:00', slot))).toEqual(BOOKED),
  );

  it.each(['3楼', '3F', '三楼', '3层'])('may say the floor as %s', (floor) =>
    expect(only(ROW.replace(',3,', `,${floor},`))).toEqual(BOOKED),
  );

  it('may have what keeps its zeros before a spreadsheet', () => {
    expect(only(ROW.replace('01234567', '"=""01234567"""'))).toEqual(BOOKED);
    expect(only(ROW.replace('01234567', "'01234567"))).toEqual(BOOKED);
  });

  it('that means nothing stays as it is: no zero is put back, no date guessed', () => {
    const bad = only('1234567,张三,1.38E+10,抵押,地下,11月27日,上午,亲戚');
    expect(bad).toMatchObject({
      ...{ code: '1234567', phone: '1.38E+10', itemCode: '抵押', floor: '地下', day: '11月27日', source: '亲戚' },
      slot: { from: '上午', to: '上午' },
    });
  });

  it('too many in a row mean that the row has slipped', () => {
    expect(read(HEAD, `${ROW},龙山区`).rows).toEqual([{ line: 2, value: undefined }]);
    expect(read(HEAD, `${ROW},,`).rows).toEqual([{ line: 2, value: BOOKED }]);
  });
});

it('somebody who is visited at home has the columns of the visit; an empty one makes no visit', () => {
  const head = `${HEAD},上门地址,上门原因,上门人员,上门终端`;
  expect(only(`${ROW},龙山区示例街1号,高龄,1001、1002,w21`, head)).toEqual({
    ...BOOKED,
    visit: { address: '龙山区示例街1号', reasonClass: 'elder', staff: ['1001', '1002'], terminal: 'W21' },
  });
  expect(only(`${ROW},,,,`, head)).toEqual(BOOKED);
});
