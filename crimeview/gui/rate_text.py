"""How often a rule would alarm, in words."""

from crimeview.core.quiet import AlarmRate
from crimeview.gui.text import length_text, translate


def rate_text(rate: AlarmRate | None) -> str:
    """One sentence on the alarms that are to be expected where nothing happens."""
    if rate is None:
        return translate(
            "RateText", "How often it would alarm falsely takes five minutes of recording to tell."
        )
    quiet = length_text(rate.hours * 3600.0)
    if rate.alarms == 0:
        text = translate(
            "RateText",
            "No alarm in {quiet} of quiet: fewer than {high} an hour are to be expected.",
        )
    else:
        text = translate(
            "RateText",
            "{alarms} alarms in {quiet} of quiet: about {rate} an hour are to be expected "
            "({low} to {high}).",
        )
    return text.format(
        alarms=rate.alarms,
        quiet=quiet,
        rate=_rounded(rate.per_hour),
        low=_rounded(rate.low),
        high=_rounded(rate.high),
    )


def _rounded(value: float) -> str:
    """Two figures, which is more than is known."""
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"
