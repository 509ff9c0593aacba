import { read, srtOf, told } from './read.ts';

const word = (text: string) => `<00:00:01.000><c> ${text}</c>`;

describe('automatic captions', () => {
  test('YouTube: each spoken line comes once, at its first time', () => {
    const body = [
      'WEBVTT',
      'Kind: captions',
      'Language: en',
      '',
      '00:00:00.240 --> 00:00:02.310 align:start position:0%',
      ' ',
      `we${word('moved')}`,
      '',
      '00:00:02.310 --> 00:00:02.320 align:start position:0%',
      'we moved',
      ' ',
      '',
      '00:00:02.320 --> 00:00:04.100 align:start position:0%',
      'we moved',
      `to${word('may')}`,
      '',
      '00:00:04.100 --> 00:00:04.110 align:start position:0%',
      'to may',
      ' ',
      '',
    ].join('\n');
    expect(told('vtt', body)).toEqual(['240-2310 ?: we moved', '2320-4100 ?: to may']);
    expect(read('vtt', body).dropped).toEqual({ emptyCues: 0, repeats: 3 });
  });

  test('the same as SubRip, which has no times of words: flashes of 10 ms tell', () => {
    const cues = [
      ['00:00:00,000 --> 00:00:02,000', 'yes'],
      ['00:00:02,000 --> 00:00:02,010', 'yes'],
      ['00:00:02,010 --> 00:00:04,000', 'yes\nyes'],
      ['00:00:04,000 --> 00:00:04,010', 'yes'],
      ['00:00:04,010 --> 00:00:06,000', 'yes\nand no'],
    ];
    const body = cues.map(([times, text], i) => `${i + 1}\n${times}\n${text}\n`).join('\n');
    expect(told('srt', body)).toEqual(['0-2000 ?: yes', '2010-4000 ?: yes', '4010-6000 ?: and no']);
  });

  test('Whisper: a cue for each word that it highlights is one cue', () => {
    const body = ['<u>We</u> moved', 'We <u>moved</u>', 'It is late']
      .map((text, i) => `${i + 1}\n00:00:0${i},000 --> 00:00:0${i + 1},000\n${text}\n`)
      .join('\n');
    expect(told('srt', body)).toEqual(['0-2000 ?: We moved', '2000-3000 ?: It is late']);
    expect(read('srt', body).dropped.repeats).toBe(1);
  });

  test('stable-ts: the same with a colour', () => {
    const colour = (word: string) => `<font color="#00ff00">${word}</font>`;
    expect(told('srt', srtOf(`${colour('We')} moved`, `We ${colour('moved')}`))).toEqual(['0-2000 ?: We moved']);
    const ofPeople = [colour('Come on.'), '<font color="#ffff00">Come on.</font>'];
    expect(told('srt', srtOf(...ofPeople))).toEqual(['0-1000 ?: Come on.', '1000-2000 ?: Come on.']);
  });

  test('broadcasts: captions that roll up show each line once', () => {
    const body = srtOf('a', 'a\nb', 'b\nc', 'b\nc\nd', 'c\nd\ne', 'e\nf', 'f\ng');
    expect(read('srt', body).segments.map(({ text }) => text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(read('srt', body).dropped).toEqual({ emptyCues: 0, repeats: 8 });
  });

  test('a few lines that come again do not make captions roll', () => {
    const body = srtOf('a', 'a\nb', 'b\nc', 'c\nd', 'x', 'y', 'z', 'x\ny');
    expect(read('srt', body).dropped.repeats).toBe(0);
  });

  test('what is said twice in ordinary cues stays twice', () => {
    const body = ['Yes.', 'Yes.', 'Yes.\nNo.', 'No.']
      .map((text, i) => `${i + 1}\n00:00:0${i},000 --> 00:00:0${i + 1},000\n${text}\n`)
      .join('\n');
    expect(told('srt', body)).toEqual([
      '0-1000 ?: Yes.',
      '1000-2000 ?: Yes.',
      '2000-3000 ?: Yes. No.',
      '3000-4000 ?: No.',
    ]);
    expect(read('srt', body).dropped).toEqual({ emptyCues: 0, repeats: 0 });
  });
});
