import { describe, expect, test } from "vitest";
import { eventReader, EventTooLong, type ServerEvent } from "./events";

function read(...pieces: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const reader = eventReader((event) => events.push(event));
  pieces.forEach(reader);
  return events;
}

const one = [{ name: "next", data: '{"a":1}' }];

describe("an event, however it is written", () => {
  test.each<[string, string[], ServerEvent[]]>([
    ["as one piece", ['event: next\ndata: {"a":1}\n\n'], one],
    ["with CRLF", ['event: next\r\ndata: {"a":1}\r\n\r\n'], one],
    ["with CR alone", ['event: next\rdata: {"a":1}\r\r'], one],
    ["cut between CR and LF", ["event: next\r", '\ndata: {"a":1}\r', "\n\r", "\n"], one],
    ["behind a byte order mark", ['\uFEFFevent: next\ndata: {"a":1}\n\n'], one],
    ["without the blank after the colon", ['event:next\ndata:{"a":1}\n\n'], one],
    ["only one blank after the colon is dropped", ["data:  a\n\n"], [{ name: "message", data: " a" }]],
    ["several lines of data", ["data: a\ndata\ndata: b\n\n"], [{ name: "message", data: "a\n\nb" }]],
    ["comments and heartbeats between", [':\n\n: still here\n\nevent: next\n:x\ndata: {"a":1}\n\n:\n\n'], one],
    ["ids, pace and unknown fields are passed over", ['id: 7\nretry: 10\nfoo: bar\nevent: next\ndata: {"a":1}\n\n'], one],
    ["no data, no event", ["event: next\n\n"], []],
    ["no blank line, no event yet", ['event: next\ndata: {"a":1}\n'], []],
    ["a name does not last", ["event: next\ndata: a\n\ndata: b\n\n"], [{ name: "next", data: "a" }, { name: "message", data: "b" }]],
    ["a colon in the data", ["data: a: b\n\n"], [{ name: "message", data: "a: b" }]],
    ["a byte order mark later is text", ["data: a\n\n\uFEFFdata: b\n\n"], [{ name: "message", data: "a" }]],
  ])("%s", (_, pieces, expected) => {
    expect(read(...pieces)).toEqual(expected);
  });
});

test("cut anywhere, it reads the same", () => {
  const text = '\uFEFF:\r\n\r\nevent: next\r\ndata: {"a":\r\ndata: "é\u{1F600}"}\r\n\r\nevent: complete\rdata:\r\r';
  const whole = read(text);
  expect(whole).toHaveLength(2);
  for (let cut = 0; cut <= text.length; cut++) expect(read(text.slice(0, cut), text.slice(cut))).toEqual(whole);
  expect(read(...text.split(/(?:)/))).toEqual(whole);
});

test("an event without end is given up, and hours of heartbeats are not one", () => {
  const reader = eventReader(() => undefined, 1000);
  for (let i = 0; i < 1000; i++) reader(": still here\n");
  reader("data: a\n\n");
  expect(() => {
    for (let i = 0; i < 100; i++) reader("data: 0123456789\n");
  }).toThrow(EventTooLong);
  const other = eventReader(() => undefined, 1000);
  expect(() => {
    for (let i = 0; i < 200; i++) other("0123456789");
  }).toThrow(EventTooLong);
});
