"""Times and sizes as a person says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

__all__ = ["about_time", "date", "moment", "size"]


def about_time(seconds: float) -> str:
    """A length of time, as rough as it is known: "about 12 min"."""
    translate = QCoreApplication.translate
    if seconds < 55:
        return translate("Spans", "less than a minute")
    minutes = seconds / 60
    if minutes < 90:
        rough = round(minutes) if minutes < 20 else 5 * round(minutes / 5)
        return translate("Spans", "about {minutes} min").format(minutes=max(1, rough))
    hours = minutes / 60
    if hours < 48:
        return translate("Spans", "about {hours} h").format(hours=f"{hours:.1f}" if hours < 10 else f"{hours:.0f}")
    return translate("Spans", "about {days} days").format(days=round(hours / 24))


def date(seconds: float) -> str:
    """A day, as the language of the window writes it: "3 May 2026"."""
    return _written(seconds, QCoreApplication.translate("Spans", "d MMM yyyy"))


def moment(seconds: float) -> str:
    """A day and a time: "3 May 2026, 14:05"."""
    return _written(seconds, QCoreApplication.translate("Spans", "d MMM yyyy, HH:mm"))


def _written(seconds: float, form: str) -> str:
    # Of the language and not of the desktop, so that it is written alike before and after another language was looked at.
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)), form)


def size(count: int) -> str:
    """Bytes: "12 MB"."""
    return QLocale().formattedDataSize(count, 1 if count > 1_000_000 else 0, QLocale.DataSizeFormat.DataSizeSIFormat)
