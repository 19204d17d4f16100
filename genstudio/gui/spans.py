"""Times and sizes as a person says them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

__all__ = ["about_time", "date", "size"]


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
    """A day, as it is written in every language: 2026-02-28."""
    return QDateTime.fromSecsSinceEpoch(int(seconds)).date().toString(Qt.DateFormat.ISODate)


def size(count: int) -> str:
    """Bytes: "12 MB"."""
    return QLocale().formattedDataSize(count, 1 if count > 1_000_000 else 0, QLocale.DataSizeFormat.DataSizeSIFormat)
