"""Seconds as people read them."""


def clock_text(seconds: float, *, decimals: int = 0) -> str:
    """`0:01:23` or, with decimals, `0:01:23.40`: a position on a recording's clock."""
    sign = "-" if seconds < 0 else ""
    units = round(abs(seconds) * 10**decimals)
    whole, fraction = divmod(units, 10**decimals)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    text = f"{sign}{hour}:{minute:02d}:{second:02d}"
    return f"{text}.{fraction:0{decimals}d}" if decimals else text
