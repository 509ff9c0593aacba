import { told } from './read.ts';

const CUE = '00:00.000 --> 00:01.000\na\n';

describe('headers and times as producers write them', () => {
  test.each([
    'webvtt',
    'WebVTT',
    ' WEBVTT',
    '\n \nWEBVTT',
    '\uFEFFWEBVTT',
    'WEBVTT- weekly',
    'WEBVTT: weekly\nKind: x',
  ])('%j', (header) => {
    expect(told('vtt', `${header}\n\n${CUE}`)).toEqual(['0-1000 ?: a']);
    expect(told('srt', `${header}\n${CUE}`)).toEqual(['0-1000 ?: a']);
  });

  test('segments of a stream one behind another: each header is left out', () => {
    const next = 'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nb\n';
    expect(told('vtt', `WEBVTT\n\n${CUE}\n${next}\nWEBVTT\n00:02.000 --> 00:03.000\nc\n`)).toEqual([
      '0-1000 ?: a',
      '1000-2000 ?: b',
      '2000-3000 ?: c',
    ]);
  });

  test('a file that was written in a text mode twice has no blank lines of its own', () => {
    const body = `WEBVTT\n\nx\n${CUE}\n2\n00:01.000 --> 00:02.000\nb\nc\n`;
    expect(told('vtt', body.replaceAll('\n', '\r\r\n'))).toEqual(['0-1000 ?: a', '1000-2000 ?: b c']);
  });

  test('a blank line inside a style sheet does not make its next rule speech', () => {
    const style = 'STYLE\n::cue(.red) {\n  color: red;\n}\n\n::cue(b) {\n  color: blue;\n}\n';
    expect(told('vtt', `WEBVTT\n\n${style}\n${CUE}`)).toEqual(['0-1000 ?: a']);
  });

  test('a setting that nobody knows is no speech', () => {
    const times = '00:00.000 --> 00:01.000 align:middle line:90% layer:2';
    expect(told('vtt', `WEBVTT\n\n${times}\na\n`)).toEqual(['0-1000 ?: a']);
  });

  test.each(['００:００:０１,５００ --> ００:００:０２,０００', '00：00：01，500 --> 00：00：02，000'])(
    'wide signs: %s',
    (times) => {
      expect(told('srt', `1\n${times}\n你好`)).toEqual(['1500-2000 ?: 你好']);
    },
  );
});
