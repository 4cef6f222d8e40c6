"""The publicity week (宣传周): dates, timetable, calendars, next year."""
