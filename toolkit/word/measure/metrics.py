"""How wide letters are: the advance widths of the two families that the report is set in.

They let the contents be given page numbers without a program that lays out pages (see
`pages.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_LETTERS = "".join(chr(code) for code in range(32, 127)) + "ÅÄÖåäöéÉü–—−”’…§·"
EM = 1000  # the unit of the widths: thousandths of the font's size
# In the order of the letters above.
_WIDTHS = {
    "sans": (
        "226 326 401 498 507 715 682 221 303 303 498 498 250 306 252 386 507 507 507 507 507 "
        "507 507 507 507 507 268 268 498 498 498 463 894 579 544 533 615 488 459 631 623 252 "
        "319 520 420 855 646 662 517 673 543 459 487 642 567 890 519 487 468 307 386 307 498 "
        "498 291 479 525 423 525 498 305 471 525 229 239 455 229 799 525 527 525 525 349 391 "
        "335 525 452 715 433 453 395 314 460 314 498 579 579 662 479 479 527 498 488 525 498 "
        "905 498 418 250 690 498 252 "
    ),
    "sans bold": (
        "226 326 438 498 507 729 705 233 312 312 498 498 258 306 267 430 507 507 507 507 507 "
        "507 507 507 507 507 276 276 498 498 498 463 898 606 561 529 630 488 459 637 631 267 "
        "331 547 423 874 659 676 532 686 563 473 495 653 591 906 551 520 478 325 430 325 498 "
        "498 300 494 537 418 537 503 316 474 537 246 255 480 246 813 537 538 537 537 355 399 "
        "347 537 473 745 459 474 397 344 475 344 498 606 606 676 494 494 538 503 488 537 498 "
        "905 498 435 258 711 498 268 "
    ),
    "serif": (
        "220 286 393 619 506 890 687 237 382 382 427 554 205 329 206 490 517 362 472 461 492 "
        "475 470 470 485 478 264 264 554 554 554 422 885 599 579 519 625 540 509 539 696 343 "
        "304 630 501 888 693 599 533 599 613 453 557 687 598 889 571 557 507 350 490 350 554 "
        "371 151 470 520 421 520 441 313 459 554 277 255 525 271 813 558 480 520 501 396 392 "
        "325 546 470 720 483 482 428 387 316 387 712 599 599 599 470 470 480 441 540 546 500 "
        "1000 554 375 221 752 500 106 "
    ),
    "serif bold": (
        "220 335 422 618 543 976 740 251 408 408 453 592 232 311 230 505 533 458 507 508 553 "
        "520 538 494 556 534 280 280 592 592 592 452 921 653 634 551 664 559 534 586 719 358 "
        "340 680 541 845 686 647 593 647 640 473 587 695 632 959 616 587 554 368 505 368 592 "
        "371 184 525 568 450 570 513 335 508 600 308 297 589 311 891 604 530 573 559 454 444 "
        "365 609 519 779 525 521 464 393 320 393 592 653 653 647 525 525 530 513 559 609 500 "
        "1000 592 398 235 772 533 140 "
    ),
}
# Of fonts that the agency may restyle with; any other is taken for sans.
_SERIF = ("cambria", "caladea", "times", "georgia", "garamond", "serif", "palatino", "book")
# Near that of most small letters, so that many unknown ones make no great difference.
_UNKNOWN = 520  # a letter that the table does not hold
_LEADING = {"sans": 1.22, "serif": 1.15}  # a line's height in sizes of its font


@cache
def family(font: str) -> str:
    """The family whose widths are closest to a font's: sans or serif."""
    return "serif" if any(part in font.casefold() for part in _SERIF) else "sans"


def leading(font: str) -> float:
    """A single line's height, in sizes of the font."""
    return _LEADING[family(font)]


def width_of(text: str, font: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points."""
    return sum(map(letter_widths(font, bold=bold).__getitem__, text)) * size / EM


def letter_widths(font: str, *, bold: bool = False) -> Mapping[str, int]:
    """The widths of all letters in thousandths of the font's size."""
    return _widths(f"{family(font)} bold" if bold else family(font))


class _Widths(dict[str, int]):
    """Any letter has a width."""

    def __missing__(self, letter: str) -> int:
        return _UNKNOWN


@cache
def _widths(name: str) -> _Widths:
    known = dict(zip(_LETTERS, map(int, _WIDTHS[name].split()), strict=True))
    # The space and the hyphen that keep words together are as wide as the others.
    return _Widths(known | {"\u00a0": known[" "], "\u2011": known["-"]})
