// The calendar of reviews, read by the library of Thunderbird's calendar.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import ICAL from "ical.js";

import { check } from "./report.js";

// Reads the calendar of a site, which has one.
export function checkCalendar(site) {
  return check("the calendar of reviews can be read", async () => {
    const text = await readFile(join(site, "reviews/reviews.ics"), "utf8");
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
    const wrong = [];
    if (events.length === 0) wrong.push("it has no event");
    const ids = new Set(events.map((event) => event.uid));
    if (ids.size !== events.length) wrong.push("two events are one");
    for (const event of events) {
      if (!event.startDate?.isDate) wrong.push(`${event.uid} is not of a whole day`);
      if (!event.summary) wrong.push(`${event.uid} has no title`);
      const unknown = event.component.getAllProperties().filter((it) => it.type === "unknown");
      wrong.push(...unknown.map((it) => `${event.uid} has an unknown ${it.name}`));
    }
    return wrong;
  });
}
