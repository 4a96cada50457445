"""Money: which tip fits, and the arithmetic of her questions. Pure: plain values in and out, whole pesos, no clock."""

from bot.guidance.money.tips import choose_tip, fit

__all__ = ["choose_tip", "fit"]
