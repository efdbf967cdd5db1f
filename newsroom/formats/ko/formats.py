"""Dates as a newspaper prints them, in the admin too (Django's Korean default is `3:50 오후`)."""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y.m.d"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y.m.d H:i"
