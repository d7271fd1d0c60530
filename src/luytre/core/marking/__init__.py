"""Marks of state secrets: does a text or a file bear TUYỆT MẬT, TỐI MẬT or MẬT as a stamp or heading? Text and bytes in, a verdict out."""

from luytre.core.marking.files import judge_file
from luytre.core.marking.text import judge_text
from luytre.core.marking.verdict import Verdict

__all__ = ["Verdict", "judge_file", "judge_text"]
