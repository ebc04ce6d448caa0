"""Exact numbers in and out: parameters as text that nothing rounds, bounds as fractions."""

from __future__ import annotations

import math
import operator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Union

import numpy as np

from . import _structures as c
from .errors import ParameterError

Real = Union[str, int, float, Fraction, Decimal]
Exact = Union[Fraction, float]  # a float only for the infinities

NUMBER_MAX = 63


class Interval(NamedTuple):
    """An exact number is no less than `lower` and no greater than `upper`."""

    lower: Exact
    upper: Exact


def _power(exponent: int) -> Fraction:
    return Fraction(2**exponent) if exponent >= 0 else Fraction(1, 2**-exponent)


def bound_of(bound: c.Bound) -> Exact:
    """significand 2^exponent as a Fraction, or an infinity as a float; negative, minus that."""
    sign = -1 if bound.negative else 1
    if bound.infinite:
        return sign * math.inf
    significand: int = bound.significand
    return sign * significand * _power(bound.exponent)


def interval_of(interval: c.Interval) -> Interval:
    return Interval(bound_of(interval.lower), bound_of(interval.upper))


def _binary(value: Fraction) -> str:
    """A fraction whose denominator is a power of two, in hexadecimal."""
    odd = value.numerator
    shift = (odd & -odd).bit_length() - 1 if odd else 0
    exponent = shift - (value.denominator.bit_length() - 1)
    return f"{'-' if odd < 0 else ''}0x{abs(odd) >> shift:x}p{exponent}"


def _texts(value: Union[int, float, Fraction, Decimal]) -> list[str]:
    """Texts that say exactly this number, the most readable first."""
    if isinstance(value, Decimal):
        return [str(value)] if value.is_finite() else ["inf" if value > 0 else "-inf"]
    if isinstance(value, float) and math.isinf(value):
        return ["inf" if value > 0 else "-inf"]
    fraction = Fraction(value)
    plain = [] if isinstance(value, float) else [str(fraction)]
    dyadic = fraction.denominator & (fraction.denominator - 1) == 0
    return plain + ([_binary(fraction)] if dyadic else [])


def _number(name: str, value: Any) -> Union[int, float, Fraction, Decimal]:
    if isinstance(value, (float, Fraction, Decimal)):
        return value
    if isinstance(value, (np.float32, np.float16)):
        return float(value)
    if not isinstance(value, bool):
        try:
            return operator.index(value)
        except TypeError:
            pass
    raise TypeError(f"{name} must be text, int, float, Fraction or Decimal, not {type(value).__name__}")


def exact_text(name: str, value: Any) -> bytes:
    """A real parameter as the library takes it. Text, int, Fraction and Decimal say what they say; a float is the binary64 number that it is:
    0.1 is 3602879701896397/2^55, "0.1" one tenth. ParameterError for a NaN and for what needs more than 63 characters."""
    if isinstance(value, str):
        texts = [value]
    else:
        number = _number(name, value)
        if number != number:
            raise ParameterError(f"{name} = {value}, must be a number")
        texts = _texts(number)
    for text in texts:
        if len(text) <= NUMBER_MAX and text.isascii() and "\0" not in text:
            return text.encode("ascii")
    raise ParameterError(f"{name} = {value!r}, must be a number that at most {NUMBER_MAX} characters say")


def whole(name: str, value: Any, least: int = 0, greatest: int = c.SIZE_MAX) -> int:
    """An integer parameter. TypeError for what is no integer, ParameterError for one that is out of range."""
    if isinstance(value, bool):
        raise TypeError(f"{name} must be an integer, not bool")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, not {type(value).__name__}") from None
    if not least <= number <= greatest:
        raise ParameterError(f"{name} = {number}, must be {least} to {greatest}")
    return number
